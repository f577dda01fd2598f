// Assigns the time of the page's main thread to modules, by a CPU profile in which every module has its own address.

/** The interval of the profiler's samples, in µs. */
const interval = 200;

/** A sample that is later than this, in µs, was delayed by other work of the machine, not by a long call: the profiler samples at the same rate within one. */
const longest = 5 * interval;

/** The owner of a module, by its address; the first match counts. */
const owners = /** @type {const} */ ([
  ['storing', /\/dist\/transfer\/store\//],
  ['hashing', /\/dist\/transfer\/integrity\//],
  ['ours', /\/(dist|node_modules\/(lit|lit-element|lit-html|@lit))\//],
  ['page', /\/crowd\.js$/],
]);

/**
 * @typedef {{ id: number, callFrame: { url: string }, children?: number[] }} ProfileNode
 * @typedef {{ nodes: ProfileNode[], samples: number[], timeDeltas: number[] }} Profile
 * @typedef {'storing' | 'hashing' | 'ours' | 'page'} Owner
 */

/**
 * Runs a function in a page and returns how long each owner's code ran on the main thread meanwhile, with
 * the platform's functions that it called, and how long styles and layout took, all in ms.
 *
 * @param {import('playwright-core').Page} page
 * @param {() => Promise<number>} run Resolves with the length of the run in ms.
 */
export async function mainThreadDuring(page, run) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval });
  const before = await renderingTime(session);
  await session.send('Profiler.start');
  const took = await run();
  const { profile } = await session.send('Profiler.stop');
  const rendering = (await renderingTime(session)) - before;
  await session.detach();
  return { took, rendering, ...timeByOwner(/** @type {Profile} */ (profile)) };
}

/** @param {import('playwright-core').CDPSession} session */
async function renderingTime(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  const seconds = metrics
    .filter(({ name }) => name === 'RecalcStyleDuration' || name === 'LayoutDuration')
    .reduce((sum, { value }) => sum + value, 0);
  return seconds * 1_000;
}

/**
 * A sample counts for the innermost module on its stack, including the platform's functions that the module calls.
 *
 * @param {Profile} profile
 */
export function timeByOwner({ nodes, samples, timeDeltas }) {
  const ownerOf = ownersByNode(nodes);
  const times = { storing: 0, hashing: 0, ours: 0, page: 0 };
  samples.forEach((id, index) => {
    const owner = ownerOf.get(id);
    // A sample covers the time until the next one.
    if (owner) times[owner] += Math.min(timeDeltas[index + 1] ?? 0, longest) / 1_000;
  });
  return times;
}

/**
 * @param {ProfileNode[]} nodes
 * @returns {Map<number, Owner | undefined>}
 */
function ownersByNode(nodes) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const found = new Map();
  const visit = (/** @type {ProfileNode} */ node, /** @type {Owner | undefined} */ inherited) => {
    const own = owners.find(([, address]) => address.test(node.callFrame.url))?.[0] ?? inherited;
    found.set(node.id, own);
    for (const id of node.children ?? []) visit(/** @type {ProfileNode} */ (byId.get(id)), own);
  };
  if (nodes[0]) visit(nodes[0], undefined);
  return found;
}
