// Access to the files on this device: a separate chunk, imported by the first load or the first estimate.
export { AppFiles } from './app-files.js';
export { isOnDevice } from './check-device.js';
