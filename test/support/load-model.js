// Loads one model with one version of Transformers.js through ModelDownloads and prints what it saw.
// A process of its own, because the ONNX runtimes of two versions cannot share one.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModelDownloads } from '../../dist/page/index.js';

const { packageName, remoteHost, model, task, options, files, input, runOptions } = JSON.parse(process.argv[2] ?? '{}');
const transformers = await import(packageName);
const cacheDir = await mkdtemp(join(tmpdir(), 'model-download-'));
Object.assign(transformers.env, { remoteHost, cacheDir, allowLocalModels: false });

const downloads = new ModelDownloads({
  storage: null,
  transformers,
  recovery: 'ask',
  automaticAttempts: 0,
  models: { chosen: { name: 'Chosen', task, model, options, files } },
});
const states = [];
downloads.subscribe('chosen', (state) => {
  states.push(state);
  if (state.status === 'failed' && state.can.retry) queueMicrotask(() => downloads.retry('chosen'));
});
try {
  /** @type {(input: unknown, options: object) => Promise<unknown>} */
  const pipe = await downloads.load('chosen');
  const output = await pipe(input, runOptions);
  process.stdout.write(`\n${JSON.stringify({ states, output })}`);
} finally {
  await rm(cacheDir, { recursive: true, force: true });
}
