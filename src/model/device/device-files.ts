// Access to the files on this device: a separate chunk, imported by the first load or the first estimate.
export { AttemptFiles } from './attempt-files.js';
export { isOnDevice } from './check-device.js';
export { estimateModel } from './estimate-model.js';
export { createFinishedFileFetch } from './finished-file-fetch.js';
export { FinishedFiles } from './finished-files.js';
export { PartialFiles } from './partial-files.js';
export { removeStored, storedBytes } from './stored-model.js';
