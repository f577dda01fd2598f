import { systemClock, type Clock } from '../../core/index.js';
import type * as TransferLayer from '../../transfer/index.js';
import type { PartialFile, PartialStore } from '../../transfer/index.js';

/** How often a file that is in use is looked at again, and how long it is left alone meanwhile, in ms. */
const TRIES = 10;
const PAUSE = 50;

/** What keeps the unfinished files of several apps apart, and whose time they age in. */
interface HeldFilesOptions {
  readonly namespace?: string | undefined;
  readonly clock?: Clock | undefined;
}

/** What is held of unfinished files, of all models of a namespace. */
export class HeldFiles {
  readonly store: PartialStore;
  readonly #sweep: typeof TransferLayer.sweep;
  readonly #options: HeldFilesOptions;

  constructor({ platformStore, sweep }: Pick<typeof TransferLayer, 'platformStore' | 'sweep'>, { namespace, clock }: HeldFilesOptions) {
    this.store = platformStore(namespace);
    this.#sweep = sweep;
    this.#options = { namespace, clock };
  }

  /** Drops what the caller keeps whole, and what is too old. A store that refuses costs nothing but the room. */
  async sweep(readWhole: (url: string) => Promise<Response | undefined>): Promise<void> {
    await this.#sweep({ store: this.store, readWhole, ...this.#options }).catch(() => undefined);
  }

  /** Drops what is held of the files that `isDue` picks, unless they are being read or downloaded. */
  async drop(isDue: (file: PartialFile) => boolean): Promise<void> {
    const { store } = this;
    for (let tries = 0; tries < TRIES; tries++) {
      const due = (await store.list()).filter(isDue);
      if (due.length === 0) return;
      // A body that has just been read to its end lets go of its file a moment later.
      if (tries > 0) await new Promise<void>((resolve) => systemClock.setTimeout(resolve, PAUSE));
      // To the sweep they are older than any file may be; it leaves alone what is in use.
      const list = (): Promise<readonly PartialFile[]> => Promise.resolve(due.map((file) => ({ ...file, keptAt: -Infinity })));
      const view = { list, delete: (url: string) => store.delete(url) };
      await this.#sweep({ store: view, readWhole: () => Promise.resolve(undefined), ...this.#options });
    }
  }
}
