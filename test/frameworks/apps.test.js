// The apps of three frameworks, from the packed package: installed, type-checked, built, and used in a browser.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { installApps } from './fresh-folder.js';
import { journey } from './journey.js';
import { openStage, serveFolder } from './stage.js';

const apps = ['vue', 'react', 'svelte'];

let stage;
let folder;

before(async () => {
  [stage, folder] = await Promise.all([openStage(), installApps(apps)]);
});

after(async () => {
  await Promise.all([stage?.close(), folder?.remove()]);
});

describe('from the tarball', { concurrency: true }, () => {
  for (const app of apps) {
    it(`${app} type-checks, builds, and downloads a model through a cut`, async () => {
      const link = stage.link(app);
      await Promise.all([folder.run(app, 'check'), folder.run(app, 'build', { env: { VITE_MODEL_HOST: link.url } })]);
      const site = await serveFolder(join(folder.dir, app, 'dist'));
      const { page, errors, close } = await stage.visit();
      try {
        await page.goto(site.url);
        await journey(page, link);
        assert.deepEqual(errors, []);
      } finally {
        await Promise.all([close(), site.close()]);
      }
    });
  }
});
