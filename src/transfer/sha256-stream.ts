import { HASH_WORKER, type HashReply, type HashRequest } from './hash-protocol.js';

/** Takes a file piece by piece, off the thread that shows the page where there is another. */
export interface Sha256Stream {
  /** Takes the next bytes, which stay the caller's, and resolves when there is room for more. */
  update(bytes: Uint8Array): Promise<void>;
  /** The hash of everything so far, as 64 hexadecimal digits. */
  digest(): Promise<string>;
  /** Lets go of the thread. */
  close(): void;
}

/** How many bytes may wait to be hashed: the hash is faster than a link, and slower than a disk. */
const MOST_WAITING = 8 * 1024 * 1024;

/** Begins a hash, in a worker where one can be started, else in this realm. */
export async function createSha256Stream(): Promise<Sha256Stream> {
  return (await startWorker()) ?? (await createLocalStream());
}

/** In a realm without workers, as in Node, or where the page's policy refuses them. */
async function createLocalStream(): Promise<Sha256Stream> {
  const { createSha256 } = await import('./hash-worker.js');
  const hash = createSha256();
  return {
    update(bytes) {
      hash.update(bytes);
      // A turn of the event loop between two pieces, so that a page stays usable.
      return new Promise((resolve) => setTimeout(resolve));
    },
    digest: () => Promise.resolve(hash.digest()),
    close: () => undefined,
  };
}

async function startWorker(): Promise<Sha256Stream | undefined> {
  if (typeof Worker === 'undefined') return undefined;
  try {
    const worker = createWorker();
    // A worker that cannot be loaded says so only by an event; one that can answers.
    const replies = new WorkerReplies(worker);
    await replies.whenTaken(0, () => post(worker, { bytes: new Uint8Array() }));
    return new WorkerStream(worker, replies);
  } catch {
    return undefined;
  }
}

function createWorker(): Worker {
  try {
    // Vite reads the options without running anything, and refuses to build a page where they name a variable.
    return new Worker(new URL('./hash-worker.js', import.meta.url), {
      type: 'module',
      name: 'model-download-hash' satisfies typeof HASH_WORKER,
    });
  } catch {
    // A script of another origin, as from a CDN, starts only through one of this origin.
    const source = `import ${JSON.stringify(new URL('./hash-worker.js', import.meta.url).href)};`;
    const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
    return new Worker(address, { type: 'module', name: HASH_WORKER });
  }
}

function post(worker: Worker, request: HashRequest): void {
  if ('bytes' in request) worker.postMessage(request, [request.bytes.buffer]);
  else worker.postMessage(request);
}

class WorkerReplies {
  #waiting = 0;
  #hear: ((reply: HashReply) => void) | undefined;
  #fail: ((cause: unknown) => void) | undefined;
  #broken: Error | undefined;

  constructor(worker: Worker) {
    worker.onmessage = ({ data }: MessageEvent<HashReply>) => {
      if ('taken' in data) this.#waiting -= data.taken;
      this.#hear?.(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#broken = new Error(event.message || 'The hash worker broke');
      this.#fail?.(this.#broken);
    };
  }

  /** Bytes that are sent and not hashed yet. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Counts bytes that are about to be sent, sends them, and resolves when at most `most` wait. */
  async whenTaken(bytes: number, send: () => void, most = 0): Promise<void> {
    this.#waiting += bytes;
    const first = this.#next();
    send();
    if (bytes > 0 && this.#waiting <= most) {
      first.catch(() => undefined);
      return;
    }
    await first;
    while (this.#waiting > most) await this.#next();
  }

  async hash(send: () => void): Promise<string> {
    const first = this.#next();
    send();
    for (let reply = await first; ; reply = await this.#next()) if ('hash' in reply) return reply.hash;
  }

  #next(): Promise<HashReply> {
    // Whoever was not waiting when it broke must not wait for ever.
    if (this.#broken) return Promise.reject(this.#broken);
    return new Promise((resolve, reject) => {
      this.#hear = resolve;
      this.#fail = reject;
    });
  }
}

class WorkerStream implements Sha256Stream {
  readonly #worker: Worker;
  readonly #replies: WorkerReplies;

  constructor(worker: Worker, replies: WorkerReplies) {
    this.#worker = worker;
    this.#replies = replies;
  }

  update(bytes: Uint8Array): Promise<void> {
    const copy = bytes.slice();
    return this.#replies.whenTaken(copy.length, () => post(this.#worker, { bytes: copy }), MOST_WAITING);
  }

  digest(): Promise<string> {
    return this.#replies.hash(() => post(this.#worker, { digest: true }));
  }

  close(): void {
    this.#worker.terminate();
  }
}
