// Elements that are mounted and removed leave nothing behind, however often a page does so.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { states } from '../../../demo/site/states.js';
import { StatesPage, openLab } from './states-page.js';

const lab = openLab();

const TIMES = 1_000;
/** How much the heap may differ between two equal rounds, in bytes for each mount: less than the size of one element. */
const NOISE = 400;

describe('elements that are mounted and removed', () => {
  it(`leave heap, nodes and listeners unchanged after ${TIMES} times`, async () => {
    const context = await lab.browser.newContext();
    const { page } = await StatesPage.open(context, lab.url);
    const devtools = await context.newCDPSession(page);
    await devtools.send('Performance.enable');
    await devtools.send('HeapProfiler.enable');
    // Objects that are created once, such as sheets and texts, exist after the first round.
    await page.evaluate(mountAndRemove, { times: 100, state: states.failed });
    const earlier = await metricsOf(devtools);
    await page.evaluate(mountAndRemove, { times: TIMES, state: states.failed });
    const later = await metricsOf(devtools);
    assert.ok(later.Nodes - earlier.Nodes <= 10, `${later.Nodes - earlier.Nodes} nodes more`);
    assert.ok(
      later.JSEventListeners - earlier.JSEventListeners <= 2,
      `${later.JSEventListeners - earlier.JSEventListeners} listeners more`,
    );
    const bytes = (later.JSHeapUsedSize - earlier.JSHeapUsedSize) / TIMES;
    assert.ok(bytes <= NOISE, `${bytes} bytes more for each`);
    await context.close();
  });
});

/** Runs in the page: shows a state in the three elements, with an open dialog, and removes them. */
async function mountAndRemove({ times, state }) {
  const can = { pause: false, resume: false, cancel: true, retry: true, restart: true, chooseModel: true };
  for (let time = 0; time < times; time++) {
    /** @type {any[]} */
    const elements = ['model-progress-mini', 'download-recovery', 'model-download-dialog'].map((tag) => document.createElement(tag));
    for (const element of elements) element.modelKey = 'mounted';
    document.body.append(...elements);
    elements[2].show();
    for (const status of ['waiting', state.status]) {
      const detail = { modelKey: 'mounted', state: { ...state, modelKey: 'mounted', status, retryAt: Date.now() + 60_000, can } };
      document.dispatchEvent(new CustomEvent('model-download-change', { detail }));
      await Promise.all(elements.map((element) => element.updateComplete));
    }
    for (const element of elements) element.remove();
  }
}

/** The metrics once everything that can be collected is. */
async function metricsOf(devtools) {
  for (let round = 0; round < 3; round++) await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}
