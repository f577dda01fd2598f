// The projects of the start pages that Vite builds. With `SAMPLE=1` those of Vue, React and Svelte, as in CI.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { makeProject } from './start-project.js';
import { downloadFrom } from './start-page.js';
import { openStage, serveFolder } from './stage.js';
import { makeTarballs } from './tarballs.js';

let stage;
let folder;
let tarballs;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'model-download-starts-'));
  [stage, tarballs] = await Promise.all([openStage(), makeTarballs(folder)]);
});

after(async () => {
  await stage?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

const pages = [['vue'], ['react'], ['svelte'], ['bundler', 'Vite'], ['worker']];

describe('a project of the start page for', { concurrency: 2 }, () => {
  for (const [page, section] of process.env.SAMPLE ? pages.slice(0, 3) : pages) {
    it(`${page} ${section ?? ''} builds, and downloads a model over a broken connection`, async () => {
      const dir = join(folder, page);
      await mkdir(dir);
      const project = await makeProject(page, { dir, tarballs, section });
      const site = await serveFolder(join(project, 'dist'));
      try {
        await downloadFrom(stage, page, site.url);
      } finally {
        await site.close();
      }
    });
  }
});
