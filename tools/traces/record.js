// `npm run traces`: records real loads into test/traces. `-- --only stalls,firefox` selects those whose names contain
// one of these.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Lab } from './lab.js';
import { compressTrace } from './pack-trace.js';
import { recordOne } from './record-one.js';
import { nameOf, recordings } from './recordings.js';

const folder = join(import.meta.dirname, '../../test/traces');
const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const parts = values.only.split(',');
const chosen = recordings.filter((recording) => parts.some((part) => nameOf(recording).includes(part)));

await mkdir(folder, { recursive: true });
const lab = await Lab.open();
let bytes = 0;
try {
  for (const recording of chosen) {
    const name = nameOf(recording);
    try {
      const trace = await recordOne(lab, recording);
      const packed = compressTrace(trace);
      bytes += packed.length;
      await writeFile(join(folder, `${name}.json.gz`), packed);
      const { resolved, failed, message = '' } = trace.phases;
      const lasted = ((resolved ?? failed ?? 0) / 1_000).toFixed(1);
      console.log(`${name}: ${trace.events.length} events in ${lasted} s, ${packed.length} bytes ${message}`);
    } catch (error) {
      process.exitCode = 1;
      console.error(`${name}: ${error instanceof Error ? error.stack : error}`);
    }
  }
} finally {
  await lab.close();
}
console.log(`${chosen.length} traces, ${bytes} bytes`);
