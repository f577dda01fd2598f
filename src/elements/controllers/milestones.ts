import { isActive } from '../../core/internal.js';
import type { Language } from '../i18n/language.js';
import type { ShownDownload } from '../shown-download.js';
import { percentPhrase, statusPhrase } from '../i18n/phrases.js';

const QUARTERS = [75, 50, 25] as const;

/** Tells which changes of one download are worth saying aloud. */
export class Milestones {
  #last: ShownDownload | undefined;
  #quarter = 0;

  /** The words for a change; `''` when what was said is over; `undefined` when there is nothing to say. */
  words(download: ShownDownload, language: Language): string | undefined {
    const last = this.#last;
    const lastQuarter = this.#quarter;
    this.#last = download;
    this.#quarter = QUARTERS.find((quarter) => (download.percent ?? 0) >= quarter) ?? 0;
    // A host that is connected in the middle need not announce what is over.
    if (!last) return undefined;
    if (last.status !== download.status) return this.#statusWords(last, download, language);
    if (download.isSlowToStart && !last.isSlowToStart) return say(download, language, statusPhrase(download, language, Date.now()));
    const further = download.status === 'downloading' && this.#quarter > lastQuarter;
    return further ? say(download, language, percentPhrase({ percent: this.#quarter }, language)) : undefined;
  }

  #statusWords(last: ShownDownload, download: ShownDownload, language: Language): string | undefined {
    const { texts } = language;
    switch (download.status) {
      case 'completed':
      case 'stalled':
        return say(download, language, statusPhrase(download, language, Date.now()));
      case 'failed':
      case 'waiting':
        return say(download, language, texts.failure[download.failureCode ?? 'unknown'].title);
      default:
        return isActive(download.status) && !isActive(last.status) ? say(download, language, texts.started) : '';
    }
  }
}

function say({ name }: ShownDownload, { texts }: Language, words = ''): string {
  return texts.announcement(name, words);
}
