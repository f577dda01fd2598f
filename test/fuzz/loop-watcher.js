// A thread that detects when the thread of the runs is blocked: code that never waits stops its timers.
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

/** The limit of one run, in ms: thousands of times its duration, even on a busy machine. */
const LIMIT = 30_000;

const { played, seed } = workerData;
let last = -1;

setInterval(() => {
  if (played[0] > 0 && played[0] === last) {
    writeSync(2, `Seed ${seed}: run ${last} never ends\n  again: npm run fuzz -- --seed ${seed} --path ${last - 1}\n`);
    process.kill(process.pid, 'SIGKILL');
  }
  last = played[0];
}, LIMIT);
