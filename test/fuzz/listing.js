// The hub's listing: its right or wrong entry of the file, and when it arrives.
import { hashesOf } from './file-versions.js';

export class Listing {
  #options;
  #server;
  #clock;
  #sizes;

  /**
   * @param options `{ kind, digest, delay }`. Kinds: `right`; `cached`: an old one unless it is requested again; `behind`: old even
   * then; `size-only`; `missing`; `rejects`; `hangs`; `fresh-hangs`, `fresh-missing`: when it is requested again.
   */
  constructor(options, server, clock, sizes) {
    this.#options = options;
    this.#server = server;
    this.#clock = clock;
    this.#sizes = sizes;
  }

  /** The library's `lookUp`. */
  lookUp = async (_url, { fresh = false } = {}) => {
    const { kind, delay } = this.#options;
    if (delay > 0) await this.#clock.wait(delay);
    if (kind === 'hangs' || (kind === 'fresh-hangs' && fresh)) return new Promise(() => undefined);
    if (kind === 'rejects') throw new TypeError('Failed to fetch the listing');
    return this.#entry(fresh);
  };

  /** The hub's answer to a request for the listing; `never` if there is none. */
  answer = () => {
    const { kind, delay } = this.#options;
    if (kind === 'hangs') return { never: 'hang' };
    if (kind === 'rejects') return { never: 'reject', latency: delay };
    const entry = this.#entry(true);
    if (!entry) return { latency: delay };
    const { size, sha256, oid } = entry;
    return { latency: delay, body: [{ type: 'file', path: 'model.bin', size, oid, ...(sha256 ? { lfs: { oid: sha256, size } } : {}) }] };
  };

  #entry(fresh) {
    const { kind, digest } = this.#options;
    if (kind === 'missing' || (kind === 'fresh-missing' && fresh)) return undefined;
    const isOld = kind === 'behind' || (kind === 'cached' && !fresh);
    const version = isOld ? 0 : this.#server.version;
    const size = this.#sizes[version];
    if (kind === 'size-only') return { size, sha256: undefined, oid: undefined };
    const { sha256, oid } = hashesOf(version, size);
    return digest === 'oid' ? { size, sha256: undefined, oid } : { size, sha256, oid: undefined };
  }
}
