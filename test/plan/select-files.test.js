// The rule that says which files a load requests, against what the loads of each version really request.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { createHub } from '../../demo/hub/create-hub.js';
import { selectFiles } from '../../dist/adapters/index.js';
import { optionsFor } from '../../dist/adapters/pipeline-options.js';
import { loads, repositories } from './loads.js';
import { makeRepositories } from './repositories.js';

const script = join(import.meta.dirname, 'load-all.js');
const packages = { 2: '@xenova/transformers', 3: 'transformers-v3', 4: 'transformers-v4' };

let dir;
let hub;
let paths;

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'model-download-plan-'));
  paths = await makeRepositories(dir, repositories);
  hub = await createHub({ modelsDir: dir });
});

after(async () => {
  await hub.close();
  await rm(dir, { recursive: true });
});

/** The files of a scope's model that were sent as a whole. Version 4 also looks at the sizes of some it never loads. */
function requestedIn(scope) {
  const sent = hub.scope(scope).log.since().filter(({ status, range }) => status < 400 && range !== 'bytes=0-0');
  return [...new Set(sent.map(({ file }) => file))].sort();
}

async function loadAll(version, planned) {
  const request = join(dir, `${version}.json`);
  const all = planned.map(({ task, model, options }, index) => ({
    remoteHost: hub.scope(`v${version}-${index}`).url,
    task,
    model: `plan/${model}`,
    options,
  }));
  await writeFile(request, JSON.stringify({ packageName: packages[version], loads: all }));
  const { stdout } = await promisify(execFile)(process.execPath, [script, request], { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout.slice(stdout.lastIndexOf('\n[')));
}

for (const version of [2, 3, 4]) {
  describe(`selectFiles with Transformers.js ${version}`, () => {
    const own = loads.filter(({ versions }) => versions?.includes(version) ?? true);
    const planned = [];
    let results;

    before(async () => {
      for (const load of own) planned.push({ ...load, options: await optionsFor(version, load.options ?? {}) });
      results = await loadAll(version, planned);
    });

    own.forEach(({ model, task, options }, index) => {
      it(`names the files of ${task} with ${model}${options ? ` and ${JSON.stringify(options)}` : ''}`, () => {
        assert.equal(results[index], 'loaded');
        const selection = {
          version,
          task,
          options: planned[index].options,
          config: repositories[model]['config.json'],
          preprocessor: repositories[model]['preprocessor_config.json'],
          inBrowser: false,
        };
        const selected = selectFiles(selection, (path) => paths.get(model).has(path));
        assert.deepEqual([...(selected ?? [])].sort(), requestedIn(`v${version}-${index}`));
      });
    });
  });
}
