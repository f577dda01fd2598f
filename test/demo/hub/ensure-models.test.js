import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ensureModels } from '../../../demo/models/ensure-models.js';

describe('ensureModels', () => {
  let parent = '';
  let dir = '';
  before(async () => {
    parent = await mkdtemp(join(tmpdir(), 'model-download-models-'));
    dir = join(parent, 'models');
  });
  after(() => rm(parent, { recursive: true }));

  it('creates the same models for callers at the same time, and leaves no other files', async () => {
    const [one, other] = await Promise.all([ensureModels({ dir }), ensureModels({ dir })]);
    assert.deepEqual(one, other);
    assert.deepEqual(await readdir(parent), ['models']);
  });

  it('does nothing if they exist', async () => {
    const { mtimeMs } = await stat(dir);
    /** @type {string[]} */
    const lines = [];
    await ensureModels({ dir, log: (line) => lines.push(line) });
    assert.deepEqual(lines, []);
    assert.equal((await stat(dir)).mtimeMs, mtimeMs);
  });

  it('creates them again if a file is incomplete', async () => {
    const before = await ensureModels({ dir });
    await truncate(join(dir, 'local/tiny-chat/onnx/model_quantized.onnx'), 1000);
    /** @type {string[]} */
    const lines = [];
    assert.deepEqual(await ensureModels({ dir, log: (line) => lines.push(line) }), before);
    assert.equal(lines.length, before.models.length);
  });

  it('keeps one copy of the weights that several versions name differently', async () => {
    const folder = join(dir, 'local/large-chat/onnx');
    const stats = await Promise.all((await readdir(folder)).map((name) => stat(join(folder, name))));
    assert.ok(stats.length > 1);
    assert.equal(new Set(stats.map(({ ino }) => ino)).size, 1);
  });
});
