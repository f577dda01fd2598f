// An app that Vite has built with the packed package: both ways to start a worker in bundlers, with a real model in it.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { join } from 'node:path';
import { createHub } from '../../../demo/hub/create-hub.js';
import { ensureModels } from '../../../demo/models/ensure-models.js';
import { launch, openPage } from '../demo/chromium.js';
import { cutWhenRead } from '../../links/cut-when-read.js';
import { serveBuiltApp } from './build-app.js';

let hub;
let app;
let browser;
let visit;

before(async () => {
  const modelsDir = join(import.meta.dirname, '../../../.models');
  await ensureModels({ dir: modelsDir });
  hub = await createHub({ modelsDir });
  app = await serveBuiltApp(hub.url);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await app?.close();
  await hub?.close();
});

beforeEach(async () => {
  hub.control.reset();
  hub.log.clear();
  visit = await openPage(browser);
});

afterEach(async () => {
  assert.deepEqual(visit.errors, []);
  await visit.close();
});

describe('a worker that Vite has bundled', () => {
  for (const [start, code] of [
    ['url', 'new Worker(new URL(…))'],
    ['import', 'import … from “…?worker”'],
  ]) {
    it(`downloads over a broken connection, checks and runs a model when it is started by ${code}`, async () => {
      const { page } = visit;
      const workers = new Set();
      page.on('worker', (worker) => workers.add(new URL(worker.url()).pathname.replace(/-[\w-]{8}\.js$/, '')));
      const begin = () => page.goto(`${app.url}?start=${start}`);
      await cutWhenRead({ page, control: hub.control, bytes: 800_000, match: '.onnx', start: begin });
      await page.getByText('Nice to meet you.').waitFor();

      const answers = hub.log.since().filter(({ file, range }) => file?.endsWith('.onnx') && range !== 'bytes=0-0');
      const ranges = answers.filter(({ origin }) => origin === 'cdn').map(({ range }) => range);
      assert.equal(ranges.length, 2);
      assert.match(ranges[1] ?? '', /^bytes=[1-9]\d*-$/);
      // A body in two pieces has its hash computed, in a worker that the bundler has found inside the package.
      assert.deepEqual([...workers].sort(), ['/assets/hash-worker', '/assets/model-worker']);
    });
  }
});
