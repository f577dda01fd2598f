// `npm run judge`: replays every recorded load to the built core and to the other estimators, and writes the
// comparison to docs/honest-numbers.md. Fails if a rule is broken.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { criteria } from './criteria.js';
import { explained, unexplained } from './exceptions.js';
import { judgeAll } from './judge-trace.js';
import { defeats } from './rank.js';
import { readTraces } from './read-traces.js';
import { report } from './report.js';

const document = join(import.meta.dirname, '../../docs/honest-numbers.md');

const traces = readTraces();
const judgements = judgeAll(traces);
const found = defeats(judgements);
const events = traces.reduce((sum, trace) => sum + trace.events.length, 0);
const parts = [`${traces.length} loads with ${events} events.`, report(judgements), '### Where another is better', explained(found)];
const text = parts.join('\n\n');
console.log(text);

const before = await readFile(document, 'utf8');
await writeFile(
  document,
  before.replace(/(<!-- judge -->\n)[^]*(<!-- \/judge -->)/, (_, open, close) => `${open}\n${text}\n\n${close}`),
);

console.log();
for (const { name, breaches } of criteria) print(name, breaches(judgements));
print('where another is better, the reason is known', unexplained(found));

/**
 * @param {string} name
 * @param {string[]} breaches
 */
function print(name, breaches) {
  if (breaches.length === 0) return console.log(`holds: ${name}`);
  process.exitCode = 1;
  console.error(`DOES NOT HOLD: ${name}`);
  for (const breach of breaches) console.error(`  ${breach}`);
}
