import { systemClock } from '../../core/index.js';
import { deferred, type Deferred } from '../../core/internal.js';
import type { Chunk } from '../network/chunk.js';
import { keepMemory, releaseMemory, returnMemory } from './worker-memory.js';
import type { HashAlgorithm, HashReply, HashRequest, WrittenFile } from './hash-protocol.js';
import type { HashStream, WorkerLease } from './hash-stream.js';
import { WorkerHashStream } from './worker-hash-stream.js';
import type { WorkerPatience } from './worker-patience.js';

/** How many bytes may wait in a worker that has replied: the hash is faster than a network, and slower than a disk. */
const MOST_WAITING = 8 * 1024 * 1024;

/** How long a worker may take to start, in ms. */
const START_LIMIT = 5_000;

/** How long an unused worker is kept, in ms: the next file of a model follows soon. */
const LINGER = 10_000;

/** The hash worker, shared by all bodies of a realm. */
export class WorkerHasher {
  readonly #worker: Worker;
  readonly #patience: WorkerPatience;
  readonly #onEnd: () => void;
  readonly #streams = new Map<number, WorkerHashStream>();
  readonly #writes = new Map<number, Deferred<WrittenFile>>();
  #lastId = 0;
  #waiting = 0;
  #users = 0;
  #lingering: unknown;
  #hasReplied = false;
  /** Why the worker has ended. */
  #failure: Error | undefined;

  private constructor(worker: Worker, patience: WorkerPatience, onEnd: () => void) {
    this.#worker = worker;
    this.#patience = patience;
    this.#onEnd = onEnd;
    keepMemory();
    this.#linger();
    worker.onmessage = ({ data }: MessageEvent<HashReply>) => this.#handle(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.end(new Error(event.message || 'The hash worker failed'));
    };
  }

  /**
   * Resolves when the worker runs and can hash.
   *
   * @param onEnd Called when the worker has ended.
   * @throws if it cannot be loaded or may not use WebAssembly, and if it does not respond in time.
   */
  static async start(worker: Worker, patience: WorkerPatience, onEnd: () => void): Promise<WorkerHasher> {
    const ready = new Promise<boolean>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<HashReply>) => resolve('ready' in data && data.ready);
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message || 'The hash worker cannot be loaded'));
      };
    });
    try {
      if (!(await patience.wait(ready, START_LIMIT))) throw new Error('Expected WebAssembly in the hash worker, found it refused');
      return new WorkerHasher(worker, patience, onEnd);
    } catch (error) {
      worker.terminate();
      throw error;
    }
  }

  /** Whether the worker runs, and has replied: a request is not lost. */
  get isReliable(): boolean {
    return this.#hasReplied && !this.#failure;
  }

  /** Keeps the worker running until the returned hasher is closed. */
  lease(): WorkerLease {
    this.#users += 1;
    systemClock.clearTimeout(this.#lingering);
    let isClosed = false;
    return {
      open: (algorithm) => this.#open(algorithm),
      write: (name, bytes) => this.#write(name, bytes),
      close: () => {
        if (isClosed) return;
        isClosed = true;
        this.#users -= 1;
        if (this.#users === 0) this.#linger();
      },
    };
  }

  /** Ends the worker. Pending hashes and writes reject with `cause`. */
  end(cause: Error): void {
    if (this.#failure) return;
    this.#failure = cause;
    this.#worker.terminate();
    releaseMemory();
    systemClock.clearTimeout(this.#lingering);
    this.#onEnd();
    for (const stream of this.#streams.values()) stream.fail(cause);
    for (const write of this.#writes.values()) write.reject(cause);
  }

  /** Ends the worker, unless it is used again soon. */
  #linger(): void {
    this.#lingering = systemClock.setTimeout(() => this.end(new Error('The hash worker was unused')), LINGER);
  }

  #open(algorithm: HashAlgorithm): HashStream {
    const id = ++this.#lastId;
    const stream = new WorkerHashStream({
      hasRoom: () => this.#waiting <= (this.#hasReplied ? MOST_WAITING : 0),
      send: (bytes) => {
        this.#waiting += bytes.length;
        this.#post({ id, bytes }, [bytes.buffer]);
      },
      requestDigest: () => this.#post({ id, digest: true }),
      drop: () => {
        this.#post({ id, drop: true });
        this.#streams.delete(id);
      },
      wait: (promise) => this.#patience.wait(promise),
      onSilence: (cause) => this.end(cause),
    });
    if (this.#failure) stream.fail(this.#failure);
    this.#streams.set(id, stream);
    this.#post({ id, algorithm });
    return stream;
  }

  async #write(file: string, bytes: Chunk): Promise<WrittenFile> {
    if (this.#failure) throw this.#failure;
    const id = ++this.#lastId;
    const write = deferred<WrittenFile>();
    this.#writes.set(id, write);
    this.#post({ id, file, content: bytes }, [bytes.buffer]);
    return write.promise.finally(() => this.#writes.delete(id));
  }

  #post(request: HashRequest, transfer: Transferable[] = []): void {
    this.#worker.postMessage(request, transfer);
  }

  #handle(reply: HashReply): void {
    this.#hasReplied = true;
    this.#patience.recordReply();
    if ('added' in reply) {
      this.#waiting -= reply.added.length;
      returnMemory(reply.added);
      for (const stream of this.#streams.values()) stream.wake();
    } else if ('content' in reply) {
      returnMemory(reply.content);
      this.#writes.get(reply.id)?.resolve(reply);
    } else if ('hash' in reply) this.#streams.get(reply.id)?.resolve(reply.hash);
    else if ('error' in reply) this.#streams.get(reply.id)?.fail(new Error(reply.error));
  }
}
