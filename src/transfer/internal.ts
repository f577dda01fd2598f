// The names that the other layers import, also the public ones. They are in one module, so that bundles have one chunk of it.
export { createDownloadFetch, type DownloadFetch, type DownloadFetchOptions } from './download-fetch.js';
export type { CompleteBody, FileProgressReport } from './file-download-context.js';
export { copyBytes } from './body-copy.js';
export { BodyCheck, type KnownFile, type LookUp, type VerifyMode } from './integrity/body-check.js';
export { compareVersions, isTag, validatorOf } from './integrity/file-version.js';
export { HubListing } from './integrity/hub-listing.js';
export { randomWord } from './random-word.js';
export { addressOf, keyOf } from './store/download-key.js';
export type { PartialFile, PartialStore } from './store/partial-store.js';
export { findRoom } from './store/find-room.js';
export { platformStore } from './store/platform-store.js';
export { deleteSpare } from './store/room.js';
export { sweep } from './store/sweep.js';
