// Runs npm scripts side by side: node tools/side-by-side.js lint:js lint:types. The output of each is printed when it
// ends; the exit code is 1 if any has failed.
import { spawn } from 'node:child_process';

const names = process.argv.slice(2);
if (names.length === 0) throw new Error('Expected names of npm scripts');

const began = performance.now();
const codes = await Promise.all(names.map(run));
process.exitCode = codes.every((code) => code === 0) ? 0 : 1;

/** @param {string} name Of a script of package.json. */
async function run(name) {
  const child = spawn('npm', ['run', '-s', name], { stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {Buffer[]} */
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
  const code = await new Promise((resolve) => child.on('close', resolve));
  const seconds = ((performance.now() - began) / 1_000).toFixed(0);
  process.stdout.write(`== ${name}: ${code === 0 ? 'passed' : 'failed'} after ${seconds} s\n`);
  process.stdout.write(Buffer.concat(output));
  return code;
}
