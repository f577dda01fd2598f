// `npm run bench`: the cost of the transfer layer, compared with a plain `fetch` in the same browser, and of the files for a CDN.
// `--quick` runs 2 rounds instead of 5; `--only time,memory,segments,hashing,thread,events,entry,click` selects measures.
// `--only loads` measures whole loads instead, with the options of `loads/options.js`.
import { parseArgs } from 'node:util';
import { Lab } from './lab.js';
import { loadOptions } from './loads/options.js';
import { measureLoads } from './loads/run.js';
import { measures } from './measures.js';
import { megabytes, table } from './words.js';

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string', default: Object.keys(measures).join() }, ...loadOptions },
});
const rounds = Number(values.rounds ?? (values.quick ? 2 : 5));
const names = values.only.split(',').filter((name) => name !== 'loads');
const unknown = names.filter((name) => !(name in measures));
if (unknown.length > 0) throw new Error(`There is no measure ${unknown.join()}: choose from ${Object.keys(measures).join()},loads`);
if (values.only.includes('loads')) await measureLoads(values, rounds);
if (names.length > 0) await measureCosts();

async function measureCosts() {
  const lab = await Lab.open();
  const breaches = [];
  try {
    console.log(`A file of ${megabytes(lab.file.size)}; medians of ${rounds} rounds, with the least and the most.`);
    for (const name of names) {
      const { title, head, rows, breaches: found, remark } = await measures[name](lab, rounds);
      console.log(`\n${title}\n\n${remark ?? table(head, rows)}`);
      breaches.push(...found);
    }
    console.log(`\nChromium ${lab.browserVersion}`);
  } finally {
    await lab.close();
  }
  for (const breach of breaches) console.error(`Over budget. ${breach}`);
  if (breaches.length > 0) process.exitCode = 1;
}
