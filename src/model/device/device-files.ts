// What looks at the files on this device: a chunk of its own, loaded with the first load or the first question.
export { estimateModel } from './estimate-model.js';
export { FinishedFiles } from './finished-files.js';
export { HeldFiles } from './held-files.js';
export { createKeepFetch } from './keep-fetch.js';
export { isOnDevice } from './model-on-device.js';
export { OpenedFiles } from './opened-files.js';
export { removeStored, storedBytes } from './stored-model.js';
