import assert from 'node:assert/strict';

/**
 * Breaks the connection of a file once, after `bytes`, when the page has read some of them. The bytes wait in a stalled response
 * until then: a browser drops those that nothing has read when the connection breaks, and a busy machine reads late.
 *
 * @param {object} of
 * @param {import('playwright-core').Page} of.page
 * @param {{ set(values: Partial<import('../../demo/hub/controls.js').ControlValues>): void }} of.control Of the hub.
 * @param {number} of.bytes
 * @param {string} of.match The end of the file's path.
 * @param {() => Promise<unknown>} of.start Starts the download.
 */
export async function cutWhenRead({ page, control, bytes, match, start }) {
  control.set({ stallAfter: bytes, match });
  await start();
  const read = await page.waitForFunction(bytesRead, match);
  assert.ok((await read.jsonValue()) <= bytes);
  control.set({ stallAfter: null, cutAfter: bytes, cutTimes: 1 });
}

/** In the page: the bytes of a file so far, in the answer to the event with which tags query every download. */
function bytesRead(match) {
  let loaded = 0;
  const answer = (_, aggregate) => {
    for (const file of aggregate?.files ?? []) if (file.file.endsWith(match)) loaded = Math.max(loaded, file.loaded);
  };
  const detail = { modelKey: '', answer };
  document.dispatchEvent(new CustomEvent('model-download-query', { bubbles: true, composed: true, detail }));
  return loaded;
}
