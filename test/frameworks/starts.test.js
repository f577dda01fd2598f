// The start pages whose projects take minutes: `npm run test:frameworks`. Each is created from its page's own samples.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { newerNode, serveByScript } from './project-server.js';
import { makeProject } from './start-project.js';
import { downloadFrom } from './start-page.js';
import { openStage, serveFolder } from './stage.js';
import { makeTarballs } from './tarballs.js';

/** A page, a part of it, and the server of its project: a folder of files, or a script for Node. */
const projects = [
  { page: 'bundler', section: 'webpack', files: 'dist' },
  { page: 'bundler', section: 'Parcel', files: 'dist' },
  { page: 'bundler', section: 'esbuild', files: 'dist' },
  { page: 'bundler', section: 'Rollup', files: 'dist' },
  { page: 'next', script: 'node_modules/next/dist/bin/next', options: ['start'] },
  { page: 'nuxt', script: '.output/server/index.mjs' },
  { page: 'sveltekit', script: 'node_modules/vite/bin/vite.js', options: ['preview', '--strictPort', '--host', '127.0.0.1', '--port'] },
  { page: 'astro', files: 'dist' },
  { page: 'angular', files: 'dist/my-app/browser' },
];

let stage;
let folder;
let tarballs;
let env;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'model-download-starts-'));
  [stage, tarballs, env] = await Promise.all([openStage(), makeTarballs(folder), newerNode(folder)]);
});

after(async () => {
  await stage?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

describe('a project of the start page for', () => {
  for (const { page, section, files, script, options } of projects) {
    const name = section ?? page;
    it(`${name} builds, and downloads a model over a broken connection`, async () => {
      const dir = join(folder, name);
      await mkdir(dir);
      const project = await makeProject(page, { dir, tarballs, section, env });
      const site = files ? await serveFolder(join(project, files)) : await serveByScript(project, { script, options, env });
      try {
        await downloadFrom(stage, name, site.url);
      } finally {
        await site.close();
        await rm(dir, { recursive: true, force: true, maxRetries: 5 });
      }
    });
  }
});
