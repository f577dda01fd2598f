import { setTimeout as delay } from 'node:timers/promises';
import { openClient } from './browsers.js';
import { drive } from './links.js';
import { nameOf } from './recordings.js';
import { watchSent } from './sampler.js';

/**
 * @typedef {import('./browsers.js').Client} Client
 * @typedef {import('./read-trace.js').Trace} Trace
 */

/** How often the clocks are compared: the fastest answer is the most accurate. */
const comparisons = 15;

let count = 0;

/**
 * Records one load.
 *
 * @param {import('./lab.js').Lab} lab
 * @param {import('./recordings.js').Recording} recording
 * @returns {Promise<Trace>}
 */
export async function recordOne(lab, recording) {
  const { scenario, engine, version, transfer, model, link, onDevice, slowdown } = recording;
  const scope = lab.hub.scope(`trace-${++count}`);
  const known = lab.manifest.models.find(({ id }) => id === model);
  const load = known?.versions[`v${version}`];
  if (!known || !load) throw new Error(`Version ${version} has no ${model}`);
  // If its size is not announced, the page's own server sends the runtime's file, at full speed.
  const isOnLink = engine !== 'node' && (transfer || scenario === 'slow session');
  const runtime = isOnLink ? await lab.runtime(version, scope.url) : undefined;
  const isThere = (/** @type {string} */ file) => onDevice?.test(file) === true;
  const there = load.files.map(({ path }) => path).filter(isThere);
  // Versions 2 and 3 leave the runtime's file to the browser's HTTP cache.
  const keepsRuntime = runtime && version === 4 && isThere(runtime.file) ? [runtime.url] : [];
  const request = {
    version,
    remoteHost: scope.url,
    definition: { task: known.task, model, options: load.options },
    onDevice: [...there.map((path) => `${scope.url}${model}/resolve/main/${path}`), ...keepsRuntime],
    transfer,
    namespace: `trace-${count}`,
    ...(runtime ? { runtime: runtime.paths } : {}),
  };
  const files = load.files.map(({ path, size }) => ({ file: path, size, cached: isThere(path) }));
  const client = await openClient(engine, { pageUrl: lab.pageUrl, slowdown });
  try {
    await client.prepare(request, { modelsDir: lab.modelsDir, files: there });
    const offset = await clockOffset(client);
    scope.log.clear();
    const stopLink = drive(scope.control, link);
    // Only the events show whether the runtime's file was announced, and therefore counts.
    const all = runtime ? [...files, { file: runtime.file, size: runtime.size, cached: false, runtime: true }] : files;
    const watch = watchSent(scope.log, all);
    const { startedAt, events, phases } = await client.run(request);
    await delay(200);
    stopLink();
    watch.end();
    const needed = isAnnounced(events, runtime?.file) ? all : files;
    const since = (/** @type {number} */ time) => Math.round(time - startedAt);
    return {
      name: nameOf(recording),
      scenario,
      engine,
      version,
      transfer,
      model,
      files: needed,
      events: events.map(([time, event]) => [since(time), event]),
      sent: watch.of(needed).map(([time, bytes]) => [since(time - offset), bytes]),
      phases: {
        ...phases,
        ...(phases.resolved !== undefined && { resolved: since(phases.resolved) }),
        ...(phases.failed !== undefined && { failed: since(phases.failed) }),
      },
    };
  } finally {
    await client.close();
  }
}

/**
 * Whether the events announce a file.
 *
 * @param {Trace['events']} events
 * @param {string | undefined} file
 */
function isAnnounced(events, file) {
  return events.some(([, event]) => event.status === 'transfer' && event.phase === 'planned' && event.file === file);
}

/**
 * By how many ms this process's clock is ahead of the client's.
 *
 * @param {Client} client
 */
async function clockOffset(client) {
  let best = { took: Infinity, offset: 0 };
  for (let round = 0; round < comparisons; round++) {
    const asked = performance.now();
    const theirs = await client.now();
    const answered = performance.now();
    const took = answered - asked;
    if (took < best.took) best = { took, offset: (asked + answered) / 2 - theirs };
  }
  return best.offset;
}
