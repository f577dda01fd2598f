// Makes real loads with one version of Transformers.js and prints the outcome of each. It runs in a
// separate process, because the ONNX Runtimes of two versions cannot share one.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { packageName, loads } = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8'));
const { env, pipeline } = await import(packageName);
env.allowLocalModels = false;
// Version 3 reads a file that it is still writing, when a processor requests the tokenizer's files again;
// version 4 writes them elsewhere first, and does not load weights without a folder.
env.useFSCache = env.version.startsWith('4');
console.warn = () => {};

const results = [];
for (const { remoteHost, task, model, options } of loads) {
  // A separate cache, so that each load requests all its files.
  const cacheDir = await mkdtemp(join(tmpdir(), 'model-download-plan-'));
  Object.assign(env, { remoteHost, cacheDir });
  try {
    const run = await pipeline(task, model, options);
    await run.dispose();
    results.push('loaded');
  } catch (error) {
    results.push(String(error?.stack ?? error));
  } finally {
    await rm(cacheDir, { recursive: true, force: true });
  }
}
process.stdout.write(`\n${JSON.stringify(results)}`);
