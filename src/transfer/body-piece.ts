import { DownloadFailure } from '../core/index.js';
import type { Chunk } from './network/chunk.js';

/** Consecutive bytes of a body. */
export interface Piece {
  readonly chunks: readonly Chunk[];
  /** Whether they are read from the store, so that they need not be written. */
  readonly isFromStore: boolean;
  /** Whether an earlier visit, or another tab, has stored them. */
  readonly wasStored: boolean;
}

/** The origin of bytes that are neither stored nor to be read from the store. */
export const FROM_NETWORK = { isFromStore: false, wasStored: false } as const;

/** Whether a failure concerns the bytes themselves, which another connection cannot correct. */
export function isAboutBytes(cause: unknown): boolean {
  return cause instanceof DownloadFailure && (cause.code === 'corrupt' || cause.code === 'changed');
}
