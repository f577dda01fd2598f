// Generates scenarios, runs them, and shrinks counterexamples.
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { violationsOf } from './properties.js';
import { runScenario } from './run-scenario.js';
import { describe, scenarios } from './scenario.js';
import { nextTurn } from './virtual-clock.js';

/** Attempts to shrink a counterexample. */
const MOST_SHRINKS = 1_500;

/**
 * Checks random scenarios until one fails.
 *
 * @param options `{ runs, seed, path, only, ignore }`: `only` and `ignore` are sets of codes of violations.
 * @returns `{ runs, failure }`; `failure` is `undefined` when all is right, else `{ code, message, seed, path, scenario }`.
 */
export async function check({ runs, seed, path, only, ignore }) {
  let failed;
  let shrinks = 0;
  const property = fc.asyncProperty(scenarios, async (scenario) => {
    if (failed && ++shrinks > MOST_SHRINKS) return;
    const found = (await play(scenario)).filter(({ code }) => (failed ? code === failed : isWanted(code, { only, ignore })));
    if (found.length === 0) return;
    failed = found[0].code;
    throw new Violation(found[0]);
  });
  const result = await fc.check(property, { numRuns: runs, seed, ...(path === undefined ? {} : { path }) });
  if (!result.failed) return { runs: result.numRuns };
  const { errorInstance, counterexample, counterexamplePath } = result;
  if (!(errorInstance instanceof Violation)) throw errorInstance;
  const { code, message } = errorInstance;
  return { runs: result.numRuns, failure: { code, message, seed, path: counterexamplePath, scenario: describe(counterexample[0]) } };
}

/** Runs all scenarios and reports how often each kind of violation occurred, with `examples` small examples of each. */
export async function survey({ runs, seed, only, ignore, examples }) {
  const kinds = new Map();
  let count = 0;
  const property = fc.asyncProperty(scenarios, async (scenario) => {
    const path = String(count++);
    for (const code of new Set((await play(scenario)).map((violation) => violation.code))) {
      const known = kinds.get(code) ?? { code, paths: [], count: 0 };
      known.count += 1;
      if (known.paths.length < examples) known.paths.push(path);
      kinds.set(code, known);
    }
  });
  await fc.assert(property, { numRuns: runs, seed });
  const wanted = [...kinds.values()].filter(({ code }) => isWanted(code, { only, ignore })).sort((one, other) => other.count - one.count);
  const failures = [];
  for (const { code, paths, count: times } of wanted) {
    for (const path of paths) {
      const { failure } = await check({ runs, seed, path, only: new Set([code]), ignore: new Set() });
      if (failure) failures.push({ times, failure });
    }
  }
  return failures;
}

function isWanted(code, { only, ignore }) {
  return only.size > 0 ? only.has(code) : !ignore.has(code);
}

class Violation extends Error {
  constructor({ code, message }) {
    super(message);
    this.code = code;
  }
}

const unhandled = [];

/** Reports an unhandled rejection as a violation of the run in which it occurs. */
export function watchRejections() {
  process.on('unhandledRejection', (reason) =>
    unhandled.push({ code: 'unhandled', message: String(reason instanceof Error ? reason.stack : reason) }),
  );
}

/** The number of scenarios that were run, by which {@link watchLoops} detects one that does not end. */
const played = new Int32Array(new SharedArrayBuffer(4));

/** Ends the process with a stack if a run blocks it for good. Only another thread can do so. */
export function watchLoops(seed) {
  const watcher = new Worker(new URL('./loop-watcher.js', import.meta.url), { workerData: { played, seed } });
  watcher.unref();
}

async function play(scenario) {
  played[0] += 1;
  const run = await runScenario(scenario);
  await nextTurn();
  return [...violationsOf(run), ...unhandled.splice(0)];
}
