// The development server of Angular's CLI updates templates and styles of components in the page, also while a model downloads.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { newerNode, serveByScript } from './project-server.js';
import { openProject, startDownload } from './start-page.js';
import { makeProject } from './start-project.js';
import { openStage } from './stage.js';
import { makeTarballs } from './tarballs.js';

/** Bytes of the weights after which the download becomes slow: about half. */
const HALF = 2_000_000;

/** Bytes per second from then on: the second half would take minutes. */
const SLOW = 5_000;

/** The app of the start page in two components, so that an update of the outer one creates the inner one anew. */
const sources = {
  'app.ts': `
    import 'model-download/define';
    import { Component, CUSTOM_ELEMENTS_SCHEMA } from '@angular/core';
    import { Mood } from './mood';

    @Component({
      selector: 'app-root',
      imports: [Mood],
      schemas: [CUSTOM_ELEMENTS_SCHEMA],
      template: '<h1>Version 1</h1><app-mood></app-mood>',
    })
    export class App {}`,
  'mood.ts': `
    import { Component, CUSTOM_ELEMENTS_SCHEMA } from '@angular/core';
    import { injectModelDownload } from 'model-download/angular';
    import { downloads } from './downloads';

    @Component({ selector: 'app-mood', schemas: [CUSTOM_ELEMENTS_SCHEMA], templateUrl: './mood.html', styleUrl: './mood.css' })
    export class Mood {
      readonly label = 'received';
      readonly mood = injectModelDownload('mood', downloads);
    }`,
  'mood.html': `
    <output>{{ mood.state().bytesDownloaded }} bytes {{ label }}</output>
    <button type="button" (click)="dialog.show()">Get the model</button>
    @if (mood.state().status === 'completed') {
      <p>The model is ready.</p>
    }
    <model-progress-mini model-key="mood"></model-progress-mini>
    <model-download-dialog #dialog model-key="mood"></model-download-dialog>`,
  'mood.css': 'output { color: rgb(1, 1, 1); }',
};

/** Follows `downloads.ts` of the start page. */
const recorder = `
  const calls: string[] = [];
  const connect = downloads.connect.bind(downloads);
  downloads.connect = (root) => {
    calls.push('connect');
    const disconnect = connect(root);
    return () => {
      calls.push('disconnect');
      disconnect();
    };
  };
  Object.assign(globalThis, { downloads, calls });`;

let stage;
let folder;
let app;
let site;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'model-download-angular-'));
  const [opened, tarballs, env] = await Promise.all([openStage(), makeTarballs(folder), newerNode(folder)]);
  stage = opened;
  // The development server builds for itself.
  const project = await makeProject('angular', { dir: folder, tarballs, commands: { 'npm run build': ':' }, env });
  app = join(project, 'src/app');
  for (const [name, text] of Object.entries(sources)) await writeFile(join(app, name), text);
  await writeFile(join(app, 'downloads.ts'), (await readFile(join(app, 'downloads.ts'), 'utf8')) + recorder);
  // In CI the development server would not bundle the packages before, as it does for everyone else.
  const ownEnv = { ...env, CI: undefined, NG_CLI_ANALYTICS: 'false' };
  const options = ['serve', '--host', '127.0.0.1', '--port'];
  site = await serveByScript(project, { script: 'node_modules/@angular/cli/bin/ng.js', options, env: ownEnv });
});

after(async () => {
  await site?.close();
  await stage?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Changes a source of the app, as an editor does. */
async function edit(name, from, to) {
  const source = await readFile(join(app, name), 'utf8');
  assert.ok(source.includes(from), `${name} contains ${from}`);
  await writeFile(join(app, name), source.replace(from, to));
}

/** Opens the app, and downloads the first half of the weights. The rest arrives slowly: silence would end the connection. */
async function downloadHalf(name) {
  const visit = await openProject(stage, name, site.url);
  const { page, link } = visit;
  link.control.set({ stallAfter: HALF, match: '.onnx', origin: 'cdn' });
  await visit.goto();
  await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
  await startDownload(visit);
  await page.waitForFunction((half) => globalThis.downloads.getState('mood').bytesDownloaded > half, HALF);
  link.control.set({ stallAfter: null, bandwidth: SLOW });
  return visit;
}

/**
 * Waits until the component and the tag show bytes that arrived after an update, and checks what the update must leave as it is.
 *
 * @param {import('./start-page.js').Visit} visit
 * @param {string} what
 */
async function continues(visit, what) {
  const { page } = visit;
  const { bytesDownloaded } = await page.evaluate(() => globalThis.downloads.getState('mood'));
  assert.ok(bytesDownloaded > HALF, what);
  await page.waitForFunction((least) => {
    const shown = Number.parseInt(document.querySelector('output')?.textContent ?? '');
    const { progress } = globalThis.downloads.getState('mood');
    const bar = document.querySelector('model-progress-mini')?.shadowRoot?.querySelector('[role="progressbar"]');
    return shown > least && bar?.getAttribute('aria-valuenow') === String(Math.floor(progress));
  }, bytesDownloaded);
  const same = await page.evaluate(() => ({
    isSamePage: globalThis.isSamePage,
    calls: globalThis.calls.join(),
    attempt: globalThis.downloads.getState('mood').attempt,
  }));
  assert.deepEqual(same, { isSamePage: true, calls: 'connect', attempt: 0 }, what);
  assert.deepEqual(visit.ranges(), [null], what);
}

describe('the development server of Angular', () => {
  it('updates components in the page while a model downloads, which continues in the same object', async () => {
    const visit = await downloadHalf('angular-hot');
    const { page, link } = visit;
    await continues(visit, 'before a change');

    await edit('mood.html', ' bytes ', ' bytes were ');
    await page.getByText('bytes were received').waitFor();
    await continues(visit, 'after a change of the template');

    await edit('mood.css', 'rgb(1, 1, 1)', 'rgb(2, 2, 2)');
    await page.waitForFunction(() => getComputedStyle(document.querySelector('output')).color === 'rgb(2, 2, 2)');
    await continues(visit, 'after a change of the styles');

    await edit('app.ts', 'Version 1', 'Version 2');
    await page.getByText('Version 2').waitFor();
    await continues(visit, 'after a change of the component around it');

    link.control.set({ bandwidth: 0 });
    await page.getByText('The model is ready').waitFor();
    await page.locator('model-progress-mini').getByText('Ready to use', { exact: true }).waitFor();
    assert.deepEqual(visit.ranges(), [null], 'the weights were requested once, as a whole');
    assert.deepEqual(await page.evaluate(() => [globalThis.isSamePage, globalThis.calls.join()]), [true, 'connect']);
    await visit.close();
  });

  it('reloads the page after a change of the code of a component, which then completes the download', async () => {
    const visit = await downloadHalf('angular-reload');
    const { page, link } = visit;
    await edit('mood.ts', "label = 'received'", "label = 'arrived'");
    await page.getByText('arrived').waitFor();
    assert.equal(await page.evaluate(() => globalThis.isSamePage), undefined);
    link.control.set({ bandwidth: 0 });
    await page.getByRole('button', { name: 'Get the model' }).click();
    // A reload may cost the segment that is not complete.
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^(Resume|Download)$/ })
      .click();
    await page.getByText('The model is ready').waitFor();
    assert.equal(visit.ranges().length, 2);
    await visit.close();
  });
});
