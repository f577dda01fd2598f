export { CachePartialStore, PARTIAL_CACHE } from './cache-partial-store.js';
export { createDownloadFetch, platformStore, type DownloadFetch, type DownloadFetchOptions } from './download-fetch.js';
export type { KnownFile, LookUp, LookUpOptions, VerifyMode } from './body-check.js';
export type { FileProgressReport } from './file-download-context.js';
export { HubListing } from './hub-listing.js';
export { sweep, type SweepOptions } from './sweep.js';
export { MemoryPartialStore } from './memory-partial-store.js';
export type { PartialFile, PartialStore, Segment } from './partial-store.js';
