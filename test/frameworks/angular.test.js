// The app of Angular, from the packed package. Its install alone takes half a minute: `npm run test:frameworks`.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { installApps } from './fresh-folder.js';
import { journey } from './journey.js';
import { openStage, serveFolder } from './stage.js';

let stage;
let folder;

before(async () => {
  [stage, folder] = await Promise.all([openStage(), installApps(['angular'])]);
});

after(async () => {
  await Promise.all([stage?.close(), folder?.remove()]);
});

it('angular type-checks, builds, and downloads a model through a cut', async () => {
  const link = stage.link('angular');
  await folder.run('angular', 'build', { args: ['--define', `MODEL_HOST='${link.url}'`] });
  const site = await serveFolder(join(folder.dir, 'angular', 'dist'));
  const { page, errors, close } = await stage.visit();
  try {
    await page.goto(site.url);
    await journey(page, link);
    assert.deepEqual(errors, []);
  } finally {
    await Promise.all([close(), site.close()]);
  }
});
