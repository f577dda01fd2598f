import { DownloadFailure } from '../core/index.js';
import { withTimeLimit } from '../core/internal.js';
import { abortable } from './network/abortable.js';
import type { BodyJoiner } from './body-joiner.js';
import type { BodyParts } from './body-parts.js';
import { lengthOf, type Chunk } from './network/chunk.js';
import { probeEnd } from './network/probe-end.js';
import { deleteSpare, hasRoomFor, hasSpare } from './store/room.js';
import { suspectAddresses, suspectModelOf } from './network/suspect-addresses.js';
import { WasmSections } from './network/wasm-sections.js';

/** Bytes of the smallest body for which the room on the disk is checked: a smaller one needs little. */
const LEAST_STORED = 1024 * 1024;

/** How long the end of a body waits for the deletion of its stored bytes, in ms. */
const DELETE_LIMIT = 1_000;

/**
 * By address, the length of the last response that ended too early, while nothing else showed that the file has become shorter. It is
 * stored beyond the download, which may end with that response.
 */
const shortResponses = new Map<string, number>();

/** Decides whether a body that has ended is the file. */
export class BodyEnd {
  readonly #parts: BodyParts;
  readonly #joiner: BodyJoiner;
  readonly #sections = new WasmSections();
  /** The length at which the body has ended although the listing names a larger size. */
  #endedAt: number | undefined;

  constructor(parts: BodyParts, joiner: BodyJoiner) {
    this.#parts = parts;
    this.#joiner = joiner;
  }

  /** Adds the next bytes of the body. */
  add(chunks: readonly Chunk[]): void {
    if (this.#joiner.state.isCode) for (const chunk of chunks) this.#sections.add(chunk);
  }

  /**
   * Resolves with the failure of a body without a total that ended too early; `undefined` if nothing shows that. The size of the file
   * comes from a new listing, or from the server. A listing fails a body of the same length only once.
   */
  async findCut(loaded: number): Promise<DownloadFailure | undefined> {
    if (this.#joiner.state.total !== undefined || this.#endedAt === loaded) return undefined;
    const size = await this.#sizeBeyond(loaded);
    if (size !== undefined) return new DownloadFailure('network', `Expected ${size} bytes, received ${loaded}`);
    return this.#probeCode(loaded);
  }

  /**
   * Compares a body of `loaded` bytes with the size and the hash of the file, if these are known.
   *
   * @throws DownloadFailure `corrupt` if the body is not the file; `changed` if nothing shows that its parts are of one version.
   */
  async judge(loaded: number): Promise<void> {
    const { check, url, signal, partial, context, key, listed } = this.#parts;
    const { isProven, isSpliced } = this.#joiner.state;
    const lacksRoom = this.#lacksRoom(loaded);
    const mayDecide = !isProven || check.isDemanded || (await listed.isSettled());
    const verdict = mayDecide ? await abortable(check.verdict({ length: loaded, isSpliced }), signal) : 'unknown';
    const wrong = typeof verdict === 'object' ? verdict.wrong : verdict === 'unknown' ? await this.#findShort(loaded) : undefined;
    if (wrong !== undefined) {
      await partial.delete();
      suspectModelOf(url);
      throw this.#joiner.fail('corrupt', wrong);
    }
    if (verdict === 'unknown' && !isProven) {
      // The only known hash contradicts the stored bytes: the next attempt would end like this one.
      if (await this.#joiner.isHashKnown()) await partial.delete();
      throw this.#joiner.fail('changed', 'Expected parts of one version, found no validator and no hash that show it');
    }
    suspectAddresses.delete(url);
    shortResponses.delete(url);
    // The caller's own copy may need the room. The reader does not wait for a slow disk.
    if (partial.isFull || (await lacksRoom)) {
      const free = partial.drop().then(() => Promise.all([context.storage.store.delete(key), deleteSpare()]));
      await withTimeLimit(free, DELETE_LIMIT, context.clock).catch(() => undefined);
    }
  }

  /** Whether the disk has no room for a second copy of the body, which the caller stores. */
  async #lacksRoom(loaded: number): Promise<boolean> {
    const { context, partial } = this.#parts;
    const { readWhole, clock } = context;
    const { stored, waiting } = partial.written;
    // Without stored bytes a deletion could make no room.
    if (!readWhole || loaded < LEAST_STORED || (stored === 0 && !hasSpare())) return false;
    // What waits to be stored needs room, too.
    return !(await hasRoomFor(loaded + waiting, clock));
  }

  /**
   * Whether a body that ended before its `Content-Length` is complete: the header may count compressed bytes.
   *
   * A second response that ends at the same byte counts as proof, even a plain one from a server that refuses ranges. A server that
   * cuts every response at the same byte is noticed all the same. Browsers report a body that ends before its length, or before its
   * last chunk (RFC 9112, 8), as an error. The exception is a compressed body in Firefox, which ignores that it ends early. Without a
   * listing and a hash, nothing then distinguishes a cut file from a shorter one: plain `fetch` delivers the first response as the
   * whole file, too. A `Content-Length` beyond the body does not prove a cut, since service workers construct responses with any
   * length.
   */
  async isWholeWhenDecoded(loaded: number): Promise<boolean> {
    const { listed } = this.#parts;
    if (!this.#joiner.state.mayBeEncoded || loaded === 0) return false;
    const isListed = (await listed.isSettled()) && listed.size !== undefined;
    return isListed ? listed.size === loaded : this.#endsAgain(loaded);
  }

  /**
   * Whether a range from the last byte on contains no byte after it. Browsers request ranges without compression. For a body of one
   * byte the range begins after that byte, since a range from the first byte on would be a plain request.
   */
  async #endsAgain(loaded: number): Promise<boolean> {
    const { source } = this.#parts;
    const start = Math.max(1, loaded - 1);
    let length = 0;
    try {
      await source.continueAt(start, { version: { total: undefined, validator: undefined }, mayRange: true });
      for (let chunks = await source.read(); chunks && length < 2; chunks = await source.read()) length += lengthOf(chunks);
    } finally {
      // Not even a silent connection may be read later: its bytes do not continue the body.
      source.close();
    }
    return length === loaded - start && source.missing === 0;
  }

  /**
   * Returns the failure of a response that ended before the `loaded` bytes. If the file has become shorter, deletes the stored bytes.
   * Without a length, a validator and a listing, only a second response that ends at the same byte shows that.
   */
  async endedBefore(loaded: number): Promise<DownloadFailure> {
    const { partial } = this.#parts;
    if (!(await this.#isShorter(loaded))) {
      return new DownloadFailure('network', `Expected a response of more than ${loaded} bytes, received fewer`);
    }
    await partial.delete();
    return this.#joiner.fail('changed', `Expected a file of at least ${loaded} bytes, found a shorter one`);
  }

  async #isShorter(loaded: number): Promise<boolean> {
    const { listed, source, url } = this.#parts;
    if (source.isShortFile) return true;
    if (this.#joiner.state.isProven) return false;
    const size = await listed.readSize();
    if (size !== undefined) return size < loaded;
    const length = loaded - source.missing;
    const isSecond = shortResponses.get(url) === length;
    shortResponses.set(url, length);
    return isSecond;
  }

  /** Resolves with the size of the file in a new listing, if it exceeds `loaded`; else with `undefined`. */
  async #sizeBeyond(loaded: number): Promise<number | undefined> {
    const { listed } = this.#parts;
    if (!(await listed.isSettled()) || (listed.size ?? 0) <= loaded) return undefined;
    const size = await listed.readSize();
    if (size === undefined || size <= loaded) return undefined;
    this.#endedAt = loaded;
    return size;
  }

  /**
   * Works as {@link findCut} by a request to the server, for a WebAssembly file whose size no other source contains. Only this file
   * needs the request: Transformers.js stores it for good without reading it. A load has only one such file.
   */
  async #probeCode(loaded: number): Promise<DownloadFailure | undefined> {
    const { context, check, listed, request, signal } = this.#parts;
    const { isCode, form } = this.#joiner.state;
    if (!isCode || listed.size !== undefined || check.isKnownNow) return undefined;
    await abortable(context.gate.pass(), signal);
    return probeEnd({ request, clock: context.clock, signal }, { loaded, declared: form.declared, moduleEnd: this.#sections.end });
  }

  /**
   * Resolves with the message for a body that is shorter than the file in a new listing; `undefined` for any other body. It applies
   * even if the server has ended the body there repeatedly, or has declared that length.
   */
  async #findShort(loaded: number): Promise<string | undefined> {
    const size = this.#parts.context.verify === 'never' ? undefined : await this.#sizeBeyond(loaded);
    return size === undefined ? undefined : `Expected ${size} bytes, received ${loaded}`;
  }
}
