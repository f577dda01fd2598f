// In Node: real Transformers.js, real ONNX sessions, real HTTP: each version loads a model of the local hub.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { createHub } from '../../../demo/hub/create-hub.js';
import { ensureModels } from '../../../demo/models/ensure-models.js';

const modelsDir = join(import.meta.dirname, '../../../.models');
const script = join(import.meta.dirname, '../../support/load-model.js');
const packages = { v2: '@xenova/transformers', v3: 'transformers-v3', v4: 'transformers-v4' };
/** With `SAMPLE=1` the newest only, as in CI. */
const versions = process.env.SAMPLE ? ['v4'] : Object.keys(packages);

let hub;
let manifest;

before(async () => {
  await ensureModels({ dir: modelsDir, log() {} });
  hub = await createHub({ modelsDir });
  manifest = await (await fetch(new URL('/__hub/manifest', hub.url))).json();
});

after(() => hub.close());

async function load(version, id, scope) {
  const { task, sample, versions } = manifest.models.find((model) => model.id === id);
  const { options, files } = versions[version];
  const request = {
    packageName: packages[version],
    remoteHost: new URL(`/s/${scope}/`, hub.url).href,
    model: id,
    task,
    options,
    files: files.map(({ path, size }) => ({ file: path, size })),
    input: sample.input,
    runOptions: sample.options,
  };
  const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(request)], { maxBuffer: 2 ** 26 });
  return { ...JSON.parse(stdout.slice(stdout.lastIndexOf('\n{'))), expected: sample.expected, size: versions[version].size };
}

/** The rules of honesty that hold in every load, within each attempt. */
function checkHonesty(states, size) {
  let highest = 0;
  for (const { status, progress, bytesDownloaded } of states) {
    if (status === 'checking') highest = 0;
    if (progress === undefined) continue;
    assert.ok(progress >= highest, `the percentage fell from ${highest} to ${progress}`);
    highest = progress;
    if (progress >= 100) assert.ok(bytesDownloaded >= size, `100 % with ${bytesDownloaded} of ${size} bytes`);
  }
}

for (const version of versions) {
  describe(`ModelDownloads with Transformers.js ${version}`, () => {
    it('loads a model that runs, with correct numbers', async () => {
      const { states, output, expected, size } = await load(version, 'local/tiny-chat', `load-${version}`);
      checkHonesty(states, size);
      assert.equal(states.at(-1).status, 'completed');
      assert.equal(states.at(-1).bytesDownloaded, size);
      assert.deepEqual(output[0], expected);
    });

    it('loads a model that runs after a break and a retry', async () => {
      const scope = `cut-${version}`;
      await fetch(new URL(`/__hub/control?scope=${scope}`, hub.url), {
        method: 'POST',
        body: JSON.stringify({ cutAfter: 800_000, cutTimes: 1, match: '.onnx' }),
      });
      const { states, output, expected, size } = await load(version, 'local/tiny-chat', scope);
      checkHonesty(states, size);
      assert.ok(states.some(({ status, failureCode }) => status === 'failed' && failureCode === 'network'));
      const answers = hub
        .scope(scope)
        .log.since()
        .filter(({ file, status, range }) => file?.endsWith('.onnx') && (status ?? 500) < 300 && range !== 'bytes=0-0');
      assert.deepEqual(
        answers.map(({ range }) => range),
        [null, 'bytes=800000-'],
        'goes on with the bytes that are held',
      );
      assert.equal(states.at(-1).status, 'completed');
      assert.deepEqual(output[0], expected);
    });
  });
}
