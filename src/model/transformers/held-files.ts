import { systemClock, type Timer } from '../../core/index.js';
import { deferred } from '../../core/internal.js';
import type { CompleteBody } from '../../transfer/internal.js';

/** How long a file is held for the runtime, in ms: the runtime stores it as soon as it has read it. */
const HOLD_LIMIT = 5_000;

/** A complete file that the runtime will store. */
export interface HeldFile {
  readonly body: CompleteBody;
  /** Called when its stored bytes are not needed any more. */
  readonly release: () => void;
  readonly timer: Timer;
}

/** The complete files of a load that the runtime has not stored yet, by their addresses. */
export class HeldFiles {
  readonly #files = new Map<string, HeldFile>();

  /** Holds a file until the runtime stores it, at most for five seconds. Resolves when its stored bytes are not needed any more. */
  hold(url: string, body: CompleteBody): Promise<void> {
    const { promise, resolve } = deferred();
    this.#files.get(url)?.release();
    const timer = systemClock.setTimeout(() => this.take(url)?.release(), HOLD_LIMIT);
    this.#files.set(url, { body, release: () => resolve(), timer });
    return promise;
  }

  /** Returns a file that is held. */
  get(url: string): HeldFile | undefined {
    return this.#files.get(url);
  }

  /** Returns a file, which is not held any more. */
  take(url: string): HeldFile | undefined {
    const held = this.#files.get(url);
    this.#files.delete(url);
    systemClock.clearTimeout(held?.timer);
    return held;
  }

  /** Releases the files that the runtime has not stored. */
  releaseAll(): void {
    for (const url of [...this.#files.keys()]) this.take(url)?.release();
  }
}
