import { setEnglishTexts } from './i18n/language.js';
import type * as Views from './views.js';

/** How long a failed import is not repeated, in ms: an element may need its view many times a second. */
const PAUSE = 1_000;

let views: typeof Views | undefined;
let loading: Promise<typeof Views> | undefined;

/** The views of the elements; `undefined` until they have been imported. */
export function loadedViews(): typeof Views | undefined {
  return views;
}

/** Imports the views of the elements, once. */
export function loadViews(): Promise<typeof Views> {
  return (loading ??= importViews());
}

async function importViews(): Promise<typeof Views> {
  try {
    views = await import('./views.js');
    setEnglishTexts(views.englishTexts);
    return views;
  } catch (error) {
    setTimeout(() => (loading = undefined), PAUSE);
    throw error;
  }
}
