// The first two samples of the README, and only those, in an empty folder: a page whose model answers. The addresses of the
// package host are answered from this project, since the package has not been published.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { samplesOf } from '../docs/samples.js';
import { downloadFrom } from './start-page.js';
import { openStage, serveFolder } from './stage.js';

/** How long a reader needs at most, in ms. */
const LIMIT = 5 * 60_000;

let stage;
let folder;

before(async () => {
  [stage, folder] = await Promise.all([openStage(), mkdtemp(join(tmpdir(), 'model-download-readme-'))]);
});

after(async () => {
  await stage?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the first samples of the README', () => {
  it('lead from an empty folder to a model that answers', async (context) => {
    const start = performance.now();
    const [page, answer] = samplesOf('README.md', await readFile(join(import.meta.dirname, '../../README.md'), 'utf8'));
    assert.deepEqual([page.language, answer.language], ['html', 'js']);
    await writeFile(join(folder, 'index.html'), page.code);
    const site = await serveFolder(folder);
    try {
      let label;
      await downloadFrom(stage, 'readme', site.url, async (tab) => {
        label = await tab.evaluate(`(async () => { ${answer.code}\n return label; })()`);
      });
      assert.match(String(label), /^(POSITIVE|NEGATIVE)$/);
    } finally {
      await site.close();
    }
    const time = performance.now() - start;
    context.diagnostic(`from an empty folder to an answer: ${(time / 1_000).toFixed(1)} s`);
    assert.ok(time < LIMIT);
  });
});
