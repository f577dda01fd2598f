import { adoptStyles as adoptOwn, supportsAdoptingStyleSheets, type CSSResultGroup, type CSSResultOrNative, type LitElement } from 'lit';

/** The style sheets of each document except the one of this module, whose sheets Lit creates. */
const sheets = new WeakMap<Document, Map<CSSResultOrNative, CSSStyleSheet>>();

/**
 * Calls `create`, Lit's `createRenderRoot`, and adopts the style sheets when Lit cannot. A constructed sheet belongs to one document,
 * and the host can be moved to another one before it is first connected.
 */
export function createStyledRoot(host: LitElement, create: () => HTMLElement | DocumentFragment): HTMLElement | DocumentFragment {
  if (host.ownerDocument === document) return create();
  try {
    return create();
  } catch (error) {
    if (!host.shadowRoot) throw error;
    adoptStyles(host);
    return host.shadowRoot;
  }
}

/** Gives a host's shadow root the style sheets of its new document: the platform drops those of the old one. */
export function adoptStyles(host: LitElement): void {
  const { shadowRoot, ownerDocument } = host;
  const results = (host.constructor as typeof LitElement).elementStyles;
  // Without constructed sheets the styles are in `style` elements, which move with the root.
  if (!shadowRoot || !supportsAdoptingStyleSheets) return;
  // A document without a window is never displayed.
  const Sheet = ownerDocument.defaultView?.CSSStyleSheet;
  if (ownerDocument === document) adoptOwn(shadowRoot, results);
  else if (Sheet) shadowRoot.adoptedStyleSheets = results.map((result) => sheetFor(ownerDocument, Sheet, result));
}

/** Adds the style sheets of a view to its host, and to the hosts of its class that are created later. */
export function addStyles(host: LitElement, groups: readonly CSSResultGroup[]): void {
  const { elementStyles } = host.constructor as typeof LitElement;
  const styles = (groups as readonly unknown[]).flat(Infinity) as CSSResultOrNative[];
  const fresh = styles.filter((style) => !elementStyles.includes(style));
  elementStyles.push(...fresh);
  if (supportsAdoptingStyleSheets) adoptStyles(host);
  else if (host.shadowRoot) adoptOwn(host.shadowRoot, styles);
}

function sheetFor(document: Document, Sheet: typeof CSSStyleSheet, result: CSSResultOrNative): CSSStyleSheet {
  const known = sheets.get(document) ?? new Map<CSSResultOrNative, CSSStyleSheet>();
  sheets.set(document, known);
  let sheet = known.get(result);
  if (!sheet) {
    known.set(result, (sheet = new Sheet()));
    sheet.replaceSync('cssText' in result ? result.cssText : [...result.cssRules].map(({ cssText }) => cssText).join(''));
  }
  return sheet;
}
