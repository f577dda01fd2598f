// Sites that are rendered without a browser, Next and Astro: the package can be imported there, and works in what
// they build. Their installs take a minute: `npm run test:frameworks`.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { installApps } from './fresh-folder.js';
import { openStage, serveFolder } from './stage.js';

let stage;

before(async () => {
  stage = await openStage();
});

after(() => stage?.close());

describe('a site', () => {
  it('of Next imports the package on the server, and downloads in the browser', () => visit('next', 'out', async () => ({})));

  it('of Astro imports the package on the server, and downloads in the browser', () =>
    visit('astro', 'dist', async (folder) => {
      // Astro refuses Node 20. The package `node` brings a newer one, which its script puts into place.
      await folder.add(['node@22.23.3']);
      return { PATH: `${join(folder.dir, 'node_modules/node/bin')}${delimiter}${process.env.PATH}` };
    }));
});

/**
 * @param {string} app
 * @param {string} output What it builds into.
 * @param {(folder: import('./fresh-folder.js').FreshFolder) => Promise<NodeJS.ProcessEnv>} prepare Gives the environment of the build.
 */
async function visit(app, output, prepare) {
  const folder = await installApps([app]);
  await mkdir(join(folder.dir, app, 'public'), { recursive: true });
  await writeFile(join(folder.dir, app, 'public/weights.bin'), new Uint8Array(300_000));
  await folder.run(app, 'build', { env: await prepare(folder) });
  const site = await serveFolder(join(folder.dir, app, output));
  const { page, errors, close } = await stage.visit();
  try {
    await page.goto(site.url);
    await page.getByRole('heading', { name: 'Weights of 300 kB' }).waitFor();
    await page.getByRole('button', { name: 'Get the weights' }).click();
    await page.getByRole('button', { name: 'Download', exact: true }).click();
    await page.getByRole('dialog').getByText('Ready to use', { exact: true }).waitFor();
    assert.deepEqual(errors, []);
  } finally {
    await Promise.all([close(), site.close(), folder.remove()]);
  }
}
