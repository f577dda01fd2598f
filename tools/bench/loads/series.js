// The visits of one side to one row, with a new profile: without stored files, with them, and without the servers.
import { setTimeout as delay } from 'node:timers/promises';
import { Profile } from './browser.js';
import { trafficOf } from './log.js';
import { certificate, openPlace } from './place.js';

/** Milliseconds after which a load counts as hanging, without the time that its bytes take. */
const PATIENCE = 60_000;

/** Milliseconds for which a page stays open after its load, in which the browser stores what it has compiled. */
const REST = 1_000;

/**
 * @typedef {object} Measured Times are in milliseconds after the start of the load.
 * @property {boolean} works
 * @property {string | undefined} error
 * @property {number} usable When the model was usable.
 * @property {number | undefined} compile How long the runtime's code compiled after its last byte, in milliseconds; `undefined` if unknown.
 * @property {import('./log.js').Traffic} traffic
 * @property {readonly import('./log.js').Entry[]} entries
 * @property {number} start Milliseconds since 1970.
 *
 * @param {import('./rows.js').Row} row
 * @param {import('./models.js').Model} model
 * @param {import('./rows.js').Side} side
 * @returns {Promise<Partial<Record<import('./rows.js').Visit, Measured>>>}
 */
export async function measureSeries(row, model, side) {
  const place = await openPlace(row, model);
  const settings = settingsOf(row, model, side, place);
  const profile = await Profile.create(certificate.hash);
  /** @type {Partial<Record<import('./rows.js').Visit, Measured>>} */
  const visits = {};
  try {
    for (const visit of row.visits) {
      visits[visit] = await profile.open(async (page) => {
        const measured = await measureVisit(page, { row, place, settings, visit });
        await delay(REST);
        return measured;
      });
    }
    return visits;
  } finally {
    await place.close();
    await profile.remove();
  }
}

/**
 * @param {import('playwright-core').Page} page
 * @param {{ row: import('./rows.js').Row, place: import('./place.js').Place, settings: object, visit: import('./rows.js').Visit }} run
 * @returns {Promise<Measured>}
 */
async function measureVisit(page, { row, place, settings, visit }) {
  const isOffline = visit === 'offline';
  const query = new URLSearchParams({ settings: JSON.stringify({ ...settings, isOffline }) });
  const before = place.entries.length;
  await page.goto(`${place.addresses.page}tools/bench/loads/page/index.html?${query}`);
  await page.waitForFunction(() => globalThis.load);
  if (isOffline) await place.disconnect();
  const patience = PATIENCE + (Number(row.model) + 50) * (8_000 / (row.connectionRate ?? row.rate));
  const loading = page.evaluate((patience) => globalThis.load(patience), patience);
  /** @type {import('./page/outcome.js').Outcome} */
  const { start, end, works, error, compiled } = await loading;
  const entries = place.entries.slice(before);
  const traffic = trafficOf(entries, start);
  return { works, error, usable: end - start, compile: compileTime(compiled, entries), traffic, entries, start };
}

/**
 * @param {readonly import('./page/compile-watch.js').Compiled[]} compiled
 * @param {readonly import('./log.js').Entry[]} entries
 */
function compileTime(compiled, entries) {
  const bytes = entries.filter(({ server, path }) => server === 'runtime' && path.endsWith('.wasm')).map(({ last = 0 }) => last);
  const times = compiled.map(({ began, ended }) => ended - Math.max(began, ...bytes.filter((last) => last < ended)));
  return times.length > 0 ? times.reduce((sum, time) => sum + time, 0) : undefined;
}

/**
 * @param {import('./rows.js').Row} row
 * @param {import('./models.js').Model} model
 * @param {import('./rows.js').Side} side
 * @param {import('./place.js').Place} place
 */
function settingsOf({ version, realm, allowsLocal }, { id, name, task, versions, sample }, side, { addresses }) {
  const { options } = versions[`v${version}`];
  const env = { remoteHost: addresses.hub, allowLocalModels: allowsLocal };
  return { version, side, realm, addresses, env, sample, definition: { name, task, model: id, options } };
}
