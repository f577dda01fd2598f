// Runs npm scripts one after the other, also after a failure: node tools/one-by-one.js test:e2e test:links. Ends with a line for
// each; the exit code is 1 if any has failed.
import { spawn } from 'node:child_process';

const names = process.argv.slice(2);
if (names.length === 0) throw new Error('Expected names of npm scripts');

const lines = [];
for (const name of names) {
  const began = performance.now();
  const child = spawn('npm', ['run', '-s', name], { stdio: 'inherit' });
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) process.exitCode = 1;
  lines.push(`== ${name}: ${code === 0 ? 'passed' : 'failed'} after ${((performance.now() - began) / 1_000).toFixed(0)} s`);
}
console.log(lines.join('\n'));
