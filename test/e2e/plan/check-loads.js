import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { promisify } from 'node:util';
import { createHub } from '../../../demo/hub/create-hub.js';
import { selectFiles } from '../../../dist/model/transformers/plan/select-files.js';
import { optionsFor } from '../../../dist/model/transformers/pipeline-options.js';
import { makeRepositories } from './repositories.js';

/** The versions of Transformers.js by the names of their packages. */
export const packages = { 2: '@xenova/transformers', 3: 'transformers-v3', 4: 'transformers-v4' };

const script = join(import.meta.dirname, 'load-all.js');

/**
 * Makes loads with one version and returns the outcome of each.
 *
 * @typedef {(version: number, loads: { remoteHost: string, task: string, model: string, options: object }[]) => Promise<string[]>} Loader
 */

/** @type {Loader} */
async function loadInNode(version, loads) {
  const dir = await mkdtemp(join(tmpdir(), 'model-download-plan-'));
  try {
    const request = join(dir, 'loads.json');
    await writeFile(request, JSON.stringify({ packageName: packages[version], loads }));
    const { stdout } = await promisify(execFile)(process.execPath, [script, request], { maxBuffer: 2 ** 26 });
    return JSON.parse(stdout.slice(stdout.lastIndexOf('\n[')));
  } finally {
    await rm(dir, { recursive: true });
  }
}

/**
 * A separate hub for the tests that follow in a `describe`, with one repository for each name.
 *
 * @param {Record<string, Record<string, unknown>>} repositories
 * @param {{ loadAll?: Loader, inBrowser?: boolean }} [runtime] Default: Node.
 * @returns {(version: number, loads: import('./loads.js').PlannedLoad[]) => void} Declares a test for each load.
 */
export function withRepositories(repositories, { loadAll = loadInNode, inBrowser = false } = {}) {
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
  const requestedIn = (scope) => {
    const sent = hub
      .scope(scope)
      .log.since()
      .filter(({ status, range }) => status < 400 && range !== 'bytes=0-0');
    return [...new Set(sent.map(({ file }) => file))].sort();
  };

  return (version, loads) => {
    let results;
    const planned = [];

    before(async () => {
      for (const load of loads) planned.push({ ...load, options: await optionsFor(version, load.options ?? {}) });
      const scopeOf = (index) => hub.scope(`v${version}-${index}`).url;
      results = await loadAll(
        version,
        planned.map((load, index) => ({ ...load, model: `plan/${load.model}`, remoteHost: scopeOf(index) })),
      );
    });

    loads.forEach(({ model, task, options }, index) => {
      it(`names the files of ${task} with ${model}${options ? ` and ${JSON.stringify(options)}` : ''}`, () => {
        assert.equal(results[index], 'loaded');
        const selection = {
          version,
          task,
          options: planned[index].options,
          config: repositories[model]['config.json'],
          preprocessor: repositories[model]['preprocessor_config.json'],
          inBrowser,
        };
        const selected = selectFiles(selection, (path) => paths.get(model).has(path));
        assert.deepEqual([...(selected ?? [])].sort(), requestedIn(`v${version}-${index}`));
      });
    });
  };
}
