// In: the complete files of a load, and the calls by which Transformers.js stores them. Out: entries of the browser's cache, which are
// written while the model starts.
import { contentLengthOf, deferred } from '../../core/internal.js';
import { deleteSpare, type CompleteBody } from '../../transfer/internal.js';
import { arrivedFile, blobOf, moveToMemory, valueNow } from './file-bytes.js';
import { HeldFiles, type HeldFile } from './held-files.js';
import { absolute } from './model-address.js';
import { reuseCache } from './reuse-cache.js';
import { runtimeFileOf } from './runtime-name.js';

/** The most bytes of files that are written from memory at a time. Others are written before the runtime continues, as without us. */
const MOST_IN_MEMORY = 16 * 1024 * 1024;

/** Bytes of the largest file in memory that is written again if there is no room: a copy of a larger one would block the page. */
const MOST_REPEATED = 1024 * 1024;

/** Bytes of the smallest file that is held: a smaller one is written from memory. */
const LEAST_HELD = 4 * 1024 * 1024;

/** How a file is written. */
interface WriteOptions {
  /** Bytes of it that are in memory until then. Default 0. */
  readonly inMemory?: number | undefined;
  /** Resolves with whether all bytes are stored in parts. Default: they are not. */
  readonly inParts?: Promise<boolean> | undefined;
  /** Makes room for the file, and resolves with its response again. Default: it is not written again. */
  readonly again?: (() => Promise<Response>) | undefined;
}

/**
 * The cache that Transformers.js uses during a load: the browser's own, with the same entries. Transformers.js waits until a file is
 * stored before it starts the model. Here `put()` resolves earlier: a file that the transfer layer has stored is copied from there, which
 * needs no memory, and a small file is written from memory.
 */
export class BackgroundCache {
  readonly #open: () => Promise<Cache>;
  /** Opens it for a look-up. */
  readonly #openForMatch: () => Promise<Cache>;
  readonly #onIdle: () => void;
  readonly #isMissing: (url: string) => boolean;
  readonly #held = new HeldFiles();
  /** Address of the runtime's file that arrives → receives it when it is complete. */
  readonly #arriving = new Map<string, (body: CompleteBody) => void>();
  /** Address → whether the file that is being written is stored in the end. */
  readonly #storing = new Map<string, Promise<boolean>>();
  /** Addresses of those of them that the store of the transfer layer has, too. */
  readonly #copied = new Set<string>();
  /** Addresses of the files whose last response has reached the runtime directly. */
  readonly #direct = new Set<string>();
  /** The files that a page which closes now would lose. */
  readonly #unsafe = new Set<Promise<unknown>>();
  #inMemory = 0;

  /**
   * @param open Opens the browser's cache.
   * @param onIdle Called when no file is being written any more.
   * @param isMissing Whether a file is known to be missing: a look-up would wait for files that are being written. Default: none is.
   */
  constructor(open: () => Promise<Cache>, onIdle: () => void, isMissing: (url: string) => boolean = () => false) {
    this.#open = open;
    this.#openForMatch = reuseCache(open);
    this.#onIdle = onIdle;
    this.#isMissing = isMissing;
  }

  /** Whether a file is being written. */
  get isWriting(): boolean {
    return this.#storing.size > 0;
  }

  /**
   * Holds a complete file until the runtime stores it. Its stored bytes must stay until the returned promise resolves. `undefined` if
   * it is not held.
   */
  hold(url: string, body: CompleteBody): Promise<void> | undefined {
    const complete = this.#arriving.get(url);
    if (complete) {
      complete(body);
      this.#copied.add(url);
      return this.#storing.get(url)?.then((isStored) => offerParts(body, isStored));
    }
    if (body.length < LEAST_HELD || runtimeFileOf(url) !== undefined) return undefined;
    return this.#held.hold(url, body);
  }

  /** Records a request of the runtime, and whether its response reaches the runtime directly: the page may read it first. */
  noteRequest(url: string, isDirect: boolean): void {
    if (isDirect) this.#direct.add(url);
    else this.#direct.delete(url);
  }

  /** Releases the files that the runtime has not stored. */
  releaseAll(): void {
    this.#held.releaseAll();
  }

  /** Resolves with whether a file is stored that is being copied from the store; `undefined` if it is not being copied. Never rejects. */
  copying(url: string): Promise<boolean> | undefined {
    return this.#copied.has(url) ? this.#storing.get(url) : undefined;
  }

  /** Resolves when each file is stored, or at least its parts, so that the next visit does not request it. Never rejects. */
  async safe(): Promise<void> {
    await Promise.all(this.#unsafe);
  }

  /** Resolves when the selected files are not being written any more. Never rejects. */
  async settled(isOwn: (url: string) => boolean): Promise<void> {
    const own = [...this.#storing].filter(([url]) => isOwn(url));
    await Promise.all(own.map(([, storing]) => storing));
  }

  /**
   * As `Cache.match()`. Transformers.js looks a file up again before it stores it, and would copy all of its bytes for `put()`. So this
   * method begins to store a complete file that is held, and resolves with its response. Resolves with `undefined` if the cache cannot be opened:
   * Transformers.js then works without a cache.
   */
  async match(url: string): Promise<Response | undefined> {
    const address = absolute(url);
    if (this.#isMissing(address)) return undefined;
    await this.#storing.get(address);
    const held = this.#held.get(address);
    const blob = held && (await blobOf(held.body, held.body.length));
    if (held && blob && this.#held.get(address) === held) return this.#storeHeld(address, held, blob);
    try {
      return await (await this.#openForMatch()).match(url);
    } catch {
      return undefined;
    }
  }

  /** Stores a response. Resolves as soon as the runtime may continue. @throws as `Cache.put()`. */
  async put(url: string, response: Response): Promise<void> {
    const address = absolute(url);
    // Its stored bytes stay until those of the runtime are stored.
    const held = this.#held.take(address);
    const length = contentLengthOf(response) ?? Infinity;
    if (runtimeFileOf(address) !== undefined) this.#putArriving(address, response);
    else if (this.#inMemory + length <= MOST_IN_MEMORY) {
      const again = length <= MOST_REPEATED ? this.#repeat(response.clone()) : undefined;
      void this.#store(address, response, { inMemory: length, again }).then(held?.release);
    } else await this.#put(url, response).finally(() => held?.release());
  }

  /** As `Cache.delete()`. */
  async delete(url: string): Promise<boolean> {
    await this.#storing.get(absolute(url));
    return (await this.#open()).delete(url);
  }

  async #put(url: string, response: Response): Promise<void> {
    await (await this.#open()).put(url, response);
  }

  /** Stores a held file, which has these bytes, and returns its response. */
  #storeHeld(url: string, { body, release }: HeldFile, blob: Blob): Response {
    this.#held.take(url);
    const { headers } = body;
    const again = async (): Promise<Response> => new Response(await moveToMemory(blob, body), { headers });
    const storing = this.#store(url, new Response(blob, { headers }), { inParts: body.isStored(), again });
    this.#copied.add(url);
    void storing.then((isStored) => offerParts(body, isStored)).finally(release);
    return new Response(blob, { headers });
  }

  /**
   * Stores the runtime's file, which arrives now. The start of the model blocks this thread, and a write that reads the file here would
   * wait for its end. So the file is copied from the transfer layer as soon as that has all of it, or else written from memory.
   */
  #putArriving(url: string, response: Response): void {
    const { promise: completed, resolve: complete } = deferred<CompleteBody>();
    const { headers } = response;
    const blob = arrivedFile(response, completed, this.#direct.has(url));
    const again = async (): Promise<Response> => new Response(await moveToMemory(await blob, await valueNow(completed)), { headers });
    // `isStored()` does not count bytes that `blob()` has not begun to store.
    const inParts = blob
      .then(() => completed)
      .then((body) => body.isStored())
      .catch(() => false);
    this.#arriving.set(url, complete);
    const stored = blob.then((bytes) => new Response(bytes, { headers }));
    void this.#store(url, stored, { inParts, again }).finally(() => this.#arriving.delete(url));
  }

  /** Returns a file again as soon as no file is being copied, whose parts can be deleted then. */
  #repeat(response: Response): () => Promise<Response> {
    return async () => {
      await this.settled((url) => this.#copied.has(url));
      return response;
    };
  }

  #store(url: string, response: Response | Promise<Response>, { inMemory = 0, inParts, again }: WriteOptions = {}): Promise<boolean> {
    this.#inMemory += inMemory;
    const storing = Promise.resolve(response)
      .then((whole) => this.#put(url, whole))
      .catch(async (cause: unknown) => {
        if (!again || (cause as Partial<Error>).name !== 'QuotaExceededError') throw cause;
        this.#unsafe.add(storing);
        const second = await again();
        await deleteSpare();
        await this.#put(url, second);
      })
      .then(
        () => true,
        (cause: unknown) => {
          console.warn(`Unable to add response to browser cache: ${String(cause)}.`);
          return false;
        },
      )
      .finally(() => {
        this.#inMemory -= inMemory;
        this.#unsafe.delete(storing);
        if (this.#storing.get(url) === storing) {
          this.#storing.delete(url);
          this.#copied.delete(url);
        }
        if (!this.isWriting) this.#onIdle();
      });
    this.#storing.set(url, storing);
    const safe = Promise.race([storing, Promise.resolve(inParts).then((isInParts) => isInParts === true || storing)]).finally(() =>
      this.#unsafe.delete(safe),
    );
    this.#unsafe.add(safe);
    return storing;
  }
}

/** Lets other files have the room of a file's parts once the cache has the file. */
function offerParts(body: CompleteBody, isStored: boolean): void {
  if (isStored) body.allowDeletion();
}
