import type { OpenResponse } from './open-response.js';

/** The most silent connections. Browsers open six connections to a host over HTTP/1.1, and the next requests need some of them. */
const MOST = 2;

/** The silent connections of this page or worker that stay open beside the ones that are to replace them. */
const kept = new Set<OpenResponse>();

/**
 * A connection of one file whose server is silent. It stays open beside the next one, since it may only be slow, and since the
 * next response may not be of the same version.
 */
export class SilentResponse {
  #response: OpenResponse | undefined;

  /** Whether a silent connection is held, and is still open or has unread bytes. */
  get isHeld(): boolean {
    return this.#response?.isBroken === false;
  }

  /** Whether the held connection delivers again. */
  get isOver(): boolean {
    return this.isHeld && this.#response?.isSilent === false;
  }

  /** Holds a silent connection; returns `false` if there is an earlier one, or too many of other files. */
  hold(response: OpenResponse): boolean {
    if (this.isHeld) return false;
    this.drop();
    if (kept.size >= MOST) return false;
    kept.add(response);
    this.#response = response;
    return true;
  }

  /** Returns the connection to be read again, and holds it no more. */
  take(): OpenResponse | undefined {
    const response = this.#response;
    if (response) kept.delete(response);
    this.#response = undefined;
    response?.resume();
    return response;
  }

  /** Closes the connection. */
  drop(): void {
    this.take()?.close();
  }

  /** Settles as `response` does, whose request `controller` ends. Aborts that request once the silent connection delivers. */
  async orElse<T>(response: Promise<T>, controller: AbortController): Promise<T> {
    let isPending = true;
    void this.#response?.endOfSilence().then(() => {
      if (isPending && this.isOver) controller.abort();
    });
    try {
      return await response;
    } finally {
      isPending = false;
    }
  }
}
