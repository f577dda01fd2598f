import { DownloadFailure } from '../core/index.js';
import type { BodyParts } from './body-parts.js';
import { BodyState } from './body-state.js';
import type { Connection } from './network/connection.js';
import { areTwoVersions, compareVersions, isProvable, mergeVersions, relationOf, withoutWeak } from './integrity/file-version.js';
import { JoinRule } from './join-rule.js';
import type { PartialFile } from './store/partial-store.js';
import { isCounted } from './network/response-headers.js';
import { suspectAddresses } from './network/suspect-addresses.js';

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
   * `Content-Length` for the reader, in bytes: that of the first response, unless it is known to exceed the body, as that of a
   * small compressed one can. A reader that relies on it would find zeros behind the last byte. `undefined` for none.
   */
  get length(): number | undefined {
    const { promised, mayBeEncoded } = this.state;
    const { size } = this.#parts.listed;
    const isTooLarge = mayBeEncoded && size !== undefined && (promised ?? 0) > size;
    return isTooLarge ? undefined : promised;
  }

  /**
   * Whether the body could continue after the end of its connection, as far as that is known now. If no other response could be
   * joined to the body, its connection stays open during a pause.
   */
  get isResumable(): boolean {
    return this.state.isProvable || this.#parts.check.isKnownNow;
  }

  /**
   * Opens the first connection, behind the stored bytes if these can be continued.
   *
   * @param mayPassOn Whether a response with compiled code may be returned to the caller as it is.
   * @throws as `ReconnectingSource.continueAt()`.
   */
  async open(mayPassOn: () => Promise<boolean>): Promise<Connection> {
    const { context, key } = this.#parts;
    const stored = await context.storage.store.find(key);
    return (stored && (await this.#openBehind(stored))) ?? (await this.#openAnew(mayPassOn));
  }

  /**
   * Opens the next connection behind the `loaded` bytes that have been delivered.
   *
   * @throws DownloadFailure `changed` if nothing shows that its bytes belong to those; what
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
      // Stored bytes of another length than the file's, of which no validator shows the version, would end each attempt.
      if (areTwoVersions(version, found) || (relation === 'other' && !state.isProven)) await this.discard();
      throw this.fail('changed', 'Expected the version of the file that the download began with, found another or an unknown one');
    }
    state.join(connection, found, relation);
    // The next visit must not treat the bytes of both as one version.
    if (!state.isProven) this.#parts.partial.disprove();
  }

  /**
   * Whether bytes of another response could be joined to those that have been delivered, which cannot be revoked: a strong
   * validator or a hash would show that they belong together.
   */
  async canContinue(loaded: number): Promise<boolean> {
    return loaded === 0 || isProvable(this.state.version) || this.isHashKnown();
  }

  /** Continues with bytes that another tab has stored of the same version, if it has stored more. */
  async continueFromStored(loaded: number): Promise<boolean> {
    const { context, key, partial } = this.#parts;
    const { version, form } = this.state;
    const stored = await context.storage.store.find(key);
    if (!stored || stored.length <= loaded || !isCounted(form.coding) || compareVersions(stored, version) !== 'same') return false;
    partial.open({ url: key, ...version }, loaded, stored);
    this.state.joinStored();
    return true;
  }

  /** Drops a total that the body has contradicted: a plain request succeeds with such a `Content-Length`, too. */
  async dropTotal(): Promise<void> {
    // The stored bytes are marked with that total, and with a validator under which a range would count other bytes.
    await this.#parts.partial.deleteWrongBytes();
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
    const { source, url } = this.#parts;
    return source.open(mayPassOn, suspectAddresses.has(url) ? 'reload' : undefined);
  }

  #beginWith(connection: Connection): void {
    this.state.begin(connection, connection.version, { isSpliced: false, isProven: true, isExact: false });
    this.#store();
  }

  /** Connects behind the bytes of an earlier visit; `undefined` if nothing would show that the next bytes belong to them. */
  async #openBehind(stored: PartialFile): Promise<Connection | undefined> {
    const { source, context, key } = this.#parts;
    const { form } = this.state;
    const version = withoutWeak(stored, stored.length);
    if (stored.length === 0 || (!isProvable(version) && !(await this.#isHashReady()))) return undefined;
    // If all bytes are stored, no byte follows that could be requested: the response with the last byte has a validator, too.
    const start = Math.min(stored.length, (version.total ?? Infinity) - 1);
    const connection = await source.continueAt(start, { version, mayRange: true });
    const found = this.#rule.versionIn(connection, version, form, 0);
    const relation = relationOf(version, found, stored.length);
    // Only a certain total shows that nothing follows on a file that seems to be complete.
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

  /** As {@link isHashKnown}, without waiting for a slow listing: the first byte matters more than the stored ones. */
  async #isHashReady(): Promise<boolean> {
    const { check, listed } = this.#parts;
    return (check.isDemanded || (await listed.isSettled())) && this.isHashKnown();
  }

  /** Stores the body from now on, behind the `stored` bytes. */
  #store(stored?: PartialFile): void {
    const { partial, key } = this.#parts;
    const { total, storedValidator: validator } = this.state;
    partial.open({ url: key, total, validator }, 0, stored);
  }

  /** Connects behind byte `start`, by a range if that can be joined to the bytes before it. */
  async #connect(start: number): Promise<Connection> {
    const { source } = this.#parts;
    const { version, form } = this.state;
    const connection = await source.continueAt(start, { version, mayRange: await this.#rule.mayRange(form) });
    if (!connection.isRange || (await this.#rule.canJoin(connection, version, form))) return connection;
    // The next response would be of another version, too, and the silent connection can still continue this one.
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
    // No length, or that of a compressed body, does not contradict the one of a range; the end of the body may.
    const isContradicted = coding === 'none' && declared !== undefined;
    if (isOther && (isContradicted || !isExact)) {
      // The state remains that of the first response, which may still deliver after its silence.
      throw this.fail('changed', `Expected a file of ${promised} bytes, found ${declared ?? 'an unknown number of'} bytes`);
    }
    this.#beginWith(connection);
    if (isOther) this.state.replaceTotal(promised);
  }
}
