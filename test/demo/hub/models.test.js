import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createHub } from '../../../demo/hub/create-hub.js';
import { ensureModels } from '../../../demo/models/ensure-models.js';

/** @typedef {import('../../../demo/models/recipe.js').Version} Version */

const run = promisify(execFile);
const modelsDir = join(import.meta.dirname, '../../..', '.models');

describe('local models', () => {
  /** @type {import('../../../demo/hub/create-hub.js').LocalHub} */
  let hub;
  /** @type {import('../../../demo/models/ensure-models.js').Manifest} */
  let manifest;

  before(async () => {
    manifest = await ensureModels({ dir: modelsDir });
    hub = await createHub({ modelsDir });
  });
  after(() => hub.close());

  for (const version of /** @type {Version[]} */ (['v2', 'v3', 'v4'])) {
    it(`run in Transformers.js ${version}, from the files of the manifest`, { timeout: 300_000 }, async () => {
      const results = await loadAll(version);
      for (const { id, sample, versions } of manifest.models) {
        const load = versions[version];
        if (!load) continue;
        assert.deepEqual(pick(results[id], Object.keys(sample.expected)), sample.expected, id);
        assert.deepEqual(filesRead(version, id), load.files.map(({ path }) => path).sort(), id);
      }
    });
  }

  /**
   * @param {Version} version
   * @returns {Promise<Record<string, Record<string, unknown>>>}
   */
  async function loadAll(version) {
    const script = join(import.meta.dirname, 'load-models.js');
    const { stdout } = await run(process.execPath, [script, version, hub.scope(version).url, `${hub.url}/__hub/manifest`]);
    return JSON.parse(stdout.slice(stdout.lastIndexOf('\n') + 1));
  }

  /**
   * @param {string} scope
   * @param {string} id
   */
  function filesRead(scope, id) {
    const entries = hub
      .scope(scope)
      .log.since()
      .filter(({ path, status }) => path.includes(id) && (status === 200 || status === 206));
    return [...new Set(entries.map(({ file }) => file))].sort();
  }
});

/**
 * @param {Record<string, unknown> | undefined} result
 * @param {string[]} names
 */
function pick(result, names) {
  return Object.fromEntries(names.map((name) => [name, result?.[name]]));
}
