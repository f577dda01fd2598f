// Runs commands side by side until one ends or Ctrl+C: `npm run dev` and `npm run test:watch`.
import { spawn } from 'node:child_process';

/** @type {Record<string, string[]>} */
const sets = {
  dev: ['npx tsc -b --watch --preserveWatchOutput', 'npx rollup -c --watch --silent', 'node demo/serve.js'],
  test: ['npx tsc -b --watch --preserveWatchOutput', 'npx tsc -p test --watch --preserveWatchOutput', 'npx wtr --watch'],
};

const commands = sets[process.argv[2] ?? ''];
if (!commands) throw new Error(`Expected one of ${Object.keys(sets).join(', ')}, got ${process.argv[2]}`);

const children = commands.map((command) => {
  const [program = '', ...args] = command.split(' ');
  return spawn(program, args, { stdio: 'inherit' });
});

for (const child of children) child.on('exit', stop);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

function stop() {
  for (const child of children) child.kill();
}
