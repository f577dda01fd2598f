import { systemClock, type Clock } from '../../core/index.js';
import { deferred, withTimeLimit } from '../../core/internal.js';
import { BodyHash, type BodyDigest } from './body-hash.js';
import { nameOf } from './hash-at-once.js';
import { parseIntegrity, toBase64, type RequestIntegrity } from './integrity.js';
import type { KnownFile, LookUp } from './known-file.js';

export type { KnownFile, LookUp, LookUpOptions } from './known-file.js';

/**
 * Which bodies are compared with a known hash: all, those that consist of several responses or continue an earlier visit, or
 * none.
 */
export type VerifyMode = 'always' | 'spliced' | 'never';

/** Settings of a {@link BodyCheck}. */
export interface BodyCheckOptions {
  readonly url: string;
  readonly verify: VerifyMode;
  readonly lookUp: LookUp;
  /** The settings of the file's request, for the lookup. */
  readonly init: RequestInit;
  /** The `integrity` of the request. It applies whatever `verify` is, and makes a lookup unnecessary. */
  readonly integrity?: string | undefined;
  /** Default: the platform's clock. */
  readonly clock?: Clock | undefined;
}

/** Whether the bytes of a body are those of the file; `unknown` if there is no hash to compare. */
export type CheckResult = 'right' | 'unknown' | { readonly wrong: string };

/** How long a lookup may take, in ms. */
const LOOK_UP_LIMIT = 5_000;

/** Compares the bytes of one body, as they are delivered, with the known hash of the file. */
export class BodyCheck {
  readonly #options: BodyCheckOptions;
  readonly #integrity: RequestIntegrity | undefined;
  readonly #hash = new BodyHash();
  #known: Promise<KnownFile | undefined> | undefined;
  #isHashFound = false;
  readonly #closed = deferred<undefined>();

  constructor(options: BodyCheckOptions) {
    this.#options = options;
    this.#integrity = parseIntegrity(options.integrity ?? '');
  }

  /** Starts before the first byte: looks the hash up, and loads the code that computes it if the file is large. Does not wait. */
  begin(): void {
    if (this.#integrity) this.#hash.choose(this.#integrity.algorithm);
    else if (this.#options.verify === 'never') this.#hash.close();
    else void this.#findKnown();
  }

  /** Whether the caller requires the comparison, by `integrity`. */
  get isDemanded(): boolean {
    return this.#integrity !== undefined;
  }

  /** As {@link isKnown}, but without a wait: `false` while no hash is known. */
  get isKnownNow(): boolean {
    return (this.isDemanded || this.#isHashFound) && !this.#hash.isClosed;
  }

  /** Whether a hash is known with which the end of the body will be compared, if the body is spliced. */
  async isKnown(): Promise<boolean> {
    const isKnown = this.#integrity !== undefined || (this.#options.verify !== 'never' && hasHash(await this.#findKnown()));
    return isKnown && this.#hash.isPossible();
  }

  /**
   * Adds a copy of the next bytes, and resolves when there is room for more, or when the check is closed. It never waits for
   * a lookup.
   */
  update(chunks: readonly Uint8Array[]): Promise<void> {
    return this.#hash.update(chunks);
  }

  /**
   * Compares the whole body. Only `integrity` or a new lookup can show that a body is wrong: the file may have changed since
   * the first lookup.
   */
  async verdict({ length, isSpliced }: { readonly length: number; readonly isSpliced: boolean }): Promise<CheckResult> {
    if (this.#integrity) return judgeIntegrity(await this.#hash.digest(length), this.#integrity);
    const { verify } = this.#options;
    if (verify === 'never' || (verify === 'spliced' && !isSpliced)) return 'unknown';
    if (!hasHash(await this.#findKnown())) return 'unknown';
    const digest = await this.#hash.digest(length);
    const first = judge(digest, await this.#findKnown(), length);
    return typeof first === 'string' ? first : judge(digest, await this.#lookUp(true), length);
  }

  /** Ends the check, and settles its promises. */
  close(): void {
    this.#closed.resolve(undefined);
    this.#hash.close();
  }

  #findKnown(): Promise<KnownFile | undefined> {
    this.#known ??= this.#lookUp(false).then((known) => {
      this.#isHashFound = hasHash(known);
      if (known?.sha256) this.#hash.choose('sha256', known.size);
      else if (known?.oid) this.#hash.chooseGit(known.size);
      else this.#hash.close();
      return known;
    });
    return this.#known;
  }

  async #lookUp(fresh: boolean): Promise<KnownFile | undefined> {
    const { url, init, lookUp, clock = systemClock } = this.#options;
    const known = Promise.race([lookUp(url, { fresh, init }), this.#closed.promise]);
    return withTimeLimit(known, LOOK_UP_LIMIT, clock).catch(() => undefined);
  }
}

function hasHash(known: KnownFile | undefined): boolean {
  return Boolean(known?.sha256 ?? known?.oid);
}

/** Returns the hash in a listing. Git's blob hash is not used beside a SHA-256: it is then that of a Git LFS pointer. */
function hashIn({ sha256, oid }: KnownFile, isGit: boolean): string | undefined {
  if (isGit) return sha256 ? undefined : oid;
  return sha256;
}

function judge(digest: BodyDigest | undefined, known: KnownFile | undefined, length: number): CheckResult {
  if (!digest || !known) return 'unknown';
  const isGit = digest.algorithm === 'sha1';
  const expected = hashIn(known, isGit);
  if (!expected) return 'unknown';
  if (digest.hash === expected.toLowerCase()) return 'right';
  // Git's blob hash includes the length. One with the length of another version cannot be compared.
  if (isGit && digest.size !== length && digest.size !== known.size) return 'unknown';
  return { wrong: `${isGit ? 'Git blob hash' : 'SHA-256'} mismatch: expected ${expected}, got ${digest.hash}` };
}

function judgeIntegrity(digest: BodyDigest | undefined, { algorithm, hashes }: RequestIntegrity): CheckResult {
  const name = nameOf(algorithm);
  // `integrity` forbids the use of bytes that were not compared.
  if (!digest) return { wrong: `${name} mismatch: expected ${hashes.join(' or ')}, found no way to compute it` };
  const found = toBase64(digest.hash);
  return hashes.includes(found) ? 'right' : { wrong: `${name} mismatch: expected ${hashes.join(' or ')}, got ${found}` };
}
