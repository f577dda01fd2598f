import type { PartialTexts } from './texts.js';

/** Texts for a language, such as `de-Latn`, or for one region of it, such as `de-Latn-AT`. */
export type PageTexts = readonly [locale: string, texts: PartialTexts];

/** The object that all copies of the package on a page share. Its shape must not change: the copies can be of different versions. */
interface SharedTexts {
  /** The texts of the page, in the order in which they were registered. */
  readonly layers: PageTexts[];
  /** One function of each copy that has elements on the page, which updates them. */
  readonly listeners: Set<() => void>;
}

const SHARED = Symbol.for('model-download.texts');

/**
 * The texts that the page registered with any copy of the package, such as a CDN script beside a bundle: one copy defines
 * the tags, and another one can receive the texts.
 */
export function sharedTexts(): SharedTexts {
  const realm = globalThis as Record<symbol, SharedTexts | undefined>;
  return (realm[SHARED] ??= { layers: [], listeners: new Set() });
}
