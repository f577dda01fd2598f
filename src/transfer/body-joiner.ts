import { DownloadFailure } from '../core/index.js';
import type { BodyParts } from './body-parts.js';
import type { Connection } from './network/connection.js';
import {
  areTwoVersions,
  compareVersions,
  isProvable,
  mergeVersions,
  relationOf,
  withoutWeak,
  type FileVersion,
} from './integrity/file-version.js';
import { JoinRule, type AnswerForm } from './join-rule.js';
import type { PartialFile } from './store/partial-store.js';
import { isCounted } from './network/response-headers.js';
import { suspectAddresses } from './network/suspect-addresses.js';

/**
 * Opens one connection after another for a body. Bytes of two answers are joined only where a strong validator shows that
 * both are of one version, or a hash will tell at the end.
 */
export class BodyJoiner {
  readonly #parts: BodyParts;
  readonly #rule: JoinRule;
  #version: FileVersion = { total: undefined, validator: undefined };
  #form: AnswerForm = { coding: 'none', declared: undefined };
  /** The length that the reader was told, in bytes. */
  #promised: number | undefined;
  #isExact = false;
  /** Whether an answer has been taken up: its first bytes may be on their way. */
  #isBegun = false;
  #isSpliced = false;
  #isProven = true;

  constructor(parts: BodyParts) {
    this.#parts = parts;
    this.#rule = new JoinRule(parts);
  }

  /** Bytes of the whole, as far as the answers tell; `undefined` while unknown. */
  get total(): number | undefined {
    return this.#version.total;
  }

  /** Whether a range, or the end of the body, has confirmed the total. */
  get isExact(): boolean {
    return this.#isExact;
  }

  /** Whether the body is of more than one answer, or visit. */
  get isSpliced(): boolean {
    return this.#isSpliced;
  }

  /** Whether the server's own word shows that all bytes are of one version. */
  get isProven(): boolean {
    return this.#isProven;
  }

  /**
   * `Content-Length` for the reader: as it came, unless it is known to be larger than the body, as that of a small
   * compressed one can be. A reader that trusts it would find zeros behind the last byte.
   */
  get length(): number | undefined {
    const { size } = this.#parts.listed;
    const isTooLarge = this.#form.coding !== 'none' && size !== undefined && (this.#promised ?? 0) > size;
    return isTooLarge ? undefined : this.#promised;
  }

  /** Whether the first answer may have been compressed, and its `Content-Length` be that of fewer or more bytes. */
  get mayBeEncoded(): boolean {
    return this.#form.coding !== 'none';
  }

  /**
   * Whether the body would survive the end of its connection, as far as that is known now. One that nothing could be
   * joined to keeps its connection through a pause.
   */
  get isResumable(): boolean {
    return !this.#isBegun || isProvable(this.#version) || this.#parts.check.isKnownNow;
  }

  /** Whether `loaded` bytes are all, also if their connection has not ended: a length that may be of a compressed body does not say so. */
  isWhole(loaded: number): boolean {
    return loaded === this.#version.total && (this.#isExact || this.#form.coding === 'none');
  }

  /**
   * Opens the first connection, behind what is held where that can be of use.
   *
   * @param mayGiveAway Whether an answer with compiled code may be given away as it is.
   * @throws as `Line.continueAt()`.
   */
  async open(mayGiveAway: () => Promise<boolean>): Promise<Connection> {
    const { context, key } = this.#parts;
    const held = await context.store.find(key);
    return (held && (await this.#openBehind(held))) ?? (await this.#openAnew(mayGiveAway));
  }

  /**
   * Opens the next connection behind the `loaded` bytes that were given out.
   *
   * @throws DownloadFailure `changed` where nothing shows that what it brings belongs to them; what `Line.continueAt()` throws.
   */
  async reopen(loaded: number): Promise<void> {
    if (loaded === 0) return this.#beginAnew();
    if (!(await this.canContinue(loaded))) {
      throw this.fail('changed', 'Nothing would show that the file on the server is still the one that was begun');
    }
    const { kept } = this.#parts;
    const connection = await this.#connect(loaded);
    const found = this.#rule.versionIn(connection, this.#version, this.#form);
    const relation = relationOf(this.#version, found, loaded);
    if (!(await this.#rule.mayJoin(relation, this.#version, found, loaded))) {
      if (areTwoVersions(this.#version, found)) await this.discard();
      throw this.fail('changed', 'The file on the server is not, or cannot be shown to be, the one that was begun');
    }
    this.#isSpliced = true;
    this.#isProven &&= relation === 'same';
    // The next visit must not take the bytes of both for one version.
    if (!this.#isProven) kept.disprove();
    this.#isExact ||= connection.isRange && found.total !== undefined;
    this.#version = mergeVersions(this.#version, found);
  }

  /**
   * Whether bytes of another answer could be joined to those that were given out, which cannot be taken back: a strong
   * validator would show it, or a hash.
   */
  async canContinue(loaded: number): Promise<boolean> {
    return loaded === 0 || isProvable(this.#version) || this.isHashKnown();
  }

  /** Goes on with bytes that another tab has kept of the same version, where it was further. */
  async takeUpStored(loaded: number): Promise<boolean> {
    const { context, key, kept } = this.#parts;
    const held = await context.store.find(key);
    if (!held || held.length <= loaded || !isCounted(this.#form.coding) || compareVersions(held, this.#version) !== 'same') return false;
    kept.open({ url: key, ...this.#version }, loaded, held);
    this.#isSpliced = true;
    return true;
  }

  /** A server may tell a length that is too small, as that of a compressed body is, which a plain request survives. */
  async dropTotal(): Promise<void> {
    // What is kept says that total, and a validator under which a range would have other places.
    await this.#parts.kept.condemn();
    this.#form = { ...this.#form, coding: 'some' };
    this.#version = { ...this.#version, total: undefined };
    // A range has confirmed that total: bytes of several answers that do not add up are right only if their hash is.
    if (this.#isSpliced && this.#isExact) this.#isProven = false;
    this.#isExact = false;
  }

  /** All `loaded` bytes are here, and right. */
  complete(loaded: number): void {
    this.#isExact = true;
    this.#version = { ...this.#version, total: loaded };
  }

  /** Whether a hash is known that the whole will be compared with. */
  isHashKnown(): Promise<boolean> {
    return this.#rule.isHashKnown();
  }

  /** Forgets what is held of the file, and keeps nothing more of it. */
  async discard(): Promise<void> {
    const { context, key, kept } = this.#parts;
    await kept.drop();
    await context.store.delete(key);
  }

  /** Closes the connection, and makes the error that ends the body. */
  fail(code: 'corrupt' | 'changed', message: string): DownloadFailure {
    const { line, url } = this.#parts;
    line.close();
    return new DownloadFailure(code, `${message}: ${url}`);
  }

  async #openAnew(mayGiveAway: () => Promise<boolean>): Promise<Connection> {
    const { line, url } = this.#parts;
    const connection = await line.open(mayGiveAway, suspectAddresses.has(url) ? 'reload' : undefined);
    this.#isSpliced = this.#isExact = false;
    this.#isProven = true;
    this.#adopt(connection, connection.version);
    return connection;
  }

  /** Connects behind what an earlier visit has left; `undefined` where nothing would show that what follows belongs to it. */
  async #openBehind(held: PartialFile): Promise<Connection | undefined> {
    const { line, context, key } = this.#parts;
    const version = withoutWeak(held, held.length);
    if (held.length === 0 || (!isProvable(version) && !(await this.#isHashAtHand()))) return undefined;
    // A server says of its last byte, too, which version it is of; behind that there is nothing to ask for.
    const start = Math.min(held.length, (version.total ?? Infinity) - 1);
    const connection = await line.continueAt(start, { version, mayRange: true });
    const found = this.#rule.versionIn(connection, version, this.#form);
    const relation = relationOf(version, found, held.length);
    // Only a certain total shows that nothing follows on a file that seems to be here whole.
    const isCertain = start === held.length || (found.total !== undefined && connection.coding === 'none');
    const mayJoin = isCertain && (!connection.isRange || (await this.#rule.canJoin(connection, version, this.#form)));
    if (!mayJoin || !(await this.#rule.mayJoin(relation, version, found, held.length))) {
      line.close();
      if (areTwoVersions(version, found)) await context.store.delete(key);
      return undefined;
    }
    this.#isSpliced = true;
    this.#isProven = relation === 'same';
    this.#adopt(connection, mergeVersions(version, found), held);
    this.#isExact = connection.isRange && found.total !== undefined;
    if (start < held.length) line.close();
    return connection;
  }

  /** As {@link isHashKnown}, without a wait for a listing that is slow: the first byte is worth more than what is held. */
  async #isHashAtHand(): Promise<boolean> {
    const { check, listed } = this.#parts;
    return (check.isDemanded || (await listed.isSettled())) && this.isHashKnown();
  }

  /** Takes up a version of the file, of which the store has `held`. */
  #adopt({ isRange, coding, declared }: Connection, version: FileVersion, held?: PartialFile): void {
    const { kept, key } = this.#parts;
    this.#isBegun = true;
    this.#version = version;
    this.#form = { coding, declared: isRange ? undefined : declared };
    this.#promised ??= isRange ? version.total : declared;
    // A range of a compressed body is not a part of the bytes that are kept: then nothing but a hash can join them.
    const validator = this.#isProven && isCounted(this.#form.coding) ? version.validator : undefined;
    kept.open({ url: key, total: version.total, validator }, 0, held);
  }

  /** Connects behind byte `start`, by a range where that can be joined to what comes before. */
  async #connect(start: number): Promise<Connection> {
    const { line } = this.#parts;
    const version = this.#version;
    const connection = await line.continueAt(start, { version, mayRange: await this.#rule.mayRange(this.#form) });
    if (!connection.isRange || (await this.#rule.canJoin(connection, version, this.#form))) return connection;
    line.close();
    line.refuseRanges();
    return line.continueAt(start, { version, mayRange: false });
  }

  /** Begins the file once more for a reader who has its headers, and no byte. */
  async #beginAnew(): Promise<void> {
    const promised = this.#promised;
    const wasExact = this.#isExact;
    const { declared, coding } = await this.#openAnew(() => Promise.resolve(false));
    if (promised === undefined || declared === promised) return;
    // No length, or that of a compressed body, does not contradict the one that a range has told; the end of the body may.
    const isContradicted = coding === 'none' && declared !== undefined;
    if (isContradicted || !wasExact) throw this.fail('changed', 'The file on the server has another length than when it was begun');
    this.#version = { ...this.#version, total: promised };
  }
}
