import { loadedViews } from './load-views.js';
import type { ShownDownload } from './shown-download.js';
import type * as Views from './views.js';

/** A download that an element received. Returns its checked values; `undefined` until the views are imported. */
export type ReceivedDownload = () => ShownDownload | undefined;

/**
 * Returns a function that checks a received download once, when its values are first read: the rules are in the views, which most
 * visitors never load.
 */
export function receivedDownload(check: (views: typeof Views) => ShownDownload | undefined): ReceivedDownload {
  let shown: ShownDownload | undefined;
  return () => {
    const views = loadedViews();
    return (shown ??= views && check(views));
  };
}
