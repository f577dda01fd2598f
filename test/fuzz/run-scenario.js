// Runs one scenario in virtual time: the visits one after another, then a last one after all faults.
import { createDownloadFetch } from 'model-download/transfer';
import { CallRecord, CountedSignal, runCall } from './client.js';
import { contentOf } from './file-versions.js';
import { Listing } from './listing.js';
import { Network, integrityOf } from './network.js';
import { cryptoWithoutCalls, FakeCaches, FakeLocks, fakeBroadcastChannel, replaceGlobals } from './ports.js';
import { randomOf } from './random.js';
import { Server } from './server.js';
import { createMemory, createStore } from './stores.js';
import { VirtualClock } from './virtual-clock.js';

const ORIGIN = 'https://hub.example';

/** The time in which an idle library must become quiet, in ms. */
const GRACE = 11_000;

/**
 * The same if a listing is awaited, which later files need, or if a store is slow or hangs: each tab gives
 * up after 10 s, and cleans up only once the tab before it has released the file.
 */
const LONG_GRACE = 60_000;

let count = 0;

/** Everything that a run leaves for the properties to judge. */
export class Run {
  calls = [];
  /** The results of a tab's controls, and whether they settled. */
  controls = [];
  /** Violations that showed while it ran: `{ code, message }`. */
  violations = [];
  tabSignals = [];
  clock = new VirtualClock();

  constructor(scenario) {
    this.scenario = scenario;
    // Module-wide state of the library goes by the namespace.
    this.namespace = `run-${++count}`;
    this.url = `${ORIGIN}/${this.namespace}/model/resolve/main/model.bin`;
    this.server = new Server(scenario, this.clock);
    this.listing = new Listing(scenario.listing, this.server, this.clock, scenario.sizes);
    this.network = new Network(this.server, this.clock, scenario.pace, this.listing.answer);
    this.locks = new FakeLocks(scenario.locks, this.clock);
    this.memory = createMemory();
    this.random = randomOf(scenario.seed);
  }

  get hasFailed() {
    return this.violations.length > 0;
  }

  report(code, message) {
    this.violations.push({ code, message });
  }
}

/** Plays a scenario and returns its {@link Run}. */
export async function runScenario(scenario) {
  const run = new Run(scenario);
  const restore = replaceGlobals(globalsOf(run));
  const restoreTime = replaceTime(run);
  try {
    for (const visit of scenario.visits) {
      await playVisit(run, visit);
      if (run.hasFailed) return run;
    }
    await lookAfter(run);
    if (!run.hasFailed) await playLastVisit(run);
    return run;
  } catch (error) {
    run.report('threw', `${error.name}: ${error.message}`);
    return run;
  } finally {
    restore();
    restoreTime();
  }
}

function globalsOf(run) {
  const { clock, locks, scenario } = run;
  const timer = (callback, delay, ...rest) => clock.setTimeout(() => callback(...rest), delay, 'library');
  return {
    navigator: scenario.locks === 'none' ? {} : { locks },
    BroadcastChannel: scenario.channel === 'none' ? undefined : fakeBroadcastChannel(scenario.channel),
    caches: scenario.store.kind === 'platform' && scenario.caches !== 'none' ? new FakeCaches(scenario.caches) : undefined,
    crypto: cryptoWithoutCalls(crypto),
    setTimeout: timer,
    clearTimeout: (id) => clock.clearTimeout(id),
  };
}

/** Replaces the library's other sources of time and randomness; returns a function that restores the platform's own. */
function replaceTime({ clock, random }) {
  const own = { date: Date.now, random: Math.random };
  Date.now = () => clock.epoch();
  Math.random = random;
  performance.now = () => clock.now();
  return () => {
    Date.now = own.date;
    Math.random = own.random;
    delete performance.now;
  };
}

function createTab(run, name) {
  const { scenario, clock, network, listing } = run;
  const { segments, ...options } = scenario.options;
  const signal = new CountedSignal();
  run.tabSignals.push(signal);
  const downloadFetch = createDownloadFetch({
    ...options,
    fetch: network.fetchOf(name),
    clock: clock.forLibrary(),
    namespace: run.namespace,
    segmentSize: Math.max(16, Math.ceil(Math.max(...scenario.sizes) / segments)),
    random: run.random,
    signal: signal.signal,
    ...(scenario.store.kind === 'platform' ? {} : { store: createStore(scenario.store, run.memory, clock) }),
    ...(scenario.listing.isOwn ? {} : { lookUp: listing.lookUp }),
  });
  return { name, signal, downloadFetch };
}

async function playVisit(run, { clients, controls }) {
  const index = run.scenario.visits.length;
  const number = run.calls.length;
  const tabs = [0, 1].map((tab) => createTab(run, `${index}-${number}-${tab}`));
  const faultsBefore = run.server.faultsLeft;
  const calls = clients.map((client, place) => {
    const record = new CallRecord({ ...client, id: number + place }, tabs[client.tab], run.clock.now());
    return Object.assign(record, { faultsBefore, isFirstVisit: number === 0, isAlone: clients.length === 1 });
  });
  run.calls.push(...calls);
  const ends = calls.map(() => deferred());
  const played = calls.map(async (record, place) => {
    const { waits, startAt } = record.client;
    if (startAt > 0) await run.clock.wait(startAt);
    record.startedAt = run.clock.now();
    await runCall(record, callContext(run, record, waits ? ends[place + 1]?.promise : undefined));
    ends[place].resolve();
  });
  const controlled = controls.map((control) => playControl(run, control, tabs[control.tab]));
  const limit = run.clock.now() + limitOf(run.scenario);
  await settle(run, Promise.all([...played, ...controlled]), limit, calls);
}

function callContext(run, record, others) {
  const expectedHash = integrityOf(contentOf(run.server.version, run.server.size));
  return { clock: run.clock, downloadFetch: record.tab.downloadFetch, url: run.url, others, expectedHash };
}

async function playControl(run, { action, at, duration }, tab) {
  const { clock } = run;
  await clock.wait(at);
  tab.wasControlled = action === 'pause' ? tab.wasControlled : true;
  if (action === 'abort') tab.downloadFetch.abort(new DOMException('The page aborted.', 'AbortError'));
  if (action === 'discard') {
    // The tabs share the stored bytes: the others may be reading them.
    run.wasDiscarded = true;
    await tab.downloadFetch.discard();
  }
  if (action !== 'pause') return;
  tab.wasPaused = true;
  tab.downloadFetch.pause();
  await clock.wait(duration);
  tab.downloadFetch.resume();
}

/** Runs until `promise` has settled, and reports when it does not. */
async function settle(run, promise, limit, calls) {
  const result = await run.clock.runUntil(promise, limit);
  if (result === 'settled') return;
  const pending = calls
    .filter(({ outcome }) => !outcome)
    .map(({ client, response }) => `call ${client.id} ${response ? 'reads' : 'waits for its answer'}`);
  const code = result === 'busy' ? 'busy' : 'unsettled';
  run.report(
    `${code}${hasGoodPorts(run.scenario) ? '' : '-ports'}`,
    `${pending.join(', ') || 'a control waits'}; ${result} after ${Math.round(run.clock.now() / 1_000)} s`,
  );
}

/** Whether storage, locks, channels and the listing work. */
function hasGoodPorts({ store, caches, locks, channel, listing }) {
  const isStoreGood = store.kind === 'memory' || (store.kind === 'platform' && ['works', 'none'].includes(caches));
  return isStoreGood && ['none', 'works'].includes(locks) && ['none', 'works'].includes(channel) && !listing.kind.includes('hangs');
}

/** Virtual time within which a visit must end, in ms. */
function limitOf({ faults, options, visits }) {
  const waits = faults.map(
    ({ kind, retryAfter }) => 2 * options.stallTimeout + 60_000 + (kind === 'status' ? 300_000 + 1_000 * (Number(retryAfter) || 0) : 0),
  );
  const perCall = waits.reduce((sum, wait) => sum + wait, 600_000);
  return perCall * (1 + visits.length) + 2_000_000;
}

/** Waits a moment, then counts the remaining resources. */
async function lookAfter(run) {
  const { clock, network, locks } = run;
  const { listing, store } = run.scenario;
  const isSlow = listing.delay > 0 || listing.kind.includes('hangs') || ['slow', 'hangs'].includes(store.kind);
  await clock.runUntil(clock.wait(isSlow ? LONG_GRACE : GRACE), Infinity);
  const left = (code, number, what) => number > 0 && run.report(code, `${number} ${what} left`);
  left('timer-left', clock.pending('library'), 'timers');
  // Locks that are granted late are released late.
  while (clock.pending('world') > 0 && !run.hasFailed) await clock.runUntil(clock.wait(GRACE), Infinity);
  left('request-left', network.open.length, 'requests');
  left('lock-left', locks.left, 'locks');
  left(
    'listener-left',
    [...run.calls.map(({ signal }) => signal), ...run.tabSignals].reduce((sum, signal) => sum + signal.left, 0),
    'listeners',
  );
}

/** A caller after all faults, which makes up to three attempts, as a loader does. */
async function playLastVisit(run) {
  while (run.server.faultsLeft.length > 0) run.server.answer(undefined);
  const tab = createTab(run, 'last');
  for (let attempt = 0; attempt < 3; attempt++) {
    const client = { id: `last-${attempt}`, read: 'all', input: 'string', user: 'a' };
    const record = Object.assign(new CallRecord(client, tab, run.clock.now()), { isLast: true, faultsBefore: [] });
    run.calls.push(record);
    await settle(run, runCall(record, callContext(run, record, undefined)), run.clock.now() + 2_000_000, [record]);
    if (run.hasFailed || record.outcome === 'ended') return;
  }
}

function deferred() {
  let resolve;
  const promise = new Promise((settled) => (resolve = settled));
  return { promise, resolve };
}
