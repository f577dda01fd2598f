import type { WorkerLease } from '../integrity/hash-stream.js';
import { RealmWorker } from '../integrity/realm-worker.js';
import type { Chunk } from '../network/chunk.js';
import { randomWord } from '../random-word.js';
import { openDirectory } from './open-directory.js';

/** How old a file that no entry names must be, in ms, before it is deleted: its entry may be written at this moment. */
const LOST_AFTER = 3_600_000;

/** The worker that writes the files of this realm. It computes no hash: on a slow disk a write takes seconds, and a hash must not wait. */
const writing = new RealmWorker();

/** The bytes of a segment after {@link SegmentFiles.write}. */
export interface WrittenSegment {
  /** The name of the file; `undefined` if the bytes are not in a file. */
  readonly file: string | undefined;
  /** The same bytes. Those that were passed may be detached. */
  readonly bytes: Chunk;
}

/**
 * Files of the origin private file system that contain the bytes of segments. A worker writes them, which takes a small part of
 * the time of an entry of Cache Storage, and none of the page's main thread.
 */
export class SegmentFiles {
  readonly #lease: () => Pick<WorkerLease, 'write' | 'close'> | undefined;
  /** Whether the platform has refused a file: the cause, a private window or a missing feature, is permanent. */
  #isRefused = false;

  /** @param lease Returns a use of the worker; `undefined` if none runs. Default: that of this realm, which is started by the first call. */
  constructor(lease: () => Pick<WorkerLease, 'write' | 'close'> | undefined = leaseWriter) {
    this.#lease = lease;
  }

  /**
   * Writes the bytes of a segment to a new file, if the platform has such files and the worker runs.
   *
   * @throws QuotaExceededError if there is no room, and an error if the worker ends meanwhile.
   */
  async write(bytes: Chunk): Promise<WrittenSegment> {
    const worker = this.#isRefused || !hasFiles() ? undefined : this.#lease();
    if (!worker) return { file: undefined, bytes };
    const file = randomWord();
    // Memory that contains other bytes, too, stays with the caller.
    const isWhole = bytes.byteLength === bytes.buffer.byteLength;
    try {
      const { content, failure } = await worker.write(file, isWhole ? bytes : bytes.slice());
      if (failure?.name === 'QuotaExceededError') throw new DOMException(failure.message, failure.name);
      this.#isRefused = failure !== undefined;
      return { file: failure ? undefined : file, bytes: content };
    } finally {
      worker.close();
    }
  }

  /**
   * Reads a file; resolves with `undefined` if it does not exist.
   *
   * @throws `DOMException` if it cannot be read, so that it may exist.
   */
  async read(name: string): Promise<Chunk | undefined> {
    // The directory may have been deleted. In a new one it is certain that the file does not exist.
    const directory = await openDirectory({ create: true });
    if (!directory) throw new DOMException('The file system does not respond', 'NotReadableError');
    try {
      const handle = await directory.getFileHandle(name);
      return new Uint8Array(await (await handle.getFile()).arrayBuffer());
    } catch (error) {
      if ((error as Error).name === 'NotFoundError') return undefined;
      throw error;
    }
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
}

/** Returns a use of the worker; `undefined` while it starts, which can take as long as the network does, and where there is none. */
function leaseWriter(): WorkerLease | undefined {
  void writing.start();
  return writing.running?.lease();
}

function hasFiles(): boolean {
  const { navigator } = globalThis as { navigator?: { storage?: Partial<StorageManager> } };
  return typeof navigator?.storage?.getDirectory === 'function';
}
