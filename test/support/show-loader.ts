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

/** What a visitor sees of a download; what is not shown is empty. */
export interface Shown {
  readonly status: DownloadStatus | undefined;
  readonly percentage: string;
  readonly amount: string;
  readonly speed: string;
  readonly timeLeft: string;
  readonly notice: string;
  /** Those that the adapter has a say in. */
  readonly buttons: readonly string[];
  readonly mini: string;
}

/** The buttons that depend on no adapter. */
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

  /** What they show by now. */
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

/** Runs a loader in a page of `ModelDownloads`, and reads what the elements show. */
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

/** A loader in a time of the test's own: what is shown once everything so far has been told. */
export async function showLoader(load: ModelLoader<unknown>) {
  const clock = new FakeClock();
  const { read, end } = await run(load, clock);
  const shown = async (): Promise<Shown> => {
    await clock.advanceAsync(200);
    return read();
  };
  return { clock, shown, end };
}

/** A loader whose bytes come from the hub, in their own time: what is shown once it is `enough`, or at the end. */
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
