import { DownloadFailure } from '../core/index.js';
import { abortable } from './abortable.js';
import type { BodyCheck } from './body-check.js';
import { lengthOf, type Chunk } from './chunk.js';
import type { Connection } from './connection.js';
import type { FileDownloadContext, FileProgressReport } from './file-download-context.js';
import { areTwoVersions, isProvable, isTag, relate, totalsDiffer, type FileVersion, type Relation } from './file-version.js';
import type { KeptBytes } from './kept-bytes.js';
import type { Line } from './line.js';
import { ListedFile } from './listed-file.js';
import type { PartialFile } from './partial-store.js';
import { isCounted, type Coding } from './response-headers.js';
import { suspectAddresses } from './suspect-addresses.js';

/** What one body depends on. */
export interface FileBodyOptions {
  readonly context: FileDownloadContext;
  readonly url: string;
  /** What its bytes are kept under. */
  readonly key: string;
  readonly init: RequestInit;
  readonly line: Line;
  readonly check: BodyCheck;
  readonly kept: KeptBytes;
  readonly signal: AbortSignal;
  /** Waits for the right to download the file, and resolves with whether it had to wait. */
  readonly acquire: () => Promise<boolean>;
  /** Waits for what recovery says about a failure; rejects when the body ends with it. */
  readonly recover: (cause: unknown) => Promise<void>;
  readonly tell: (report: FileProgressReport) => void;
}

/**
 * The bytes of one file in order, from what is held and over one connection after another. Bytes of two answers are
 * joined only where a strong validator shows that both are of one version, or a hash will tell at the end.
 */
export class FileBody {
  readonly #options: FileBodyOptions;
  readonly #listed: ListedFile;
  #version: FileVersion = { total: undefined, validator: undefined };
  #coding: Coding = 'none';
  /** `Content-Length` of the first answer, in bytes, as it came. */
  #declared: number | undefined;
  /** The length that the reader was told, in bytes. */
  #promised: number | undefined;
  #loaded = 0;
  #stored = 0;
  /** Whether a range, or the end of the body, has confirmed the total. */
  #isExact = false;
  /** Whether an answer has been taken up: its first bytes may be on their way. */
  #isBegun = false;
  #isSpliced = false;
  /** Whether the server's own word shows that all bytes are of one version. */
  #isProven = true;
  /** The last bytes, which wait until the whole is known to be right. */
  #last: readonly Chunk[] = [];
  #isComplete = false;
  /** Where the body has ended without anything that shows that it was whole. */
  #endedAt: number | undefined;

  constructor(options: FileBodyOptions) {
    this.#options = options;
    const { context, url, init } = options;
    this.#listed = new ListedFile((settings) => context.lookUp(url, { ...settings, init }), context.clock);
  }

  /** Whether the last bytes have been given out, and the whole is right. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /**
   * `Content-Length` for the reader: as it came, unless it is known to be larger than the body, as that of a small
   * compressed one can be. A reader that trusts it would find zeros behind the last byte.
   */
  get length(): number | undefined {
    const { size } = this.#listed;
    const isTooLarge = this.#coding !== 'none' && size !== undefined && (this.#promised ?? 0) > size;
    return isTooLarge ? undefined : this.#promised;
  }

  /**
   * Opens the first connection, behind what is held where that can be of use.
   *
   * @throws as `Line.continueAt()`.
   */
  async start(): Promise<Connection> {
    const { context, key, check } = this.#options;
    this.#listed.ask();
    check.begin();
    const held = await context.store.find(key);
    // What a listing knows of is compared with that, and not given away unread.
    const mayGiveAway = async (): Promise<boolean> => !check.isDemanded && (await this.#listed.isSettled()) && this.#listed.size === undefined;
    return (held && (await this.#openBehind(held))) ?? (await this.#openAnew(mayGiveAway));
  }

  /**
   * The next bytes, or `undefined` at the end of a body whose last bytes have been given out already.
   *
   * @throws DownloadFailure `corrupt` or `changed` for a body that is not the file, or cannot be shown to be; what
   * `recover` rejects with.
   */
  async next(): Promise<readonly Chunk[] | undefined> {
    for (;;) {
      const piece = await this.#read();
      if (piece) {
        const chunks = await this.#take(piece);
        if (chunks) return chunks;
      } else if (!(await this.#isCutShort())) {
        return this.#conclude();
      }
    }
  }

  /**
   * Whether the body would survive the end of its connection, as far as that is known now. One that nothing could be
   * joined to keeps its connection through a pause.
   */
  get isResumable(): boolean {
    return !this.#isBegun || isProvable(this.#version) || this.#options.check.isKnownNow;
  }

  /** Tells how far the body is. */
  report(phase: FileProgressReport['phase']): void {
    const { kept, tell } = this.#options;
    const loaded = this.#loaded + kept.ahead;
    const known = [this.#version.total, this.#listed.size].find((total) => total !== undefined && total >= loaded);
    const totalIsExact = known !== undefined && (this.#isExact || known === this.#listed.size);
    tell({ phase, loaded, stored: this.#stored, total: known, totalIsExact });
  }

  /** Forgets what is held of the file, and keeps nothing more of it. */
  async discard(): Promise<void> {
    const { context, key, kept } = this.#options;
    await kept.drop();
    await context.store.delete(key);
  }

  async #openAnew(mayGiveAway: () => Promise<boolean>): Promise<Connection> {
    const { line, url } = this.#options;
    const connection = await line.open(mayGiveAway, suspectAddresses.has(url) ? 'reload' : undefined);
    this.#isSpliced = this.#isExact = false;
    this.#isProven = true;
    this.#adopt(connection, connection.version);
    return connection;
  }

  /** Connects behind what an earlier visit has left; `undefined` where nothing would show that what follows belongs to it. */
  async #openBehind(held: PartialFile): Promise<Connection | undefined> {
    const { line, context, key } = this.#options;
    const version = believed(held, held.length);
    if (held.length === 0 || (!isProvable(version) && !(await this.#isHashKnown()))) return undefined;
    // A server says of its last byte, too, which version it is of; behind that there is nothing to ask for.
    const start = Math.min(held.length, (version.total ?? Infinity) - 1);
    const connection = await line.continueAt(start, { version, mayRange: true });
    const found = this.#versionIn(connection, version, held.length);
    const relation = relationOf(version, found, held.length);
    // Only a range shows that nothing follows on a file that seems to be here whole.
    const mayJoin = connection.isRange ? await this.#canJoin(connection, version) : start === held.length || connection.coding === 'none';
    if (!mayJoin || !(await this.#mayJoin(relation, version, found, held.length))) {
      line.close();
      if (areTwoVersions(version, found)) await context.store.delete(key);
      return undefined;
    }
    this.#isSpliced = true;
    this.#isProven = relation === 'same';
    this.#adopt(connection, merge(version, found), held);
    this.#isExact = connection.isRange && this.#version.total !== undefined;
    if (start < held.length) line.close();
    return connection;
  }

  /** Takes up a version of the file, of which the store has `held`. */
  #adopt({ isRange, coding, declared }: Connection, version: FileVersion, held?: PartialFile): void {
    const { kept, key } = this.#options;
    this.#isBegun = true;
    this.#version = version;
    this.#coding = coding;
    this.#declared = isRange ? undefined : declared;
    this.#promised ??= isRange ? version.total : declared;
    // A range of a compressed body is not a part of the bytes that are kept: then nothing but a hash can join them.
    const validator = this.#isProven && isCounted(this.#coding) ? version.validator : undefined;
    kept.open({ url: key, total: version.total, validator }, 0, held);
  }

  /** Connects behind byte `start` of a version, by a range where that can be joined to what comes before. */
  async #connect(start: number, version: FileVersion): Promise<Connection> {
    const { line } = this.#options;
    const connection = await line.continueAt(start, { version, mayRange: await this.#mayRange() });
    if (!connection.isRange || (await this.#canJoin(connection, version))) return connection;
    line.close();
    line.refuseRanges();
    return line.continueAt(start, { version, mayRange: false });
  }

  /** Whether a range can be part of this body. What came compressed has other places than what a range counts. */
  async #mayRange(): Promise<boolean> {
    return isCounted(this.#coding) || (this.#coding === 'unknown' && this.#declared !== undefined) || (await this.#isHashKnown());
  }

  /**
   * Whether a range says enough to be judged as the continuation of a version: else the whole file is asked for again,
   * whose answer can be compared with the first one.
   */
  async #canJoin({ isPlaced, end, version: found }: Connection, version: FileVersion): Promise<boolean> {
    const isPlain = this.#coding === 'none';
    // The length that was told, and the tag, may be those of the compressed file.
    if (!isPlain && totalsDiffer(version, found)) return false;
    const relation = relate(version, found);
    const isPlacedRightly = isPlaced || (end !== undefined && end === version.total);
    const isDecoded = isPlain || (found.total !== undefined && found.total === this.#declared);
    if (isPlacedRightly && isDecoded && relation === 'same') return true;
    return (isPlain && relation === 'other') || this.#isHashKnown();
  }

  /**
   * What an answer says of the file, of which `held` bytes of a version are here: the length that it tells may be that
   * of its compressed body, and the tag of a compressed body says nothing of one that is not.
   */
  #versionIn({ coding, version: found }: Connection, version: FileVersion, held: number): FileVersion {
    const { total } = coding === 'unlikely' ? believed(found, held) : found;
    const isComparable = isCounted(coding) === isCounted(this.#coding) || !isTag(found.validator) || found.validator === version.validator;
    return { total, validator: isComparable ? found.validator : undefined };
  }

  /**
   * Whether what an answer brings may follow on bytes of a version: the server's word shows that they belong together,
   * or a hash will tell at the end. Another tag may name the same bytes, as that of another mirror.
   */
  async #mayJoin(relation: Relation, version: FileVersion, found: FileVersion, held: number): Promise<boolean> {
    if (relation === 'same') return true;
    if (isOtherLength(version, found, held) || !(await this.#isHashKnown())) return false;
    return relation === 'unknown' || this.#options.check.isDemanded || this.#listed.isUnchanged();
  }

  /** Whether all bytes are here, also if their connection has not ended: a length that may be of a compressed body does not say so. */
  get #isWhole(): boolean {
    return this.#loaded === this.#version.total && (this.#isExact || this.#coding === 'none');
  }

  async #read(): Promise<Piece | undefined> {
    const { kept, line, signal, context } = this.#options;
    const { gate } = context;
    for (;;) {
      signal.throwIfAborted();
      try {
        const bytes = await kept.read();
        // What is open now begins behind the gap.
        if (bytes === 'gap') line.close();
        else if (bytes) return { chunks: [bytes.bytes], isHeld: bytes.isHeld, isKept: true };
        if (this.#isWhole && (!line.isOpen || (this.#isSpliced && this.#isExact))) return undefined;
        if (!line.isOpen && !(await this.#reconnect())) continue;
        if (gate.isClosed && !line.isInterrupted) await this.#pause();
        const chunks = await line.read();
        if (chunks) return { chunks, isKept: false, isHeld: false };
        if (line.missing > 0) throw await this.#endedBefore();
        if (this.#loaded === this.#version.total) return undefined;
        if (line.endedWithPiece()) continue;
        if (this.#version.total === undefined) return undefined;
        throw new DownloadFailure('network', `The body ended after ${this.#loaded} of ${this.#version.total} bytes`);
      } catch (cause) {
        if (isAboutBytes(cause)) throw cause;
        if (this.#isWhole) return undefined;
        await this.#recover(cause);
      }
    }
  }

  /** Waits for the end of a pause beside a connection that stays open. */
  async #pause(): Promise<void> {
    const { context, signal } = this.#options;
    this.report('waiting');
    await abortable(context.gate.pass(), signal);
  }

  /** Opens the next connection, and returns whether it did: what another tab has kept meanwhile comes first. */
  async #reconnect(): Promise<boolean> {
    const { acquire, kept } = this.#options;
    if ((await acquire()) && (await this.#takeUpStored())) return false;
    if (this.#loaded === 0) {
      await this.#beginAnew();
      return true;
    }
    if (!(await this.#canContinue())) {
      throw this.#fail('changed', 'Nothing would show that the file on the server is still the one that was begun');
    }
    const connection = await this.#connect(this.#loaded, this.#version);
    const found = this.#versionIn(connection, this.#version, this.#loaded);
    const relation = relationOf(this.#version, found, this.#loaded);
    if (!(await this.#mayJoin(relation, this.#version, found, this.#loaded))) {
      if (areTwoVersions(this.#version, found)) await this.discard();
      throw this.#fail('changed', 'The file on the server is not, or cannot be shown to be, the one that was begun');
    }
    this.#isSpliced = true;
    this.#isProven &&= relation === 'same';
    // The next visit must not take the bytes of both for one version.
    if (!this.#isProven) kept.disprove();
    this.#isExact ||= connection.isRange && found.total !== undefined;
    this.#version = merge(this.#version, found);
    return true;
  }

  /** Begins the file once more for a reader who has its headers, and no byte. */
  async #beginAnew(): Promise<void> {
    const promised = this.#promised;
    const wasExact = this.#isExact;
    const { declared } = await this.#openAnew(() => Promise.resolve(false));
    if (promised === undefined || declared === promised) return;
    // An answer without a length does not contradict the one that a range has told; the end of the body may.
    if (declared !== undefined || !wasExact) throw this.#fail('changed', 'The file on the server has another length than when it was begun');
    this.#version = { ...this.#version, total: promised };
  }

  /**
   * Whether bytes of another answer could be joined to those that were given out, which cannot be taken back: a strong
   * validator would show it, or a hash.
   */
  async #canContinue(): Promise<boolean> {
    return this.#loaded === 0 || isProvable(this.#version) || this.#isHashKnown();
  }

  /** Goes on with bytes that another tab has kept of the same version, where it was further. */
  async #takeUpStored(): Promise<boolean> {
    const { context, key, kept } = this.#options;
    const held = await context.store.find(key);
    if (!held || held.length <= this.#loaded || !isCounted(this.#coding) || relate(held, this.#version) !== 'same') return false;
    kept.open({ url: key, ...this.#version }, this.#loaded, held);
    this.#isSpliced = true;
    return true;
  }

  async #recover(cause: unknown): Promise<void> {
    const { line, kept, signal, recover } = this.#options;
    line.close();
    await kept.flush();
    signal.throwIfAborted();
    // A connection that a pause closed has not failed, even if the pause is over by now.
    if (line.wasInterrupted()) return;
    if (!(await this.#canContinue())) throw cause;
    this.report('waiting');
    await recover(cause);
  }

  /** Counts, keeps and checks bytes; returns those that may be given out now. */
  async #take({ chunks, isKept, isHeld }: Piece): Promise<readonly Chunk[] | undefined> {
    const { kept, check, line } = this.#options;
    const length = lengthOf(chunks);
    this.#loaded += length;
    if (isHeld) this.#stored += length;
    if (!isKept) await kept.write(chunks);
    await check.update(chunks);
    // Bytes that come while others are read from disk would be lost with their connection.
    const aside = isKept ? await kept.setAside(() => line.rest()) : 0;
    const { total } = this.#version;
    if (total !== undefined && this.#loaded > total) await this.#dropTotal();
    if (this.#loaded === total || (line.isAtEnd && !isKept)) {
      this.#last = [...this.#last, ...chunks];
      return undefined;
    }
    this.report(isKept && aside === 0 ? 'waiting' : 'receiving');
    const ready = [...this.#last, ...chunks];
    this.#last = [];
    return ready;
  }

  /** A server may tell a length that is too small, as that of a compressed body is, which a plain request survives. */
  async #dropTotal(): Promise<void> {
    // What is kept says that total, and a validator under which a range would have other places.
    await this.#options.kept.condemn();
    this.#coding = 'some';
    this.#version = { ...this.#version, total: undefined };
    // A range has confirmed that total: bytes of several answers that do not add up are right only if their hash is.
    if (this.#isSpliced && this.#isExact) this.#isProven = false;
    this.#isExact = false;
  }

  /** Whether the body has ended too early, by the hub's listing of now, and goes on. */
  async #isCutShort(): Promise<boolean> {
    if (this.#version.total !== undefined || this.#endedAt === this.#loaded) return false;
    const size = await this.#sizeBeyond();
    if (size === undefined) return false;
    this.#endedAt = this.#loaded;
    await this.#recover(new DownloadFailure('network', `The body ended after ${this.#loaded} of ${size} bytes`));
    return true;
  }

  /** The size of the file by the hub's listing of now, where that is more than what is here. */
  async #sizeBeyond(): Promise<number | undefined> {
    if (!(await this.#listed.isSettled()) || (this.#listed.size ?? 0) <= this.#loaded) return undefined;
    const size = await this.#listed.askAnew();
    return size !== undefined && size > this.#loaded ? size : undefined;
  }

  /** Whether a hash is known that the whole will be compared with. */
  #isHashKnown(): Promise<boolean> {
    const { check, signal } = this.#options;
    return abortable(check.isKnown(), signal);
  }

  /** Decides whether the body is the file, and returns its last bytes. */
  async #conclude(): Promise<readonly Chunk[] | undefined> {
    const { check, url, signal, kept, context, key } = this.#options;
    const isNeeded = !this.#isProven;
    const mayDecide = isNeeded || check.isDemanded || (await this.#listed.isSettled());
    const verdict = mayDecide ? await abortable(check.verdict({ length: this.#loaded, isSpliced: this.#isSpliced }), signal) : 'unknown';
    const wrong = typeof verdict === 'object' ? verdict.wrong : verdict === 'unknown' ? await this.#findShort() : undefined;
    if (wrong !== undefined) {
      await kept.condemn();
      suspectAddresses.add(url);
      throw this.#fail('corrupt', wrong);
    }
    if (verdict === 'unknown' && isNeeded) {
      // The only hash that is known contradicts it: the next attempt would end like this one.
      if (await this.#isHashKnown()) await kept.condemn();
      throw this.#fail('changed', 'Nothing shows that the parts of the file are of one version');
    }
    suspectAddresses.delete(url);
    // What is kept is not whole; the caller's own copy needs the room.
    if (kept.isFull) await context.store.delete(key);
    this.#isComplete = true;
    this.#isExact = true;
    this.#version = { ...this.#version, total: this.#loaded };
    this.report('done');
    return this.#last.length > 0 ? this.#last : undefined;
  }

  /** What is wrong with a body that the server ends, by its length or each time it is asked, before the listing of now does. */
  async #findShort(): Promise<string | undefined> {
    const size = this.#options.context.verify === 'never' ? undefined : await this.#sizeBeyond();
    return size === undefined ? undefined : `The body has ${this.#loaded} of ${size} bytes`;
  }

  /** What it means that an answer ended before the bytes that are here do: it may be no file, or a shorter one. */
  async #endedBefore(): Promise<DownloadFailure> {
    const isRight = this.#isProven || ((await this.#listed.askAnew()) ?? 0) >= this.#loaded;
    if (isRight) return new DownloadFailure('network', `The body ended before byte ${this.#loaded}`);
    await this.#options.kept.condemn();
    return this.#fail('changed', `The file on the server ends before byte ${this.#loaded}`);
  }

  #fail(code: 'corrupt' | 'changed', message: string): DownloadFailure {
    const { line, url } = this.#options;
    line.close();
    return new DownloadFailure(code, `${message}: ${url}`);
  }
}

/** A run of bytes of a body. */
interface Piece {
  readonly chunks: readonly Chunk[];
  /** Whether the store has them, so that they need not be written. */
  readonly isKept: boolean;
  /** Whether an earlier visit, or another tab, has brought them. */
  readonly isHeld: boolean;
}

/** A version without a total that is less than what is here. */
function believed(version: FileVersion, held: number): FileVersion {
  return (version.total ?? Infinity) < held ? { ...version, total: undefined } : version;
}

/** What an answer says of bytes of a version, of which so many are here. */
function relationOf(version: FileVersion, found: FileVersion, held: number): Relation {
  return isOtherLength(version, found, held) ? 'other' : relate(version, found);
}

function isOtherLength(version: FileVersion, found: FileVersion, held: number): boolean {
  return totalsDiffer(version, found) || (found.total !== undefined && found.total < held);
}

/** What two answers of one version say together. */
function merge(version: FileVersion, found: FileVersion): FileVersion {
  return { total: version.total ?? found.total, validator: version.validator ?? found.validator };
}

/** Whether a failure says that the bytes themselves are wrong, which no further connection mends. */
function isAboutBytes(cause: unknown): boolean {
  return cause instanceof DownloadFailure && (cause.code === 'corrupt' || cause.code === 'changed');
}
