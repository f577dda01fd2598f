import type { PartialStore } from './partial-store.js';
import { createSha256Stream, type Sha256Stream } from './sha256-stream.js';

/**
 * The hash of one body, which may begin after the body has: bytes that had passed by then are read
 * back from where they are kept, so that a body that never breaks costs nothing.
 */
export class BodyHash {
  readonly #stream: Promise<Sha256Stream>;
  /** The last thing that was begun: bytes are hashed in their order. */
  #tail: Promise<void>;

  /** @param passed Bytes of the body that have passed already, all of which the store must hold. */
  constructor(store: PartialStore, url: string, passed: number) {
    this.#stream = createSha256Stream();
    this.#tail = this.#catchUp(store, url, passed);
    this.#tail.catch(() => undefined);
  }

  /** Takes the next bytes, and resolves when there is room for more. */
  async update(bytes: Uint8Array): Promise<void> {
    const stream = await this.#stream;
    this.#tail = this.#tail.then(() => stream.update(bytes));
    this.#tail.catch(() => undefined);
    await this.#tail;
  }

  /**
   * The hash of everything so far, as 64 hexadecimal digits.
   *
   * @throws when bytes that had passed were not held any more.
   */
  async digest(): Promise<string> {
    await this.#tail;
    return (await this.#stream).digest();
  }

  close(): void {
    void this.#stream.then((stream) => stream.close());
  }

  async #catchUp(store: PartialStore, url: string, passed: number): Promise<void> {
    const stream = await this.#stream;
    let read = 0;
    const held = await store.find(url);
    if (held && passed > 0) {
      for await (const bytes of store.read(held, 0, passed)) {
        read += bytes.length;
        await stream.update(bytes);
      }
    }
    if (read !== passed) throw new Error(`Of ${passed} bytes that had come, ${read} are held`);
  }
}
