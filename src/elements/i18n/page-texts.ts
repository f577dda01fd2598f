import type { PartialTexts } from './texts.js';

/** Words of the page's own for a language, as `de-Latn`, or for one region of it, as `de-Latn-AT`. */
export type PageTexts = readonly [place: string, texts: PartialTexts];

/** What all copies of the package on a page share. Its shape must stay: the copies may be of several versions. */
interface SharedTexts {
  /** Words of the page's own, in the order in which they were registered. */
  readonly layers: PageTexts[];
  /** One function for each copy that has elements on the page: draws them again. */
  readonly listeners: Set<() => void>;
}

const SHARED = Symbol.for('model-download.texts');

/**
 * The words that the page has registered with any copy of the package, such as a script from a CDN
 * beside a bundle: a tag is defined by one copy, and another may have been given the words.
 */
export function sharedTexts(): SharedTexts {
  const realm = globalThis as Record<symbol, SharedTexts | undefined>;
  return (realm[SHARED] ??= { layers: [], listeners: new Set() });
}
