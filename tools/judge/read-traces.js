import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readTrace } from '../traces/read-trace.js';

const folder = join(import.meta.dirname, '../../test/traces');

/**
 * Every trace that was recorded.
 *
 * @returns {import('../traces/read-trace.js').Trace[]}
 */
export function readTraces() {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json.gz'));
  return names.sort().map((name) => readTrace(JSON.parse(gunzipSync(readFileSync(join(folder, name))).toString())));
}
