/** What is sent to the hash worker: bytes, or the wish for the hash. */
export type HashRequest = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly digest: true };

/** What it answers: that so many bytes are hashed, or the hash. */
export type HashReply = { readonly taken: number } | { readonly hash: string };

/** The name that tells the worker's module that it was started as one, and not imported. */
export const HASH_WORKER = 'model-download-hash';
