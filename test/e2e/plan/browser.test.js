// The same in a browser, where the weights default to another format: real loads in Chromium.
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import sirv from 'sirv';
import { launch, PATIENCE } from '../demo/chromium.js';
import { withRepositories } from './check-loads.js';
import { loads, repositories } from './loads.js';

/** Loads that name no format, or leave it to the config, and some that do. */
const chosen = loads.filter(({ model, options = {} }) => {
  const { device, ...others } = options;
  if (device) return false;
  if (model.startsWith('own-')) return true;
  return (
    ['bert', 't5', 'whisper', 'clip', 'captions', 'gemma3', 'smolvlm'].includes(model) &&
    !('subfolder' in others) &&
    !('revision' in others)
  );
});

describe('selectFiles in Chromium', () => {
  let browser;
  let server;
  let origin;

  before(async () => {
    const files = sirv(join(import.meta.dirname, '../../..'), { dev: true });
    server = createServer((request, response) => files(request, response, () => void response.end('<!doctype html><title>Loads</title>')));
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
    browser = await launch();
  });

  after(async () => {
    await browser.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const loadAll = async (version, requests) => {
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE);
    await page.goto(`${origin}/page`);
    return page.evaluate(
      async ([version, requests]) => {
        const { importTransformers } = await import('/demo/site/transformers.js');
        const { env, pipeline } = await importTransformers(version, '');
        const results = [];
        for (const { remoteHost, task, model, options } of requests) {
          env.remoteHost = remoteHost;
          const loading = pipeline(task, model, options).then(() => 'loaded');
          results.push(await loading.catch((error) => String(error?.stack ?? error)));
        }
        return results;
      },
      [version, requests],
    );
  };

  const check = withRepositories(repositories, { loadAll, inBrowser: true });
  for (const version of [2, 3, 4]) {
    describe(`with Transformers.js ${version}`, () =>
      check(
        version,
        chosen.filter(({ versions }) => versions?.includes(version) ?? true),
      ));
  }
});
