// A project of Angular's start page with server rendering: one route is rendered by the build, one by the server for each request.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { newerNode, serveByScript } from './project-server.js';
import { downloadOverCut, openProject } from './start-page.js';
import { makeProject, runScript } from './start-project.js';
import { openStage } from './stage.js';
import { makeTarballs } from './tarballs.js';

/** Each part of Angular is installed in this version: the newest server rendering may be older than the newest core, which it refuses. */
const CLI = '@angular/cli@22.2.0';
const VERSION = CLI.split('@').at(-1);

const ng = 'node_modules/@angular/cli/bin/ng.js';

/** The start page, with server rendering and fixed versions. It is built later. */
const commands = {
  'npx @angular/cli@latest new my-app --defaults --skip-git': `npx --yes ${CLI} new my-app --defaults --skip-git --ssr --skip-install`,
  'cd my-app': `cd my-app\nsed -i -E 's#("@angular/[a-z-]+": ")[^"]+#\\1${VERSION}#' package.json`,
  'npm run build': ':',
};

const routes = `
  import { Routes } from '@angular/router';
  export const routes: Routes = [{ path: '', children: [] }, { path: 'live', children: [] }];`;

const serverRoutes = `
  import { RenderMode, ServerRoute } from '@angular/ssr';
  export const serverRoutes: ServerRoute[] = [
    { path: 'live', renderMode: RenderMode.Server },
    { path: '**', renderMode: RenderMode.Prerender },
  ];`;

/** Shows the state in the template of the start page. */
const output = "<output>{{ mood.state().status }}, {{ mood.aggregate()?.totalFiles ?? 'unknown' }} files</output>";
const IDLE = '<output>idle, unknown files</output>';

/** Messages of the console without a fault: Chromium reports the cut. A file that is missing fails the test when the page is closed. */
const ignored = /^(Lit is in dev mode|Failed to load resource)/;

const builds = [
  { configuration: 'production', hydrates: [] },
  // This one compares the nodes of the server with those of the page, and reports the result.
  { configuration: 'development', hydrates: ['Angular hydrated 1 component(s)'] },
];

let stage;
let folder;
let project;
let requests;
let env;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'model-download-angular-'));
  requests = join(folder, 'requests.log');
  const [opened, tarballs, node] = await Promise.all([openStage(), makeTarballs(folder), newerNode(folder)]);
  stage = opened;
  project = await makeProject('angular', { dir: folder, tarballs, commands, env: node });
  const app = join(project, 'src/app');
  const source = await readFile(join(app, 'app.ts'), 'utf8');
  await writeFile(join(app, 'app.ts'), source.replace('template: `', `template: \`${output}`));
  await writeFile(join(app, 'app.routes.ts'), routes);
  await writeFile(join(app, 'app.routes.server.ts'), serverRoutes);
  // The tarball of Transformers.js is without the packages that it uses on a server, where nothing loads it.
  await runScript(`node ${ng} config projects.my-app.architect.build.options.externalDependencies '["sharp"]'`, project, node);
  const logger = pathToFileURL(join(import.meta.dirname, 'log-requests.js')).href;
  // Angular refuses to answer under a name that it does not know.
  env = { ...node, NODE_OPTIONS: `--import ${logger}`, REQUEST_LOG: requests, NG_ALLOWED_HOSTS: '127.0.0.1' };
});

after(async () => {
  await stage?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

describe('a project of Angular with server rendering', () => {
  for (const { configuration, hydrates } of builds) {
    it(`renders an idle download, hydrates it and downloads a model, with the ${configuration} build`, async () => {
      await runScript(`node ${ng} build --configuration ${configuration} --output-path dist/${configuration}`, project, env);
      const dist = `dist/${configuration}`;
      assert.ok((await readFile(join(project, dist, 'browser/index.html'), 'utf8')).includes(IDLE));
      const site = await serveByScript(project, { script: `${dist}/server/server.mjs`, env });
      try {
        for (const [path, context] of [
          ['', 'ssg'],
          ['live', 'ssr'],
        ]) {
          const html = await (await fetch(site.url + path)).text();
          assert.ok(html.includes(IDLE) && html.includes(`ng-server-context="${context}"`), html);
          await hydrate(`angular-${configuration}-${context}`, site.url + path, hydrates);
        }
      } finally {
        await site.close();
      }
      await sendsNothing();
    });
  }
});

/** No process of Node has sent a request: not the build, and not the server. */
async function sendsNothing() {
  const lines = (await readFile(requests, 'utf8')).trim().split('\n');
  const [starts, sent] = [lines.filter((line) => line.startsWith('started ')), lines.filter((line) => !line.startsWith('started '))];
  assert.ok(starts.some((line) => line.endsWith('ng.js')) && starts.some((line) => line.endsWith('server.mjs')), starts.join('\n'));
  assert.deepEqual(sent, []);
}

/**
 * Opens a page, which must use the nodes of the server and complain about nothing, and downloads its model.
 *
 * @param {string} name Another for each page.
 * @param {string} url
 * @param {string[]} expected Parts of the messages about the hydration.
 */
async function hydrate(name, url, expected) {
  const visit = await openProject(stage, name, url);
  const { page } = visit;
  /** @type {string[]} */
  const reports = [];
  page.on('console', (message) => {
    const isComplaint = ['error', 'warning'].includes(message.type()) && !ignored.test(message.text());
    if (isComplaint || /NG0\d+|hydrat/i.test(message.text())) reports.push(message.text());
  });
  await page.addInitScript(() => {
    // Before the scripts of modules run.
    document.addEventListener('readystatechange', () => {
      if (document.readyState !== 'interactive') return;
      for (const element of document.querySelectorAll('app-root *')) Object.assign(element, { isOfServer: true });
    });
  });
  await visit.goto();
  await page.waitForFunction(() => !document.querySelector('app-root[ngh]'));
  const tags = await page
    .locator('app-root > *')
    .evaluateAll((elements) => elements.filter((element) => 'isOfServer' in element).map(({ localName }) => localName));
  assert.deepEqual(tags, ['output', 'button', 'model-progress-mini', 'model-download-dialog']);
  await downloadOverCut(visit);
  assert.equal(reports.length, expected.length, reports.join('\n'));
  for (const [index, part] of expected.entries()) assert.ok(reports[index]?.includes(part), reports[index]);
  await visit.close();
}
