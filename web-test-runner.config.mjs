import { join } from 'node:path';
import { createHub } from './demo/hub/create-hub.js';
import { ensureModels } from './demo/models/ensure-models.js';
import { launchers } from './tools/browsers/launchers.js';

const modelsDir = join(import.meta.dirname, '.models');

/** Runs the local hub beside the tests and tells them its address as `/hub.json`. */
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

const browsers = await launchers();

export default {
  files: process.env.FILES ?? 'build/test/**/*.test.js',
  nodeResolve: { exportConditions: ['production', 'default'] },
  browsers,
  concurrentBrowsers: 3,
  concurrency: 1,
  plugins: [hubPlugin()],
  coverage: (process.env.BROWSERS ?? 'chromium').includes('chromium'),
  coverageConfig: {
    include: ['src/**/*.ts', 'dist/**/*.js'],
    exclude: ['dist/cdn/**'],
    reporters: ['lcovonly', 'text-summary'],
  },
  testFramework: { config: { timeout: 60_000 } },
  testsFinishTimeout: 300_000,
};
