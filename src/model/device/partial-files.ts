import { systemClock, type Clock } from '../../core/index.js';
import { epochNow } from '../../core/internal.js';
import { addressOf, platformStore, sweep, type PartialFile, type PartialStore } from '../../transfer/internal.js';

/** How often `drop()` tries to delete a file that is in use, and the wait before each further try, in ms. */
const TRIES = 10;
const PAUSE = 50;

/** The same for the tries after `drop()` has settled: a slow disk can keep a file in use for seconds after its last byte. */
const LATE_TRIES = 30;
const LATE_PAUSE = 1_000;

/** How long after that `drop()` looks again, in ms: a part that is being stored is not listed, and a slow disk takes seconds for it. */
const LATER_LOOKS = [1_000, 10_000];

/** The stored parts of incomplete files, of all models of one app. */
export class PartialFiles {
  readonly store: PartialStore;
  /** The deletions that are running. */
  readonly #drops = new Set<Promise<unknown>>();
  readonly #clock: Clock;
  readonly #sweep: (settings: Pick<Parameters<typeof sweep>[0], 'store' | 'readWhole'>) => Promise<void>;

  /**
   * @param namespace Separates several apps on one origin; `undefined` for none.
   * @param clock The clock by which files age. Default: the platform's.
   */
  constructor(namespace: string | undefined, clock: Clock = systemClock) {
    this.store = platformStore(namespace);
    this.#clock = clock;
    this.#sweep = (settings) => sweep({ ...settings, namespace, clock });
  }

  /** The files whose address `isOwn` selects, without those that are being deleted. */
  async select(isOwn: (address: string) => boolean): Promise<readonly PartialFile[]> {
    await Promise.allSettled(this.#drops);
    return (await this.store.list()).filter(({ url }) => isOwn(addressOf(url)));
  }

  /** Deletes parts of files that `readWhole` finds whole, and parts that are too old. Never rejects: a failure only costs disk space. */
  async sweep(readWhole: (url: string) => Promise<Response | undefined>): Promise<void> {
    await this.#sweep({ store: this.store, readWhole }).catch(() => undefined);
  }

  /**
   * Deletes the parts of the files that `isDue` selects. Those that are being read or downloaded are deleted later, if they are
   * released within half a minute.
   *
   * @param lateTries 0 for files that may be paused, and continued after that: then only those that are not in use are deleted.
   */
  async drop(isDue: (file: PartialFile) => boolean, lateTries = LATE_TRIES): Promise<void> {
    const now = epochNow(this.#clock);
    const dropping = this.store.list().then((stored) => this.#drop(new Set(stored.filter(isDue).map(identityOf)), TRIES, PAUSE));
    this.#drops.add(dropping);
    const left = await dropping.finally(() => this.#drops.delete(dropping));
    // Neither the store nor the sweep rejects.
    void this.#drop(left, lateTries, LATE_PAUSE);
    // In Node, whose parts are in memory, the timers would keep the process running.
    if (lateTries > 0 && 'location' in globalThis) void this.#dropLater((file) => isDue(file) && file.keptAt <= now);
  }

  /** Deletes the selected parts that no list contained before, because they were being stored. */
  async #dropLater(isDue: (file: PartialFile) => boolean): Promise<void> {
    for (const pause of LATER_LOOKS) {
      await wait(pause);
      await this.#drop(new Set((await this.store.list()).filter(isDue).map(identityOf)), TRIES, PAUSE);
    }
  }

  /** Tries to delete the selected parts, and returns those that are still in use. */
  async #drop(selected: ReadonlySet<string>, count: number, pause: number): Promise<ReadonlySet<string>> {
    const { store } = this;
    let left = selected;
    for (let tries = 0; tries < count && left.size > 0; tries++) {
      // A body releases its file shortly after its last byte was read.
      if (tries > 0) await wait(pause);
      // A later download of the same file may have begun meanwhile.
      const due = (await store.list()).filter((file) => left.has(identityOf(file)));
      left = new Set(due.map(identityOf));
      // An infinite age makes the sweep delete them; it skips files that are in use.
      const list = (): Promise<readonly PartialFile[]> => Promise.resolve(due.map((file) => ({ ...file, keptAt: -Infinity })));
      const view = { list, delete: (url: string) => store.delete(url) };
      await this.#sweep({ store: view, readWhole: () => Promise.resolve(undefined) });
    }
    return left;
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => systemClock.setTimeout(resolve, ms));
}

/** Identifies the stored parts that one body has written. */
function identityOf({ url, writtenBy }: PartialFile): string {
  return `${writtenBy} ${url}`;
}
