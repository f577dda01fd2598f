import { systemClock } from '../../core/index.js';
import { withTimeLimit } from '../../core/internal.js';
import type { HashAlgorithm, HashReply, HashRequest } from './hash-protocol.js';
import type { Hasher, HashStream } from './hash-stream.js';
import { WorkerHashStream } from './worker-hash-stream.js';

/** How many bytes may wait in the worker: the hash is faster than a network, and slower than a disk. */
const MOST_WAITING = 8 * 1024 * 1024;

/** How long an unused worker is kept, in ms: the next file of a model follows soon. */
const LINGER = 10_000;

/** The hash worker, shared by all bodies of a realm. */
export class WorkerHasher {
  readonly #worker: Worker;
  readonly #onEnd: () => void;
  readonly #streams = new Map<number, WorkerHashStream>();
  #lastId = 0;
  #waiting = 0;
  #users = 0;
  #lingering: unknown;

  private constructor(worker: Worker, onEnd: () => void) {
    this.#worker = worker;
    this.#onEnd = onEnd;
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
   * @throws if it cannot be loaded or may not use WebAssembly, and if it does not answer within `limit` ms.
   */
  static async start(worker: Worker, limit: number, onEnd: () => void): Promise<WorkerHasher> {
    const ready = new Promise<boolean>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<HashReply>) => resolve('ready' in data && data.ready);
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message || 'The hash worker cannot be loaded'));
      };
    });
    try {
      if (!(await withTimeLimit(ready, limit, systemClock))) throw new Error('Expected WebAssembly in the hash worker, found it refused');
      return new WorkerHasher(worker, onEnd);
    } catch (error) {
      worker.terminate();
      throw error;
    }
  }

  /** Keeps the worker running until the returned hasher is closed. */
  lease(): Hasher {
    this.#users += 1;
    systemClock.clearTimeout(this.#lingering);
    let isClosed = false;
    return {
      open: (algorithm) => this.#open(algorithm),
      close: () => {
        if (isClosed) return;
        isClosed = true;
        this.#users -= 1;
        if (this.#users === 0)
          this.#lingering = systemClock.setTimeout(() => this.end(new Error('The hash worker was unused and has ended')), LINGER);
      },
    };
  }

  /** Ends the worker. Pending hashes reject with `cause`. */
  end(cause: Error): void {
    this.#worker.terminate();
    systemClock.clearTimeout(this.#lingering);
    this.#onEnd();
    for (const stream of this.#streams.values()) stream.fail(cause);
  }

  #open(algorithm: HashAlgorithm): HashStream {
    const id = ++this.#lastId;
    const stream = new WorkerHashStream({
      hasRoom: () => this.#waiting <= MOST_WAITING,
      send: (bytes) => {
        this.#waiting += bytes.length;
        this.#post({ id, bytes }, [bytes.buffer]);
      },
      requestDigest: () => this.#post({ id, digest: true }),
      drop: () => {
        this.#post({ id, drop: true });
        this.#streams.delete(id);
      },
      onSilence: (cause) => this.end(cause),
    });
    this.#streams.set(id, stream);
    this.#post({ id, algorithm });
    return stream;
  }

  #post(request: HashRequest, transfer: Transferable[] = []): void {
    this.#worker.postMessage(request, transfer);
  }

  #handle(reply: HashReply): void {
    if ('added' in reply) {
      this.#waiting -= reply.added;
      for (const stream of this.#streams.values()) stream.wake();
    } else if ('hash' in reply) this.#streams.get(reply.id)?.resolve(reply.hash);
    else if ('error' in reply) this.#streams.get(reply.id)?.fail(new Error(reply.error));
  }
}
