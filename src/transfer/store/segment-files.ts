// In: the bytes of a segment. Out: a file of the origin private file system that contains them, written by a worker.
import { systemClock } from '../../core/index.js';
import { withTimeLimit } from '../../core/internal.js';
import { hashAtOnce } from '../integrity/hash-at-once.js';
import type { WorkerLease } from '../integrity/hash-stream.js';
import { RealmWorker } from '../integrity/realm-worker.js';
import { takeMemory } from '../integrity/worker-memory.js';
import type { Chunk } from '../network/chunk.js';
import { randomWord } from '../random-word.js';
import { openDirectory } from './open-directory.js';

/** How long a write waits for the start of the worker, in ms. Its file may take as long as the network does. */
const START_LIMIT = 1_000;

/** How long a write may take, in ms. After that no more files are written, since other tabs may wait for the lock of the download. */
const WRITE_LIMIT = 3_000;

/** How old a file that no entry names must be, in ms, before it is deleted: its entry may be written at this moment. */
const LOST_AFTER = 3_600_000;

/** The worker that writes the files of this realm. It computes no hash of a body: a body must not wait for a slow disk. */
const writing = new RealmWorker();

/** Resolves with a use of the worker that writes; `undefined` if none runs. */
type LeaseWriter = () => Promise<Pick<WorkerLease, 'write' | 'close'> | undefined>;

/** A file that contains a segment. */
export interface SegmentFile {
  /** Its name. */
  readonly file: string;
  /** The SHA-256 of its bytes, as hexadecimal digits: unlike Cache Storage, the file system does not detect damage. */
  readonly sha256: string;
}

/**
 * Files of the origin private file system that contain the bytes of segments. A worker writes them, which takes a small part of
 * the time of an entry of Cache Storage, and of the page's main thread only a copy.
 */
export class SegmentFiles {
  readonly #lease: LeaseWriter;
  /** Whether a file could not be written: the cause, a private window, a missing feature or a disk that hangs, is permanent. */
  #isRefused = false;

  /** @param lease Resolves with a use of the worker; `undefined` if none runs. Default: that of this realm, which the first call starts. */
  constructor(lease: LeaseWriter = leaseWriter) {
    this.#lease = lease;
  }

  /**
   * Writes the bytes of a segment to a new file; resolves with `undefined` if there is no such file system, if it refuses or hangs, and
   * if the worker does not run within a second.
   *
   * @throws QuotaExceededError if there is no room.
   */
  async write(bytes: Chunk): Promise<SegmentFile | undefined> {
    const worker = this.#isRefused || !hasFiles() ? undefined : await this.#lease();
    if (!worker) return undefined;
    const file = randomWord();
    // A copy, since a worker that fails does not return what was transferred to it.
    const copy = takeMemory(bytes.length);
    copy.set(bytes);
    const write = worker.write(file, copy).finally(() => worker.close());
    const { sha256, failure } = await withTimeLimit(write, WRITE_LIMIT, systemClock).catch(() => this.#giveUp(file, write));
    if (failure?.name === 'QuotaExceededError') throw new DOMException(failure.message, failure.name);
    this.#isRefused = sha256 === undefined;
    return sha256 === undefined ? undefined : { file, sha256 };
  }

  /**
   * Opens a file; resolves with `undefined` if it does not exist.
   *
   * @throws `DOMException` if it cannot be opened, so that it may exist.
   */
  async open(name: string): Promise<File | undefined> {
    // The directory may have been deleted. In a new one it is certain that the file does not exist.
    const directory = await openDirectory({ create: true });
    if (!directory) throw new DOMException('The file system does not respond', 'NotReadableError');
    try {
      return await (await directory.getFileHandle(name)).getFile();
    } catch (error) {
      if ((error as Error).name === 'NotFoundError') return undefined;
      throw error;
    }
  }

  /**
   * Reads a file; resolves with `undefined` if it does not exist or is damaged.
   *
   * @throws `DOMException` if it cannot be read.
   */
  async read({ file: name, sha256 }: SegmentFile): Promise<Chunk | undefined> {
    const file = await this.open(name);
    if (!file) return undefined;
    const bytes = new Uint8Array(await file.arrayBuffer());
    return (await hashAtOnce('sha256', bytes)) === sha256 ? bytes : undefined;
  }

  /** Deletes files. Those that are in use at this moment stay, until {@link deleteLost} deletes them. It never rejects. */
  async delete(names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    const directory = await openDirectory();
    if (directory) await Promise.allSettled(names.map((name) => directory.removeEntry(name)));
  }

  /**
   * Deletes the files that no entry names, as after a crash, or after the user has deleted the entries only. It never rejects.
   *
   * @param named The files that entries name.
   * @param now The time in ms since 1970.
   */
  async deleteLost(named: ReadonlySet<string>, now: number): Promise<void> {
    const directory = await openDirectory();
    // The directory may be deleted while its files are listed.
    if (directory) await this.#deleteLost(directory, named, now).catch(() => undefined);
  }

  async #deleteLost(directory: FileSystemDirectoryHandle, named: ReadonlySet<string>, now: number): Promise<void> {
    const lost: string[] = [];
    for await (const [name, handle] of directory.entries()) {
      if (named.has(name) || handle.kind !== 'file') continue;
      const file = await handle.getFile().catch(() => undefined);
      if (file && now - file.lastModified > LOST_AFTER) lost.push(name);
    }
    await this.delete(lost);
  }

  /** Has no file, also if the write ends late. */
  #giveUp(file: string, write: Promise<unknown>): { readonly sha256?: string; readonly failure?: DOMException } {
    void write.then(() => this.delete([file])).catch(() => undefined);
    return {};
  }
}

async function leaseWriter(): Promise<WorkerLease | undefined> {
  const starting = writing.start();
  await withTimeLimit(starting, START_LIMIT, systemClock).catch(() => undefined);
  return writing.running?.lease();
}

function hasFiles(): boolean {
  const { navigator } = globalThis as { navigator?: { storage?: Partial<StorageManager> } };
  return typeof navigator?.storage?.getDirectory === 'function';
}
