// npm run fuzz: plays random servers and clients against the transfer layer, in two processes.
//
//   npm run fuzz -- [--runs 200000] [--seed 1] [--processes 2] [--ignore code,code] [--only code,code]
//   npm run fuzz -- --seed S --path P     runs one counterexample again
//   npm run fuzz -- --survey [--examples 1]   counts every kind of violation, and shows examples of each
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { check, survey, watchLoops, watchRejections } from './check.js';
import { warmUp } from './warm-up.js';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    path: { type: 'string' },
    processes: { type: 'string', default: '2' },
    only: { type: 'string', default: '' },
    ignore: { type: 'string', default: '' },
    examples: { type: 'string', default: '1' },
    survey: { type: 'boolean', default: false },
  },
});

const [runs, seed, processes] = [values.runs, values.seed, values.processes].map(Number);
const [only, ignore] = [values.only, values.ignore].map((codes) => new Set(codes.split(',').filter(Boolean)));

if (processes > 1 && values.path === undefined && !values.survey) process.exitCode = await runInProcesses();
else if (values.survey) await printSurvey();
else process.exitCode = await runHere();

async function runInProcesses() {
  const shares = Array.from({ length: processes }, (_, place) => ({ seed: seed + place, runs: Math.ceil(runs / processes) }));
  const codes = await Promise.all(shares.map((share) => runProcess(share)));
  return codes.every((code) => code === 0) ? 0 : 1;
}

function runProcess(share) {
  const options = { ...share, only: values.only, ignore: values.ignore, processes: 1 };
  const args = Object.entries(options).flatMap(([name, value]) => (value === '' ? [] : [`--${name}`, String(value)]));
  return new Promise((resolve) => spawn(process.execPath, [import.meta.filename, ...args], { stdio: 'inherit' }).on('exit', resolve));
}

async function runHere() {
  await prepare();
  const startedAt = performance.now();
  const { runs: played, failure } = await check({ runs, seed, path: values.path, only, ignore });
  console.log(
    `Seed ${seed}: ${played} random servers and clients in ${Math.round((performance.now() - startedAt) / 1_000)} s${failure ? '' : ', all as it should be'}`,
  );
  if (failure) print(failure);
  return failure ? 1 : 0;
}

async function printSurvey() {
  await prepare();
  const failures = await survey({ runs, seed, only, ignore, examples: Number(values.examples) });
  for (const { times, failure } of failures) {
    console.log(`\n${times} of ${runs} runs`);
    print(failure);
  }
  if (failures.length === 0) console.log(`${runs} random servers and clients, all as it should be`);
}

async function prepare() {
  // Thousands of failures are made on purpose in a second; their stacks are not read.
  Error.stackTraceLimit = 0;
  watchRejections();
  watchLoops(seed);
  await warmUp();
}

function print({ code, message, seed: failedSeed, path, scenario }) {
  console.log(`${code}: ${message}\n  ${scenario}\n  again: npm run fuzz -- --seed ${failedSeed} --path ${path} --only ${code}`);
}
