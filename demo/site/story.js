// "Show me": a download, a broken connection, a reload and an answer, one after the other, with a line of text for each step.
import {
  ModelDownloadOpenRequestEvent,
  ModelDownloadResumeRequestEvent,
  ModelDownloadStartRequestEvent,
} from '/dist/cdn/model-download.js';
import { control } from './hub.js';

/** In the storage of the tab while the story reloads the page. */
const RELOADING = 'demo-story';

/** The speed of the link, in bytes per second: the story takes less than a minute. */
const BANDWIDTH = 1_000_000;

/** The same for the moment before the reload: the download must not end there. */
const SLOW = 100_000;

/** How long a reader needs for a line, in ms. */
const READING = 3_500;

const pause = (time = READING) => new Promise((resolve) => setTimeout(resolve, time));

/**
 * The story of one model.
 *
 * @typedef {object} StoryOptions
 * @property {import('model-download').ModelDownloads} downloads
 * @property {string} modelKey
 * @property {HTMLButtonElement} button Starts the story.
 * @property {HTMLElement} line Shows the current step, above an open dialog.
 * @property {import('model-download').ModelDownloadDialogElement} dialog
 * @property {(message: string) => Promise<void>} ask Writes a message to the loaded model, and waits for its answer.
 */
export class Story {
  /** @param {StoryOptions} options */
  constructor(options) {
    this.options = options;
    options.button.addEventListener('click', () => this.#play(() => this.#begin()));
    options.button.disabled = false;
  }

  /** Continues the story that has reloaded the page, if there is one. */
  continue() {
    if (!sessionStorage.getItem(RELOADING)) return;
    sessionStorage.removeItem(RELOADING);
    this.#play(() => this.#end());
  }

  /** @param {() => Promise<void>} part */
  async #play(part) {
    const { button, line } = this.options;
    button.disabled = true;
    try {
      await part();
    } catch (error) {
      // It may have ended while the link was broken.
      await control({ offline: false, bandwidth: BANDWIDTH });
      this.#say(`The story has ended early: ${/** @type {Error} */ (error).message}.`);
    }
    await pause();
    line.hidePopover();
    button.disabled = false;
  }

  async #begin() {
    const { downloads, modelKey } = this.options;
    await downloads.remove(modelKey);
    await control({ offline: false, bandwidth: BANDWIDTH });
    await this.#openDialog();
    this.#say('The dialog says what a download costs, before it starts.');
    await pause();
    document.dispatchEvent(new ModelDownloadStartRequestEvent({ modelKey }));
    this.#say('The percentage counts real bytes of all files.');
    await Promise.all([pause(), this.#until(({ progress = 0 }) => progress >= 40)]);
    await control({ offline: true });
    this.#say('The connection breaks. The download waits, and tries again.');
    await this.#until(({ status }) => status !== 'downloading');
    await pause();
    await control({ offline: false, bandwidth: BANDWIDTH });
    downloads.retry(modelKey);
    this.#say('The connection is back. The download continues at the next byte.');
    await this.#until(({ status, progress = 0 }) => status === 'downloading' && progress >= 65);
    // Before the reader has read the line: on a slow machine the rest would arrive meanwhile.
    await control({ bandwidth: SLOW });
    await pause();
    this.#say('Now the page is reloaded.');
    await pause(1_500);
    sessionStorage.setItem(RELOADING, 'yes');
    location.reload();
    await new Promise(() => undefined);
  }

  async #end() {
    const { modelKey, dialog, ask } = this.options;
    await control({ bandwidth: BANDWIDTH });
    await this.#openDialog();
    this.#say('After the reload, the dialog offers to continue with what is on this device.');
    await pause();
    document.dispatchEvent(new ModelDownloadResumeRequestEvent({ modelKey }));
    this.#say('Only the rest is downloaded.');
    await Promise.all([pause(), this.#until(({ status }) => status === 'completed')]);
    dialog.close();
    this.#say('The model is ready, and answers in this page.');
    await ask('tell me a joke');
  }

  /** Opens the dialog, and waits until it is drawn. */
  async #openDialog() {
    const { dialog, modelKey } = this.options;
    document.dispatchEvent(new ModelDownloadOpenRequestEvent({ modelKey }));
    await dialog.updateComplete;
  }

  /** @param {string} text */
  #say(text) {
    const { line } = this.options;
    line.textContent = text;
    // An element that is shown again is above a dialog that was opened meanwhile.
    line.hidePopover();
    line.showPopover();
  }

  /**
   * Resolves when the download has such a state.
   *
   * @param {(state: import('model-download').DownloadState) => boolean} isReached
   */
  #until(isReached) {
    const { downloads, modelKey } = this.options;
    return new Promise((resolve, reject) => {
      const unsubscribe = downloads.subscribe(modelKey, look);
      function look(state) {
        if (isReached(state)) resolve(undefined);
        else if (state.status === 'cancelled' || state.status === 'completed') reject(new Error(`the download is ${state.status}`));
        else return;
        unsubscribe();
      }
      const now = downloads.getState(modelKey);
      if (now) look(now);
    });
  }
}
