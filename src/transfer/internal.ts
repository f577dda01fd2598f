// The names that the other layers import, the public ones among them: one module, so that bundles have one chunk.
export { createDownloadFetch, type DownloadFetch, type DownloadFetchOptions } from './download-fetch.js';
export type { FileProgressReport } from './file-download-context.js';
export type { KnownFile, LookUp, VerifyMode } from './integrity/body-check.js';
export { HubListing } from './integrity/hub-listing.js';
export { addressOf, keyOf } from './store/download-key.js';
export type { PartialFile, PartialStore } from './store/partial-store.js';
export { platformStore } from './store/platform-store.js';
export { sweep } from './store/sweep.js';
