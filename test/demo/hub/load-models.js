import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Loads every model of a hub with one version of Transformers.js and prints
 * the output for each sample. It runs in a separate process, because two
 * versions of the ONNX Runtime cannot share one.
 *
 * @typedef {import('../../../demo/models/ensure-models.js').Manifest} Manifest
 * @typedef {import('../../../demo/models/recipe.js').SampleImage} SampleImage
 * @typedef {import('../../../demo/models/recipe.js').Version} Version
 */

const packages = { v2: '@xenova/transformers', v3: 'transformers-v3', v4: 'transformers-v4' };
const [remoteHost = '', manifestUrl = ''] = process.argv.slice(3);
const version = /** @type {Version} */ (process.argv[2]);

const { env, pipeline, RawImage } = await import(packages[version]);
const cacheDir = await mkdtemp(join(tmpdir(), 'model-download-'));
Object.assign(env, { remoteHost, cacheDir, allowLocalModels: false });

const { models } = /** @type {Manifest} */ (await (await fetch(manifestUrl)).json());
/** @type {Record<string, unknown>} */
const results = {};
try {
  for (const { id, task, versions, sample } of models) {
    const load = versions[version];
    if (!load) continue;
    const run = await pipeline(task, id, load.options);
    results[id] = summary(await run(inputOf(sample.input), sample.options));
    await run.dispose();
  }
} finally {
  await rm(cacheDir, { recursive: true, force: true });
}
process.stdout.write(`\n${JSON.stringify(results)}`);

/** @param {string | SampleImage} input */
function inputOf(input) {
  if (typeof input === 'string') return input;
  const { width, height, color } = input;
  const pixels = Uint8ClampedArray.from({ length: width * height * 3 }, (_, index) => color[index % 3] ?? 0);
  return new RawImage(pixels, width, height, 3);
}

/**
 * The first answer of a pipeline, or the beginning of a tensor.
 *
 * @param {{ dims?: number[], data?: Float32Array } | object[]} output
 */
function summary(output) {
  if (Array.isArray(output)) return output[0];
  const start = Array.from(output.data ?? []).slice(0, 4);
  return { dims: output.dims, start: start.map((value) => Number(value.toFixed(4))) };
}
