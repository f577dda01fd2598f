import { DownloadFailure } from '../core/index.js';
import type { BodyParts } from './body-parts.js';
import { BodyState } from './body-state.js';
import type { Connection } from './network/connection.js';
import { areTwoVersions, compareVersions, isProvable, mergeVersions, relationOf, withoutWeak } from './integrity/file-version.js';
import type { FileProgressReport } from './file-download-context.js';
import { JoinRule } from './join-rule.js';
import type { PartialFile } from './store/partial-store.js';
import { isCounted } from './network/response-headers.js';
import { cacheModeFor } from './network/suspect-addresses.js';

/**
 * Opens the connections of a body one after another. Bytes of two responses are joined only if a strong validator shows that
 * both are of one version, or if a hash will show it at the end.
 */
export class BodyJoiner {
  /** What the responses have shown about the file. */
  readonly state = new BodyState();

  readonly #parts: BodyParts;
  readonly #rule: JoinRule;

  constructor(parts: BodyParts) {
    this.#parts = parts;
    this.#rule = new JoinRule(parts);
  }

  /**
   * `Content-Length` for the reader, in bytes; `undefined` for none. It is that of the first response, unless the listing shows that
   * it exceeds the body: compression can enlarge a small file. A reader that allocates it would find zeros after the last byte.
   */
  get length(): number | undefined {
    const { promised, mayBeEncoded } = this.state;
    const { size } = this.#parts.listed;
    const isTooLarge = mayBeEncoded && size !== undefined && (promised ?? 0) > size;
    return isTooLarge ? undefined : promised;
  }

  /** Returns the bytes of the whole file, of which `loaded` have arrived, for a report. */
  totalOf(loaded: number): Pick<FileProgressReport, 'total' | 'totalIsExact'> {
    const { size } = this.#parts.listed;
    const total = [this.state.total, size].find((known) => known !== undefined && known >= loaded);
    return { total, totalIsExact: total !== undefined && (this.state.isExact || total === size) };
  }

  /**
   * Whether the body could continue over another connection, by what is known now. If not, its connection stays open during a pause.
   */
  get isResumable(): boolean {
    return this.state.isProvable || this.#parts.check.isKnownNow;
  }

  /**
   * Opens the first connection. It begins after the stored bytes if these can be continued.
   *
   * @param mayPassOn Resolves with whether a WebAssembly response may be returned to the caller unchanged.
   * @param isNew Whether it is known that no bytes are stored.
   * @throws as `ReconnectingSource.continueAt()`.
   */
  async open(mayPassOn: () => Promise<boolean>, isNew = false): Promise<Connection> {
    const { context, key } = this.#parts;
    const stored = isNew ? undefined : await context.storage.store.find(key);
    return (stored && (await this.#openBehind(stored))) ?? (await this.#openAnew(mayPassOn));
  }

  /**
   * Opens the next connection. It begins after the `loaded` bytes that have been delivered.
   *
   * @throws DownloadFailure `changed` if nothing shows that the new bytes belong to the delivered ones; what
   * `ReconnectingSource.continueAt()` throws.
   */
  async reopen(loaded: number): Promise<void> {
    if (loaded === 0) return this.#beginAnew();
    const { state } = this;
    if (!(await this.canContinue(loaded))) {
      throw this.fail('changed', 'Expected a validator or a hash that identifies the file, found none');
    }
    const connection = await this.#connect(loaded);
    const { version } = state;
    const found = this.#rule.versionIn(connection, version, state.form, loaded);
    const relation = relationOf(version, found, loaded);
    if (!(await this.#rule.mayJoin(relation, version, found, loaded))) {
      // Stored bytes without a validator that do not fit the length of the file would end every attempt.
      if (areTwoVersions(version, found) || (relation === 'other' && !state.isProven)) await this.discard();
      throw this.fail('changed', 'Expected the version of the file that the download began with, found another or an unknown one');
    }
    state.join(connection, found, relation);
    // The next visit must not treat the bytes of both responses as one version.
    if (!state.isProven) this.#parts.partial.disprove();
  }

  /**
   * Whether another response could continue the delivered bytes, which cannot be revoked: a strong validator or a hash would show
   * that both belong together.
   */
  async canContinue(loaded: number): Promise<boolean> {
    return loaded === 0 || isProvable(this.state.version) || this.isHashKnown();
  }

  /** Continues with the bytes that another tab has stored, if they are of the same version and more. Resolves with whether it does. */
  async continueFromStored(loaded: number): Promise<boolean> {
    const { context, key, partial } = this.#parts;
    const { version, form } = this.state;
    const stored = await context.storage.store.find(key);
    if (!stored || stored.length <= loaded || !isCounted(form.coding) || compareVersions(stored, version) !== 'same') return false;
    partial.open({ url: key, ...version }, loaded, stored);
    this.state.joinStored();
    return true;
  }

  /** Drops a total that the body has contradicted. This is not a failure: plain `fetch` delivers a body with such a length, too. */
  async dropTotal(): Promise<void> {
    // The stored bytes are marked with that total, and with a validator of the compressed file, whose ranges have other offsets.
    await this.#parts.partial.delete();
    this.state.dropTotal();
  }

  /** Whether a hash is known with which the whole body will be compared. */
  isHashKnown(): Promise<boolean> {
    return this.#rule.isHashKnown();
  }

  /** Deletes the stored bytes of the file, and stores no more of it. */
  async discard(): Promise<void> {
    const { context, key, partial } = this.#parts;
    await partial.drop();
    await context.storage.store.delete(key);
  }

  /** Closes the connection, and returns the error that ends the body. */
  fail(code: 'corrupt' | 'changed', message: string): DownloadFailure {
    const { source, url } = this.#parts;
    source.close();
    return new DownloadFailure(code, `${message}: ${url}`);
  }

  async #openAnew(mayPassOn: () => Promise<boolean>): Promise<Connection> {
    const connection = await this.#connectAnew(mayPassOn);
    this.#beginWith(connection);
    return connection;
  }

  #connectAnew(mayPassOn: () => Promise<boolean>): Promise<Connection> {
    const { source, request } = this.#parts;
    return source.open(mayPassOn, cacheModeFor(request));
  }

  #beginWith(connection: Connection): void {
    this.state.begin(connection, connection.version, { isSpliced: false, isProven: true, isExact: false });
    this.#store();
  }

  /** Connects after the bytes of an earlier visit. Resolves with `undefined` if nothing shows that the next bytes belong to them. */
  async #openBehind(stored: PartialFile): Promise<Connection | undefined> {
    const { source, context, key } = this.#parts;
    const { form } = this.state;
    const version = withoutWeak(stored, stored.length);
    if (stored.length === 0 || (!isProvable(version) && !(await this.#isHashReady()))) return undefined;
    // If all bytes are stored, there is no next byte to request. The last one is requested: its response has a validator, too.
    const start = Math.min(stored.length, (version.total ?? Infinity) - 1);
    const connection = await source.continueAt(start, { version, mayRange: true, took: stored.took });
    const found = this.#rule.versionIn(connection, version, form, 0);
    const relation = relationOf(version, found, stored.length);
    // If all bytes seem to be stored, only a certain total shows that no byte follows.
    const isCertain = start === stored.length || (found.total !== undefined && connection.coding === 'none');
    const mayJoin = isCertain && (!connection.isRange || (await this.#rule.canJoin(connection, version, form)));
    if (!mayJoin || !(await this.#rule.mayJoin(relation, version, found, stored.length))) {
      source.close();
      if (areTwoVersions(version, found)) await context.storage.store.delete(key);
      return undefined;
    }
    const isExact = connection.isRange && found.total !== undefined;
    this.state.begin(connection, mergeVersions(version, found), { isSpliced: true, isProven: relation === 'same', isExact });
    this.#store(stored);
    if (start < stored.length) source.close();
    return connection;
  }

  /** Works as {@link isHashKnown}, but does not wait for a slow listing: an early first byte matters more than the stored bytes. */
  async #isHashReady(): Promise<boolean> {
    const { check, listed } = this.#parts;
    return (check.isDemanded || (await listed.isSettled())) && this.isHashKnown();
  }

  /** Stores the body from now on, after the `stored` bytes. */
  #store(stored?: PartialFile): void {
    const { partial, key } = this.#parts;
    const { total, storedValidator: validator } = this.state;
    partial.open({ url: key, total, validator }, 0, stored);
  }

  /** Connects for the bytes from `start` on, by a range if that can be joined to the bytes before it. */
  async #connect(start: number): Promise<Connection> {
    const { source } = this.#parts;
    const { version, form } = this.state;
    const connection = await source.continueAt(start, { version, mayRange: await this.#rule.mayRange(form) });
    if (!connection.isRange || (await this.#rule.canJoin(connection, version, form))) return connection;
    // A plain response would be of the other version, too, and the silent connection can still continue the body.
    if (source.silent.isHeld && compareVersions(version, connection.version) === 'other') return connection;
    source.close();
    source.ranges.refuse();
    return source.continueAt(start, { version, mayRange: false });
  }

  /** Starts the file once more for a reader that has received headers, and no byte. */
  async #beginAnew(): Promise<void> {
    const { promised, isExact } = this.state;
    const connection = await this.#connectAnew(() => Promise.resolve(false));
    const { declared, coding } = connection;
    const isOther = promised !== undefined && declared !== promised;
    // A missing length, or that of a compressed body, does not contradict the length from a range. The end of the body still may.
    const isContradicted = coding === 'none' && declared !== undefined;
    if (isOther && (isContradicted || !isExact)) {
      // The state remains that of the first response, whose silent connection may still deliver.
      throw this.fail('changed', `Expected a file of ${promised} bytes, found ${declared ?? 'an unknown number of'} bytes`);
    }
    this.#beginWith(connection);
    if (isOther) this.state.replaceTotal(promised);
  }
}
