import { join } from 'node:path';
import sirv from 'sirv';
import { createHub } from './demo/hub/create-hub.js';
import { ensureModels } from './demo/models/ensure-models.js';
import { freePort } from './tools/browsers/free-port.js';
import { launchers } from './tools/browsers/launchers.js';

const browsers = await launchers();
const modelsDir = join(import.meta.dirname, '.models');

/** Runs the local hub beside the tests and serves its address as `/hub.json`. */
function hubPlugin() {
  let hub;
  return {
    name: 'hub',
    async serverStart() {
      await ensureModels({ dir: modelsDir, log() {} });
      hub = await createHub({ modelsDir });
    },
    serve({ path }) {
      if (path === '/hub.json') return { body: JSON.stringify({ hubUrl: hub.url }), type: 'json' };
    },
    serverStop: () => hub?.close(),
  };
}

/** Serves the runtimes unchanged: the imports of their glue code for Node do not resolve in a page. */
function rawRuntimes() {
  const folders = ['@xenova/transformers', 'transformers-v3', 'transformers-v4'];
  const serve = sirv(join(import.meta.dirname, 'node_modules'), { dev: true });
  return (context, next) => {
    const prefix = '/node_modules/';
    if (!folders.some((folder) => context.path.startsWith(`${prefix}${folder}/`))) return next();
    context.respond = false;
    context.req.url = context.url.slice(prefix.length - 1);
    serve(context.req, context.res, () => context.res.writeHead(404).end());
  };
}

export default {
  // The rest needs no browser (core and most of transfer, which mocha runs) or takes long (e2e): `test:engines`, `test:browser:all`.
  files: process.env.FILES ?? 'build/test/{!(core|e2e|transfer),transfer/browser}/**/*.test.js',
  port: await freePort(),
  nodeResolve: { exportConditions: ['production', 'default'] },
  browsers,
  concurrentBrowsers: 3,
  concurrency: 1,
  plugins: [hubPlugin()],
  middleware: [rawRuntimes()],
  // It costs Chromium a fifth of its time, so it is off by default.
  coverage: process.env.COVERAGE !== undefined,
  coverageConfig: {
    include: ['src/**/*.ts', 'dist/**/*.js'],
    // The tests of catalogues call each text in Node.
    exclude: ['dist/cdn/**', '{dist,src}/elements/*/catalogues/**'],
    reporters: ['lcovonly', 'text-summary'],
    // A little below what `npm run test:coverage:browser` measures.
    threshold: { statements: 97, branches: 91, functions: 91, lines: 97 },
  },
  // A busy machine with three engines takes long: the limits end only what hangs.
  testFramework: { config: { timeout: 180_000 } },
  testsFinishTimeout: 900_000,
  browserStartTimeout: 180_000,
};
