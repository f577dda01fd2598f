/**
 * The files that `node tools/test/run.js --sample <folder>` runs: a few of each suite that is too long for `.ci/run`.
 * Their environment has `SAMPLE=1`. `npm run test:all` runs all files.
 */
export const sample = [
  'test/docs/architecture.test.js',
  'test/docs/readme.test.js',
  'test/docs/reference.test.js',
  'test/docs/samples.test.js',
  'test/docs/versions.test.js',
  'test/docs/why.test.js',
  'test/e2e/accessibility/elements.test.js',
  'test/e2e/bindings/apps.test.js',
  'test/e2e/bundler/vite.test.js',
  'test/e2e/csp/blocked.test.js',
  'test/e2e/demo/story.test.js',
  'test/e2e/loads/node.test.js',
  'test/e2e/plan/rule.test.js',
  'test/e2e/runtimes/response.test.js',
  'test/e2e/ssr/hydration.test.js',
  'test/links/connection.test.js',
  'test/links/tabs.test.js',
  'test/frameworks/readme.test.js',
];
