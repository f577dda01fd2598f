// `describe` and `it` for tests that run in Node: those of mocha if it runs, as for the mutation tests, else those of `node:test`.
import * as node from 'node:test';

/**
 * The part of the context of a test that both runners have.
 *
 * @typedef {object} TestContext
 * @property {(cleanUp: () => unknown) => void} after Adds a function that is called once the test has ended.
 */

const { describe: mochaDescribe, it: mochaIt } = /** @type {any} */ (globalThis);
const isMocha = typeof mochaIt === 'function';

/** @type {(title: string, define: () => void) => void} */
export const describe = isMocha ? mochaDescribe : node.describe;

/** @type {(title: string, run: (test: TestContext) => void | Promise<void>) => void} */
export const it = isMocha ? (title, run) => mochaIt(title, () => runInMocha(run)) : node.it;

async function runInMocha(run) {
  const cleanUps = [];
  try {
    await run({ after: (cleanUp) => cleanUps.push(cleanUp) });
  } finally {
    for (const cleanUp of cleanUps.reverse()) await cleanUp();
  }
}
