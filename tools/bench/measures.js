import { setTimeout as delay } from 'node:timers/promises';
import { click } from './click.js';
import { entry } from './entry.js';
import { costsOf, ours, oursWithSnapshots, theirs } from './events.js';
import { isMeasurable, peakDuring } from './memory.js';
import { alternate, compare, difference, median, ratio } from './rounds.js';
import { megabytes, rate, seconds, spread } from './words.js';

/**
 * @typedef {import('./lab.js').Lab} Lab
 * @typedef {{ title: string, head: string[], rows: string[][], breaches: string[], remark?: string }} Report
 * @typedef {(lab: Lab, rounds: number) => Promise<Report>} Measure
 */

const MiB = 2 ** 20;
/** 100 Mbit/s. */
const bandwidth = 12_500_000;
const links = { '100 Mbit/s': bandwidth, loopback: 0 };

const defaultSegment = 4 * MiB;
const segmentSizes = [1, 2, 4, 8, 16, 32].map((size) => size * MiB);
const storedSize = 96 * MiB;
/** The most bytes of a body that a browser delivers at once. */
const piece = 64 * 1024;

/** How long to wait after the start of a browser, in ms: it still loads parts of itself. */
const startUp = 3_000;

const budgets = { '100 Mbit/s': 1.05, loopback: 2, memory: 2 * defaultSegment + 16e6, thread: 1, hashing: 1.02, events: 20, files: 3 };

/** @type {Measure} */
async function time(lab, rounds) {
  const rows = [];
  const breaches = [];
  for (const [link, bandwidth] of Object.entries(links)) {
    const { plain, layer } = await lab.inBrowser((page) =>
      // A round on loopback is short, so a brief disturbance has a large effect.
      alternate(bandwidth > 0 ? rounds : 5 * rounds, {
        plain: () => page.download({ bandwidth }),
        // The hash of the hub's listing would be compared, too: `hashing` measures that.
        layer: () => page.download({ bandwidth, layer: { verify: 'never' } }),
      }),
    );
    const ratios = compare(layer, plain, ratio);
    const most = budgets[link];
    rows.push([link, seconds(median(plain)), seconds(median(layer)), spread(ratios, 3), `at most ${most}`]);
    if (!(ratios.median <= most)) breaches.push(`Time at ${link}: ${ratios.median.toFixed(3)} times a plain fetch, more than ${most}`);
  }
  return { title: 'Time of a download', head: ['link', 'plain fetch', 'through the layer', 'ratio', 'budget'], rows, breaches };
}

/** @type {Measure} */
async function memory(lab, rounds) {
  const report = {
    title: 'Memory of the browser, at its peak, above what it had before',
    head: ['link', 'plain fetch', 'through the layer', 'added', 'budget'],
  };
  if (!isMeasurable) return { ...report, rows: [], breaches: [], remark: 'Not measured: it takes the /proc of Linux.' };
  const rows = [];
  const breaches = [];
  for (const [link, bandwidth] of Object.entries(links)) {
    const peakOf = (/** @type {import('./lab.js').Run} */ run) => () =>
      lab.inBrowser(async (page) => {
        await page.collectGarbage();
        await delay(startUp);
        return peakDuring(() => page.download(run));
      });
    const { plain, layer } = await alternate(rounds, { plain: peakOf({ bandwidth }), layer: peakOf({ bandwidth, layer: {} }) });
    const added = compare(layer, plain, difference);
    // Without a limit, buffers of stored segments are created faster than the engine collects them.
    const isDue = link === '100 Mbit/s';
    rows.push([
      link,
      megabytes(median(plain)),
      megabytes(median(layer)),
      spread(added, 0, 1e6, ' MB'),
      isDue ? `at most ${megabytes(budgets.memory)}` : 'none',
    ]);
    if (isDue && !(added.median <= budgets.memory))
      breaches.push(`Memory at ${link}: ${megabytes(added.median)} added, more than ${megabytes(budgets.memory)}`);
  }
  return { ...report, rows, breaches };
}

/** @type {Measure} */
async function segments(lab, rounds) {
  return lab.inBrowser(async (page) => {
    const nameOf = (/** @type {number} */ size) => `${size / MiB} MiB`;
    const sides = (/** @type {(segmentSize: number) => Promise<number>} */ run) =>
      Object.fromEntries(segmentSizes.map((size) => [nameOf(size), () => run(size)]));
    const downloads = await alternate(rounds, {
      'none: plain fetch': () => page.download({}),
      ...sides((segmentSize) => page.download({ layer: { segmentSize } })),
    });
    const stores = await alternate(
      rounds,
      sides((segmentSize) => page.store({ size: storedSize, segmentSize })),
    );
    const against = (/** @type {Record<string, number[]>} */ results, /** @type {string} */ name) =>
      results[name]
        ? [seconds(median(results[name])), spread(compare(results[name], results[nameOf(defaultSegment)], ratio), 2)]
        : ['', ''];
    const rows = Object.keys(downloads).map((name) => [name, ...against(downloads, name), ...against(stores, name)]);
    const head = ['segment', 'download, loopback', 'ratio to 4 MiB', 'storing 96 MiB alone', 'ratio to 4 MiB'];
    return { title: 'Size of a segment', head, rows, breaches: [] };
  });
}

/** @type {Measure} */
async function hashing(lab, rounds) {
  return lab.inBrowser(async (page) => {
    const { size } = lab.file;
    const { wasm, noble } = await alternate(rounds, {
      wasm: () => page.hash({ size, piece, library: 'hash-wasm' }),
      noble: () => page.hash({ size, piece, library: 'noble' }),
    });
    const rows = [
      ['none: hash-wasm', '', rate(size, median(wasm)), ''],
      ['none: @noble/hashes', '', rate(size, median(noble)), spread(compare(noble, wasm, ratio), 3)],
    ];
    const breaches = [];
    for (const [link, bandwidth] of Object.entries(links)) {
      const { never, always } = await alternate(rounds, {
        never: () => page.download({ bandwidth, layer: { verify: 'never' } }),
        always: () => page.download({ bandwidth, layer: { verify: 'always' } }),
      });
      if (page.workers === 0) throw new Error('The hash did not run in a worker');
      const ratios = compare(always, never, ratio);
      rows.push([link, rate(size, median(never)), rate(size, median(always)), spread(ratios, 3)]);
      if (bandwidth > 0 && !(ratios.median <= budgets.hashing)) {
        breaches.push(`Hashing at ${link}: ${ratios.median.toFixed(3)} times the time without, more than ${budgets.hashing}`);
      }
    }
    return { title: 'Hashing', head: ['link', "verify: 'never'", "verify: 'always'", 'ratio of times'], rows, breaches };
  });
}

/** @type {Measure} */
async function thread(lab, rounds) {
  const run = { count: 10, concurrency: 3, bandwidth: bandwidth / 3 };
  const sides = { 'plain fetches': { isPlain: true }, 'one indicator of all': {}, 'twelve elements': { isCrowded: true } };
  const results = /** @type {Record<string, Awaited<ReturnType<Lab['crowd']>>[]>} */ ({});
  // Each run is long, and has its own browser.
  for (let round = 0; round < Math.ceil(rounds / 2); round++) {
    for (const [name, settings] of Object.entries(sides)) (results[name] ??= []).push(await lab.crowd({ ...run, ...settings }));
  }
  const share = (/** @type {string} */ name, /** @type {(one: Awaited<ReturnType<Lab['crowd']>>, round: number) => number} */ time) => {
    const shares = (results[name] ?? []).map((one, round) => (100 * time(one, round)) / one.took);
    return { median: median(shares), least: Math.min(...shares), most: Math.max(...shares) };
  };
  // Reading a body costs the page the same with and without the transfer layer.
  const added = (/** @type {string} */ name) =>
    share(name, ({ ours, page }, round) => ours + page - (results['plain fetches']?.[round]?.page ?? NaN));
  const words = (/** @type {ReturnType<typeof share>} */ values) => spread(values, 2, 1, ' %');
  const rows = Object.keys(sides).map((name) => [
    name,
    words(share(name, ({ page }) => page)),
    words(share(name, ({ ours }) => ours)),
    words(added(name)),
    words(share(name, ({ rendering }) => rendering)),
    words(share(name, ({ storing, hashing }) => storing + hashing)),
  ]);
  const most = budgets.thread;
  const { median: found } = added('one indicator of all');
  const breaches = found <= most ? [] : [`Main thread: ${found.toFixed(2)} % of the run, more than ${most} %`];
  const title = `Main thread, ten downloads of which three run, 100 Mbit/s in all; budget: our code adds at most ${most} % with one indicator`;
  return { title, head: ['on screen', 'the page', 'our code', 'our code adds', 'styles, layout', 'storing, hashing'], rows, breaches };
}

/** @type {Measure} */
async function events(_lab, rounds) {
  const rows = [];
  const breaches = [];
  const found = /** @type {Record<number, number>} */ ({});
  for (const count of [8, 1_000]) {
    const costs = await alternate(40 * rounds, costsOf(count));
    // The least of each side, in rounds shorter than a slice of the processor: a busy machine only adds to it.
    const least = (/** @type {string | undefined} */ name) => Math.min(...(costs[name ?? ''] ?? []));
    const multiple = (/** @type {string | undefined} */ name) => least(theirs) / least(name);
    found[count] = least(ours);
    if (!(multiple(ours) >= budgets.events))
      breaches.push(
        `Events of ${count} files: ${multiple(ours).toFixed(1)} times as many as Transformers.js, fewer than ${budgets.events}`,
      );
    for (const name of [theirs, ours, oursWithSnapshots]) {
      rows.push([String(count), name ?? '', `${(1_000 * least(name)).toFixed(2)} µs`, multiple(name).toFixed(1)]);
    }
  }
  const growth = (found[1_000] ?? NaN) / (found[8] ?? NaN);
  if (!(growth <= budgets.files))
    breaches.push(`An event costs ${growth.toFixed(1)} times as much for 1,000 files as for 8, more than ${budgets.files}`);
  const title = `What an event costs, in Node; budget: at least ${budgets.events} times as many events a second as Transformers.js 4 adds up itself`;
  return { title, head: ['files', 'receiver', 'an event', 'events a second, as a multiple'], rows, breaches };
}

/** All measures, in their order. */
export const measures = { time, memory, segments, hashing, thread, events, entry, click };
