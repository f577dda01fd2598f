import { isActive } from '../../core/internal.js';
import type { Language } from '../i18n/language.js';
import type { ShownDownload } from '../shown-download.js';
import { percentPhrase, statusPhrase } from '../i18n/phrases.js';

const QUARTERS = [75, 50, 25] as const;

/** Selects the changes of one download that a screen reader announces. */
export class Milestones {
  #last: ShownDownload | undefined;
  #quarter = 0;

  /** Returns the text for a change: `''` clears the last text, and `undefined` announces nothing. */
  textFor(download: ShownDownload, language: Language): string | undefined {
    const last = this.#last;
    const lastQuarter = this.#quarter;
    this.#last = download;
    this.#quarter = QUARTERS.find((quarter) => (download.percent ?? 0) >= quarter) ?? 0;
    // A host that connects during a download does not announce earlier changes.
    if (!last) return undefined;
    if (last.status !== download.status) return this.#statusText(last, download, language);
    if (download.isSlowToStart && !last.isSlowToStart)
      return announcementOf(download, language, statusPhrase(download, language, Date.now()));
    const isNewQuarter = download.status === 'downloading' && this.#quarter > lastQuarter;
    return isNewQuarter ? announcementOf(download, language, percentPhrase({ percent: this.#quarter }, language)) : undefined;
  }

  #statusText(last: ShownDownload, download: ShownDownload, language: Language): string | undefined {
    const { texts } = language;
    switch (download.status) {
      case 'completed':
      case 'stalled':
        return announcementOf(download, language, statusPhrase(download, language, Date.now()));
      case 'failed':
      case 'waiting':
        return announcementOf(download, language, texts.failure[download.failureCode ?? 'unknown'].title);
      default:
        return isActive(download.status) && !isActive(last.status) ? announcementOf(download, language, texts.started) : '';
    }
  }
}

function announcementOf({ name }: ShownDownload, { texts }: Language, text = ''): string {
  return texts.announcement(name, text);
}
