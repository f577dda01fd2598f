import type { Chunk } from '../network/chunk.js';
import type { HashStream } from './hash-stream.js';

/** The connection of one stream to the worker that it shares with others. */
export interface HashWorkerLink {
  /** Whether more bytes may wait in the worker. */
  hasRoom(): boolean;
  send(bytes: Chunk): void;
  requestDigest(): void;
  drop(): void;
  /** Settles as `promise` does, unless the worker takes too long. */
  wait(promise: Promise<void>): Promise<void>;
  /** Called if the worker takes too long. */
  onSilence(cause: Error): void;
}

/** One hash inside the worker. */
export class WorkerHashStream implements HashStream {
  readonly #link: HashWorkerLink;
  #hash: string | undefined;
  #failure: Error | undefined;
  #isClosed = false;
  #wakers: (() => void)[] = [];

  constructor(link: HashWorkerLink) {
    this.#link = link;
  }

  async update(bytes: Chunk): Promise<void> {
    this.#link.send(bytes);
    await this.#until(() => this.#link.hasRoom());
  }

  async digest(): Promise<string> {
    this.#link.requestDigest();
    await this.#until(() => this.#hash !== undefined);
    if (this.#hash === undefined) throw new Error('The hash was closed');
    return this.#hash;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#link.drop();
    this.wake();
  }

  /** Receives the digest. */
  resolve(hash: string): void {
    this.#hash = hash;
    this.wake();
  }

  /** Receives the error that prevents a digest. */
  fail(cause: Error): void {
    this.#failure = cause;
    this.wake();
  }

  /** Checks the awaited conditions again. */
  wake(): void {
    const wakers = this.#wakers;
    this.#wakers = [];
    for (const wake of wakers) wake();
  }

  async #until(test: () => boolean): Promise<void> {
    const isOver = (): boolean => this.#isClosed || this.#failure !== undefined || test();
    const wait = async (): Promise<void> => {
      while (!isOver()) await new Promise<void>((resolve) => this.#wakers.push(resolve));
    };
    if (!isOver()) await this.#link.wait(wait()).catch((cause: unknown) => this.#link.onSilence(cause as Error));
    if (this.#failure) throw this.#failure;
  }
}
