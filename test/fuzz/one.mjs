import fc from 'fast-check';
import { scenarios, describe } from './scenario.js';
import { runScenario } from './run-scenario.js';
import { violationsOf } from './properties.js';
let cur; process.on('unhandledRejection', (e)=>{ console.log('UNHANDLED', e?.stack?.split('\n').slice(0,4).join('\n')); });
const n = Number(process.argv[2]??100);
const tally = new Map();
let i=0; let t=performance.now();
for (const s of fc.sample(scenarios, {numRuns:n, seed:1})) {
  const t0=performance.now();
  const run = await runScenario(s); i++;
  const d=performance.now()-t0; if (d>200) console.log(i, d|0,'ms', run.network.requests.length, run.clock.now());
  for (const v of violationsOf(run)) { const e = tally.get(v.code) ?? {n:0}; e.n++; e.m ??= v.message; tally.set(v.code,e);}
}
console.log(performance.now()-t|0,'ms'); console.table([...tally].map(([c,e])=>({c,...e})));
