// The random servers and clients of CI; `npm run fuzz` runs more of them.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { it } from 'node:test';

const RUNS = process.env.RUNS ?? '5000';

/** The same worlds in each run of CI; `npm run fuzz` draws others each time. */
const SEED = process.env.SEED ?? '20261126';

it(`delivers right bytes, works if a plain request does, and leaves nothing, with ${RUNS} random servers and clients`, async (context) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'run.js'), '--runs', RUNS, '--seed', SEED]);
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => output.push(bytes));
  const code = await new Promise((resolve) => child.on('exit', resolve));
  const report = Buffer.concat(output).toString();
  context.diagnostic(report);
  assert.equal(code, 0, report);
});
