import { systemClock, type Clock } from '../../core/index.js';
import { platformStore, sweep, type PartialFile, type PartialStore } from '../../transfer/internal.js';

/** How often `drop()` tries again to delete a file that is in use, and the wait before each further try, in ms. */
const TRIES = 10;
const PAUSE = 50;

/** Options of {@link PartialFiles}. */
interface PartialFilesOptions {
  /** Separates several apps on one origin. Default: none. */
  readonly namespace?: string | undefined;
  /** The clock by which files age. Default: the platform's. */
  readonly clock?: Clock | undefined;
}

/** The stored parts of unfinished files, of all models in a namespace. */
export class PartialFiles {
  readonly store: PartialStore;
  readonly #options: PartialFilesOptions;

  constructor({ namespace, clock }: PartialFilesOptions) {
    this.store = platformStore(namespace);
    this.#options = { namespace, clock };
  }

  /** Deletes parts of files that `readWhole` finds whole, and parts that are too old. Never rejects: a failure only costs disk space. */
  async sweep(readWhole: (url: string) => Promise<Response | undefined>): Promise<void> {
    await sweep({ store: this.store, readWhole, ...this.#options }).catch(() => undefined);
  }

  /** Deletes the parts of the files that `isDue` selects, unless they are being read or downloaded. */
  async drop(isDue: (file: PartialFile) => boolean): Promise<void> {
    const { store } = this;
    for (let tries = 0; tries < TRIES; tries++) {
      const due = (await store.list()).filter(isDue);
      if (due.length === 0) return;
      // A body releases its file shortly after its last byte was read.
      if (tries > 0) await new Promise<void>((resolve) => systemClock.setTimeout(resolve, PAUSE));
      // An infinite age makes the sweep delete them; it skips files that are in use.
      const list = (): Promise<readonly PartialFile[]> => Promise.resolve(due.map((file) => ({ ...file, keptAt: -Infinity })));
      const view = { list, delete: (url: string) => store.delete(url) };
      await sweep({ store: view, readWhole: () => Promise.resolve(undefined), ...this.#options });
    }
  }
}
