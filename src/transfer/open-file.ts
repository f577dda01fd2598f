import { DownloadFailure } from '../core/index.js';
import type { BodyCheck, LookUp } from './body-check.js';
import type { Connection } from './connection.js';
import { isProven, mayBeSame, type FileVersion } from './file-version.js';
import type { Line } from './line.js';
import type { PartialFile, PartialStore } from './partial-store.js';

/** What the beginning of a body depends on. */
export interface OpenFileOptions {
  readonly url: string;
  readonly store: PartialStore;
  readonly line: Line;
  readonly check: BodyCheck;
  readonly lookUp: LookUp;
}

/** A file whose first connection, or what is held of it, has said what it is. */
export interface OpenedFile {
  readonly version: FileVersion;
  /** Bytes that are held of this version, and need not come again. */
  readonly held: number;
  /** What the server said of it; empty when it was not asked. */
  readonly headers: Headers;
}

/** Connects behind what is held of a file; one that is held whole needs no connection. */
export async function openFile(options: OpenFileOptions): Promise<OpenedFile> {
  const { url, store, lookUp } = options;
  const held = await store.find(url);
  if (held && held.length === held.total) return { version: held, held: held.length, headers: new Headers() };
  const { connection, start } = await connectBehind(held, options);
  // Without a connection the server has said that the file ends where what is held does.
  if (!connection) return { version: { total: start, validator: held?.validator }, held: start, headers: new Headers() };
  const known = start > 0 ? held : undefined;
  const total = connection.total ?? known?.total ?? (await lookUp(url))?.size;
  const validator = connection.validator ?? known?.validator;
  return { version: { total, validator }, held: start, headers: connection.response.headers };
}

/** Connects behind what is held, or at the start where that is of another version. */
async function connectBehind(
  held: PartialFile | undefined,
  { url, store, line, check }: OpenFileOptions,
): Promise<{ connection: Connection | undefined; start: number }> {
  const start = held?.length ?? 0;
  try {
    const connection = await line.open(start);
    if (!held || !connection || isProven(held, connection)) return { connection, start };
    if (mayBeSame(held, connection) && (await check.isKnown())) return { connection, start };
  } catch (cause) {
    if (!(cause instanceof DownloadFailure && cause.code === 'changed')) throw cause;
  }
  line.close();
  await store.delete(url);
  return { connection: await line.open(0), start: 0 };
}
