// In: stored bytes, and chunks of the connections. Out: the bytes of the file in order, stored and hashed, and a report of each portion.
import { DownloadFailure } from '../core/index.js';
import { abortable } from './network/abortable.js';
import { BodyConnections } from './body-connections.js';
import { BodyEnd } from './body-end.js';
import { BodyJoiner } from './body-joiner.js';
import type { BodyParts } from './body-parts.js';
import { FROM_NETWORK, isAboutBytes, type Piece } from './body-piece.js';
import { lengthOf, type Chunk } from './network/chunk.js';
import { ResponseFailure, type Connection } from './network/connection.js';
import type { FileProgressReport } from './file-download-context.js';
import { ListedFile } from './integrity/listed-file.js';
import { nextTurn } from './next-turn.js';
import { readerHeaders } from './reader-headers.js';

/** Settings of a {@link FileBody}. */
export interface FileBodyOptions extends Omit<BodyParts, 'listed'> {
  /** Waits for the right to download the file, and resolves with whether it had to wait. */
  readonly acquire: () => Promise<boolean>;
  /** Resolves when the body is to continue after a failure; rejects when it is to end. */
  readonly recover: (cause: unknown) => Promise<void>;
  readonly onProgress: (report: FileProgressReport) => void;
}

/** Reads the bytes of one file in order, from the store and from one connection after another. */
export class FileBody {
  /** The connections of the body. */
  readonly connections: BodyConnections;
  readonly #options: FileBodyOptions;
  readonly #listed: ListedFile;
  readonly #joiner: BodyJoiner;
  readonly #end: BodyEnd;
  #loaded = 0;
  #stored = 0;
  /** The last bytes, which are not delivered until the whole body has been checked. */
  #last: readonly Chunk[] = [];
  #isComplete = false;
  /** Whether only the connection that is silent, or was, can continue the body. */
  #isOnlyChance = false;

  constructor(options: FileBodyOptions) {
    this.#options = options;
    const { context, url, request } = options;
    this.#listed = new ListedFile(context.lookUp, (settings) => context.lookUp(url, { ...settings, init: request.init }), context.clock);
    const parts = { ...options, listed: this.#listed };
    this.#joiner = new BodyJoiner(parts);
    this.#end = new BodyEnd(parts, this.#joiner);
    this.connections = new BodyConnections(parts, this.#joiner.state);
  }

  /** Whether the whole body has been checked and its last bytes have been delivered. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Whether a first response has arrived. */
  get isBegun(): boolean {
    return this.#joiner.state.isBegun;
  }

  /** The headers of the response for the reader. */
  get headers(): Headers {
    return readerHeaders(this.#joiner.state.headers, this.#joiner.length);
  }

  /** Whether the body could continue over another connection, by what is known now. */
  get isResumable(): boolean {
    return !this.#isOnlyChance && this.#joiner.isResumable;
  }

  /**
   * Opens the first connection. It begins after the stored bytes if these can be continued.
   *
   * @param isNew Whether it is known that no bytes are stored.
   * @throws as `ReconnectingSource.continueAt()`.
   */
  start(isNew = false): Promise<Connection> {
    const [{ check }, listed] = [this.#options, this.#listed];
    listed.request();
    check.begin();
    // A file that is in the listing is compared with it, so it is not passed on unread.
    return this.#joiner.open(async () => !check.isDemanded && (await listed.isSettled()) && listed.size === undefined, isNew);
  }

  /**
   * Resolves with the next bytes; `undefined` at the end of a body whose last bytes have been delivered already.
   *
   * @throws DownloadFailure `corrupt` if the body is not the file; `changed` if nothing shows that its parts are of one version; what
   * `recover` rejects with.
   */
  async next(): Promise<readonly Chunk[] | undefined> {
    for (;;) {
      const piece = await this.#read();
      if (piece) {
        const chunks = await this.#accept(piece);
        if (chunks) return chunks;
        continue;
      }
      const cut = await this.#end.findCut(this.#loaded);
      if (!cut) return this.#conclude();
      await this.#recover(cut);
    }
  }

  /** Stores the bytes that arrive while `isUnread` returns `true`, and reports those of an earlier visit. Errors follow when they are read. */
  async readAhead(isUnread: () => boolean): Promise<void> {
    const { partial, source } = this.#options;
    const { total, mayBeEncoded } = this.#joiner.state;
    if (partial.unreadStored > 0 && isUnread()) this.report('waiting');
    // If the body contradicted its total, the stored bytes would be deleted, and requested again.
    if (mayBeEncoded && total !== undefined) return;
    const read = (): readonly Chunk[] => (isUnread() ? source.rest() : []);
    // On a fast connection the whole file could arrive in one turn, and delay what its reader waits for.
    while ((await source.arrival()) && (await partial.storeAhead(read)) > 0) {
      this.report('receiving');
      await nextTurn();
    }
  }

  /** Reports the progress of the body. */
  report(phase: FileProgressReport['phase']): void {
    const { partial, onProgress } = this.#options;
    const own = this.#loaded + partial.unread;
    const loaded = this.connections.beside?.count(own, phase === 'receiving') ?? own;
    onProgress({ phase, loaded, stored: this.#stored + partial.unreadStored, ...this.#joiner.totalOf(loaded) });
  }

  /** Deletes the stored bytes of the file, and stores no more of it. */
  discard(): Promise<void> {
    return this.#joiner.discard();
  }

  async #read(): Promise<Piece | undefined> {
    const { partial, source, signal, context } = this.#options;
    const [{ gate }, { state }] = [context, this.#joiner];
    for (;;) {
      signal.throwIfAborted();
      try {
        const known = await partial.read();
        // The open connection continues after the gap.
        if (known === 'gap') source.close();
        else if (known) return { ...known, isFromStore: true };
        if (this.#isWhole && (!source.isOpen || (state.isSpliced && state.isExact))) return undefined;
        const { beside } = this.connections;
        if (beside?.hasBytesAt(this.#loaded)) {
          const ahead = await beside.read(this.#loaded);
          if (ahead) return { chunks: ahead, ...FROM_NETWORK };
          continue;
        }
        if (!source.isOpen && !(await this.#reconnect())) continue;
        if (gate.isClosed && !source.isInterrupted) await this.#pause();
        const chunks = await source.read();
        if (chunks) return { chunks: await this.connections.pass(chunks, this.#loaded), ...FROM_NETWORK };
        if (source.missing > 0) throw await this.#end.endedBefore(this.#loaded);
        if (this.#loaded === state.total) return undefined;
        if (source.endedWithPiece()) continue;
        if (state.total === undefined) return undefined;
        if (await this.#end.isWholeWhenDecoded(this.#loaded)) {
          await this.#joiner.dropTotal();
          return undefined;
        }
        throw new DownloadFailure('network', `Expected ${state.total} bytes, received ${this.#loaded}`);
      } catch (cause) {
        signal.throwIfAborted();
        // A request for the next connection is aborted when the silent one delivers again.
        if (source.silent.isOver || (isAboutBytes(cause) && this.#staysWithSilent())) continue;
        if (isAboutBytes(cause)) throw cause;
        if (this.#isWhole) return undefined;
        await this.#recover(cause);
      }
    }
  }

  get #isWhole(): boolean {
    return this.#joiner.state.isWhole(this.#loaded);
  }

  /** Waits for the end of a pause while the connection stays open. */
  async #pause(): Promise<void> {
    const { context, signal } = this.#options;
    this.report('waiting');
    await abortable(context.gate.pass(), signal);
  }

  /** Opens the next connection and returns `true`; `false` if another tab has stored more bytes, which are read first. */
  async #reconnect(): Promise<boolean> {
    const { source, acquire } = this.#options;
    const { silent } = source;
    await this.connections.beside?.untilQuiet();
    const isContinued = (await acquire()) && (await this.#joiner.continueFromStored(this.#loaded));
    if (!isContinued && silent.isHeld && (silent.isOver || this.#isOnlyChance)) source.takeBack();
    else if (!isContinued) await this.#joiner.reopen(this.#loaded);
    silent.drop();
    return !isContinued;
  }

  /** Returns whether there is a silent connection. If so, only that one can continue the body from now on. */
  #staysWithSilent(): boolean {
    if (!this.#options.source.silent.isHeld) return false;
    this.#isOnlyChance = true;
    return true;
  }

  async #recover(cause: unknown): Promise<void> {
    const { source, partial, signal, recover } = this.#options;
    if (this.#isOnlyChance) source.close();
    else source.setAside();
    await partial.flush();
    signal.throwIfAborted();
    // A connection that a pause has closed has not failed, even if the pause is over. A refusal by the server is a failure even then.
    if (source.wasInterrupted() && !(cause instanceof ResponseFailure)) return;
    if (!(await this.#joiner.canContinue(this.#loaded))) throw cause;
    this.report('waiting');
    try {
      await recover(cause);
    } catch (failure) {
      if (signal.aborted || !this.#staysWithSilent()) throw failure;
    }
  }

  /** Counts, stores and checks bytes; returns those that may be delivered now. */
  async #accept({ chunks, isFromStore, wasStored }: Piece): Promise<readonly Chunk[] | undefined> {
    const { partial, check, source } = this.#options;
    const length = lengthOf(chunks);
    this.#loaded += length;
    if (wasStored) this.#stored += length;
    if (!isFromStore) await partial.write(chunks);
    this.#end.add(chunks);
    await check.update(chunks);
    // Bytes that arrive while others are read from the store would be lost with their connection.
    const aside = isFromStore ? await partial.storeAhead(() => source.rest(), false) : 0;
    const { total } = this.#joiner.state;
    if (total !== undefined && this.#loaded > total) await this.#joiner.dropTotal();
    const isEnd = this.#loaded === total || (source.isAtEnd && partial.isRead);
    const ready = [...this.#last, ...chunks];
    this.#last = isEnd ? ready : [];
    if (isEnd) return undefined;
    this.report(isFromStore && aside === 0 ? 'waiting' : 'receiving');
    return ready;
  }

  /** Checks the whole body, and returns its last bytes. */
  async #conclude(): Promise<readonly Chunk[] | undefined> {
    await this.#end.judge(this.#loaded);
    this.#isComplete = true;
    this.#joiner.state.complete(this.#loaded);
    this.report('done');
    return this.#last.length > 0 ? this.#last : undefined;
  }
}
