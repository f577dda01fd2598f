import { adoptStyles as adoptOwn, type CSSResultOrNative, type LitElement } from 'lit';

/** The sheets made for each document but the one this module runs in, whose sheets Lit makes. */
const sheets = new WeakMap<Document, Map<CSSResultOrNative, CSSStyleSheet>>();

/**
 * Calls `create`, Lit's own `createRenderRoot`, and gives the root its sheets where that cannot: a constructed sheet
 * belongs to one document, and the host may have been moved to another before it was first connected.
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

/** Gives the shadow root of a host the sheets of the document that it has been moved to: the platform drops the others. */
export function adoptStyles(host: LitElement): void {
  const { shadowRoot, ownerDocument } = host;
  const results = (host.constructor as typeof LitElement).elementStyles;
  // Without constructed sheets the styles are in `style` elements, which move with their root.
  if (!shadowRoot?.adoptedStyleSheets || shadowRoot.querySelector('style')) return;
  // What has no window shows nothing.
  const Sheet = ownerDocument.defaultView?.CSSStyleSheet;
  if (ownerDocument === document) adoptOwn(shadowRoot, results);
  else if (Sheet) shadowRoot.adoptedStyleSheets = results.map((result) => sheetFor(ownerDocument, Sheet, result));
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
