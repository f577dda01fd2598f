// `npm run harmless`: plain Transformers.js and ours side by side, on every kind of server and in every environment.
import { readArguments } from './arguments.js';
import { bundleAdapter } from './bundle.js';
import { finder, readDocument, writeResults } from './document.js';
import { openEngine } from './engines.js';
import { judge } from './judge.js';
import { measure } from './measure.js';
import { rows } from './rows/index.js';
import { runtimeSize } from './servers/hosts.js';
import { readModels } from './servers/models.js';
import { line } from './table.js';

const { only, versions, engine: engineName, sample, missing, write, plain: isPlainOnly, requests } = readArguments();
const models = await readModels();
await bundleAdapter();
const isKept = missing ? finder(await readDocument(), engineName) : () => false;

/** A browser frees the memory of a runtime late: Firefox has none left for another after about 25 of version 4. */
const ROWS_PER_BROWSER = 8;

let engine = await openEngine(engineName);

/**
 * Every row and version that this run is for.
 *
 * @returns {{ row: import('./rows/row.js').Row, version: number }[]}
 */
function runs() {
  const wanted = rows.filter(({ name, engines = [engineName] }) => only.test(name) && engines.includes(engineName));
  const asked = wanted.flatMap((row) => {
    const able = (row.versions ?? [2, 3, 4]).filter((version) => versions.includes(version));
    return able.filter((version) => !sample || version === row.sample).map((version) => ({ row, version }));
  });
  return asked.filter(({ row, version }) => !isKept(row, version));
}

/**
 * @param {import('./rows/row.js').Row} row
 * @param {number} version
 * @returns {Promise<import('./table.js').Result>}
 */
async function compare(row, version) {
  const model = /** @type {import('./servers/models.js').Model} */ (models.get(row.model ?? 'tiny-chat'));
  const plain = await measure(engine, row, model, { version, side: 'plain' });
  const ours = isPlainOnly ? plain : await measure(engine, row, model, { version, side: row.side ?? 'downloads' });
  const whole = model.files.reduce((sum, { size }) => sum + size, runtimeSize(version));
  const result = { row, version, plain: plain.visits, ours: ours.visits, wrong: judge(row, plain.visits, ours.visits, whole) };
  console.log(line(result));
  // A run that is ended keeps the rows that it has measured.
  if (write && !isPlainOnly) await writeResults(engineName, [result]);
  if (requests) for (const [side, { entries }] of Object.entries({ plain, ours })) print(side, entries);
  return result;
}

/**
 * In `.ci/run`, a row that breaks a rule is measured once more: other suites run beside it.
 *
 * @param {import('./rows/row.js').Row} row
 * @param {number} version
 */
async function compareTwice(row, version) {
  const first = await compare(row, version);
  if (first.wrong.length === 0 || process.env.REPEAT !== '1') return first;
  const second = await compare(row, version);
  if (second.wrong.length === 0) console.log(`# unstable: ${row.name}, version ${version}`);
  return second;
}

/**
 * @param {string} side
 * @param {import('./servers/log.js').Entry[]} entries
 */
function print(side, entries) {
  for (const { visit, server, method, path, range = '', status, bytes } of entries)
    console.log(`       ${side} ${visit} ${server} ${method} ${path} ${range} ${status} ${bytes}`);
}

/** @type {import('./table.js').Result[]} */
const results = [];
try {
  for (const { row, version } of runs()) {
    if (results.length > 0 && results.length % ROWS_PER_BROWSER === 0) {
      await engine.close();
      engine = await openEngine(engineName);
    }
    results.push(await compareTwice(row, version));
  }
} finally {
  await engine.close();
}
const failed = results.filter(({ wrong }) => wrong.length > 0).length;
console.log(`# pass ${results.length - failed}`);
console.log(`# fail ${failed}`);
process.exitCode = failed > 0 || results.length === 0 ? 1 : 0;
