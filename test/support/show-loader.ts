import { elementUpdated, fixture, html, nextFrame } from '@open-wc/testing';
import {
  ModelDownloads,
  type Clock,
  type DownloadStatus,
  type ModelDownloadDialogElement,
  type ModelProgressMiniElement,
} from 'model-download';
import 'model-download/define';
import type { ModelLoader } from 'model-download/adapters/response';
import { buttons, KEY, part, seen } from '../elements/download-events.js';
import { FakeClock } from './fake-clock.js';

/** The figures of a download that the elements show; empty if not shown. */
export interface Shown {
  readonly status: DownloadStatus | undefined;
  readonly percentage: string;
  readonly amount: string;
  readonly speed: string;
  readonly timeLeft: string;
  readonly notice: string;
  /** The buttons that depend on the adapter. */
  readonly buttons: readonly string[];
  readonly mini: string;
}

/** The buttons that every download has. */
const ALWAYS = /^(Show details|Minimise|Continue in background|Close)/;

/** The two elements of one download. */
export class Stage {
  readonly #dialog: ModelDownloadDialogElement;
  readonly #mini: ModelProgressMiniElement;

  private constructor(dialog: ModelDownloadDialogElement, mini: ModelProgressMiniElement) {
    this.#dialog = dialog;
    this.#mini = mini;
  }

  static async open(): Promise<Stage> {
    const parent = await fixture(html`<div>
      <model-download-dialog model-key=${KEY} open></model-download-dialog>
      <model-progress-mini model-key=${KEY}></model-progress-mini>
    </div>`);
    return new Stage(parent.querySelector('model-download-dialog')!, parent.querySelector('model-progress-mini')!);
  }

  /** Reads what the elements show. */
  async read(status?: DownloadStatus): Promise<Shown> {
    await Promise.all([elementUpdated(this.#dialog), elementUpdated(this.#mini)]);
    const words = (name: string): string => seen(part(this.#dialog, name));
    return {
      status,
      percentage: words('percentage'),
      amount: words('amount'),
      speed: words('speed'),
      timeLeft: words('time-left'),
      notice: words('notice'),
      buttons: buttons(this.#dialog).filter((label) => !ALWAYS.test(label)),
      mini: seen(part(this.#mini, 'percentage')?.parentElement),
    };
  }
}

/** Runs a loader in a page with `ModelDownloads` and the elements. */
async function run<T>(load: ModelLoader<T>, clock?: Clock) {
  const stage = await Stage.open();
  const downloads = new ModelDownloads({ models: { [KEY]: { name: 'Own', load } }, storage: null, clock });
  const disconnect = downloads.connect(document);
  downloads.load(KEY).catch(() => undefined);
  const read = (): Promise<Shown> => stage.read(downloads.getState(KEY)?.status);
  const end = (): void => {
    downloads.cancel(KEY);
    disconnect();
  };
  return { read, end };
}

/** Runs a loader with a clock that the test advances; `shown()` reads the elements after all events so far. */
export async function showLoader(load: ModelLoader<unknown>) {
  const clock = new FakeClock();
  const { read, end } = await run(load, clock);
  const shown = async (): Promise<Shown> => {
    await clock.advanceAsync(200);
    return read();
  };
  return { clock, shown, end };
}

/** Runs a loader with the real network, and resolves with what the elements show once that is `enough`, or at the end. */
export async function showTransfer(load: ModelLoader<unknown>, enough: (shown: Shown) => boolean): Promise<Shown> {
  const { read, end } = await run(load);
  let shown = await read();
  while (!enough(shown) && shown.status !== 'completed' && shown.status !== 'failed') {
    await nextFrame();
    shown = await read();
  }
  end();
  return shown;
}
