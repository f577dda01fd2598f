import type { OpenAnswer } from './open-answer.js';

/** Browsers open six connections to a host over HTTP/1.1, and the requests that follow silent ones need some of them. */
const MOST = 2;

/** The silent connections of this page or worker that stay open beside the ones that are to replace them. */
const kept = new Set<OpenAnswer>();

/**
 * A connection of one file whose server is silent. It stays open beside the next one, since it may only be slow, and since the
 * next answer may not be of the same version.
 */
export class SilentAnswer {
  #answer: OpenAnswer | undefined;

  /** Whether there is one that is still open, or has bytes. */
  get isHeld(): boolean {
    return this.#answer?.isBroken === false;
  }

  /** Whether it delivers again. */
  get isOver(): boolean {
    return this.isHeld && this.#answer?.isSilent === false;
  }

  /** Holds a silent connection; returns `false` if there is an earlier one, or too many of other files. */
  hold(answer: OpenAnswer): boolean {
    if (this.isHeld) return false;
    this.drop();
    if (kept.size >= MOST) return false;
    kept.add(answer);
    this.#answer = answer;
    return true;
  }

  /** Returns the connection to be read again, and holds it no more. */
  take(): OpenAnswer | undefined {
    const answer = this.#answer;
    if (answer) kept.delete(answer);
    this.#answer = undefined;
    answer?.resume();
    return answer;
  }

  /** Closes the connection. */
  drop(): void {
    this.take()?.close();
  }

  /** The answer to another request, which is aborted by `controller` once the silent connection delivers. */
  async orElse<T>(answer: Promise<T>, controller: AbortController): Promise<T> {
    let isPending = true;
    void this.#answer?.endOfSilence().then(() => {
      if (isPending && this.isOver) controller.abort();
    });
    try {
      return await answer;
    } finally {
      isPending = false;
    }
  }
}
