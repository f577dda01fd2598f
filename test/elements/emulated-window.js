// The global names of a page in jsdom or happy-dom, as the environments of test runners define them.
const NAMES = [
  ...['window', 'document', 'customElements', 'HTMLElement', 'Element', 'Node', 'Document', 'DocumentFragment', 'ShadowRoot'],
  ...['MutationObserver', 'CSSStyleSheet', 'Event', 'CustomEvent', 'EventTarget', 'CSSResult'],
];

/** Names that some environments define, and others leave to Node. */
const MORE_NAMES = ['AbortController', 'AbortSignal', 'navigator', 'localStorage', 'IntersectionObserver', 'getComputedStyle', 'Blob'];

async function openWindow(platform) {
  if (platform === 'jsdom')
    return new (await import('jsdom')).JSDOM('<!doctype html><body></body>', { pretendToBeVisual: true, url: 'http://localhost/' }).window;
  return new (await import('happy-dom')).Window({ url: 'http://localhost/' });
}

/** Opens a page and defines its names. @param {boolean} [isWhole] Whether Node's own classes are replaced, too. */
export async function emulate(platform, isWhole = false) {
  const emulated = await openWindow(platform);
  for (const name of isWhole ? [...NAMES, ...MORE_NAMES] : NAMES) {
    if (name in emulated) Object.defineProperty(globalThis, name, { value: emulated[name], configurable: true, writable: true });
  }
}
