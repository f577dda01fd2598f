// Two visits of one side to one row: the first without stored files, the second with the stored files of the browser.
import { setTimeout as delay } from 'node:timers/promises';
import { openPlace, settingsOf } from './servers/place.js';

/** Milliseconds in which either side must end. */
const PATIENCE = 60_000;

/** Milliseconds for answers that are still being sent when the visit ends. */
const AFTERMATH = 3_000;

/**
 * @typedef {import('./page/visit.js').Outcome & import('./servers/log.js').Figures & { isSettled: boolean }} Visit
 *
 * @typedef {'plain' | 'downloads' | 'prefetched' | 'installed'} Side
 *
 * @param {import('./engines.js').Engine} engine
 * @param {import('./rows/row.js').Row} row
 * @param {import('./servers/models.js').Model} model
 * @param {{ version: number, side: Side }} run
 * @returns {Promise<{ visits: Visit[], entries: import('./servers/log.js').Entry[] }>}
 */
export async function measure(engine, row, model, { version, side }) {
  const place = await openPlace(row, model, version);
  const { addresses, log } = place;
  const address = `${addresses.page}?${new URLSearchParams({ settings: JSON.stringify(settingsOf(row, model, { version, side, addresses })) })}`;
  const limit = side === 'plain' ? (row.patience ?? PATIENCE) : (row.limit ?? PATIENCE);
  const visits = [];
  try {
    for (const number of [1, 2]) {
      log.visit = number;
      const told = place.outcomes(row.tabs ?? 1);
      const leave = await engine.open(address, row.tabs);
      const outcome = together(await within(limit, told));
      await isQuiet(log);
      await leave();
      const end = outcome ?? { works: false, took: limit, error: `Not settled after ${limit / 1000} s` };
      visits.push({ ...end, isSettled: outcome !== undefined, ...log.figures(number) });
      // A second visit to a load that hangs would hang as long.
      if (!outcome) break;
    }
    return { visits, entries: log.entries };
  } finally {
    await place.close();
  }
}

/**
 * The outcome of all tabs: the load works if it works in each.
 *
 * @param {import('./page/visit.js').Outcome[] | undefined} outcomes
 * @returns {import('./page/visit.js').Outcome | undefined}
 */
function together(outcomes) {
  if (!outcomes) return undefined;
  const failed = outcomes.find(({ works }) => !works);
  const complaints = outcomes.flatMap(({ complaints = [] }) => complaints);
  return { ...(failed ?? outcomes[0]), works: !failed, took: Math.max(...outcomes.map(({ took }) => took)), complaints };
}

/**
 * @template T
 * @param {number} milliseconds
 * @param {Promise<T>} promise
 * @returns {Promise<T | undefined>}
 */
async function within(milliseconds, promise) {
  const stop = new AbortController();
  const over = delay(milliseconds, undefined, { signal: stop.signal }).catch(() => undefined);
  try {
    return await Promise.race([promise, over]);
  } finally {
    stop.abort();
  }
}

/** @param {import('./servers/log.js').RequestLog} log */
async function isQuiet(log) {
  const end = performance.now() + AFTERMATH;
  while (!log.isQuiet && performance.now() < end) await delay(10);
}
