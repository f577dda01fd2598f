export { CachePartialStore, PARTIAL_CACHE } from './store/cache-partial-store.js';
export { createDownloadFetch, type DownloadFetch, type DownloadFetchOptions } from './download-fetch.js';
export type { Chunk } from './network/chunk.js';
export type { KnownFile, LookUp, LookUpOptions, VerifyMode } from './integrity/body-check.js';
export type { CompleteBody, FileProgressReport } from './file-download-context.js';
export { keyOf } from './store/download-key.js';
export { MemoryPartialStore } from './store/memory-partial-store.js';
export type { HeldBody, PartialFile, PartialStore, Segment } from './store/partial-store.js';
