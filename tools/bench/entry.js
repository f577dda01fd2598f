// How long a browser parses and runs the entry, beside the dialog and the progress bar of Web Awesome.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { minify } from 'rolldown/utils';
import { rollup } from 'rollup';
import { alternate, median } from './rounds.js';

const root = join(import.meta.dirname, '../..');

/** How many times slower than this machine the page is. */
const slowdown = 4;

/** A run takes less than a tenth of a second, so more of them are measured than of a download. */
const runsPerRound = 6;

const budget = 0.45;

/** @type {import('./measures.js').Measure} */
export async function entry(lab, rounds) {
  const code = await readFile(join(root, 'dist/cdn/model-download.js'), 'utf8');
  const components = await bundleWebAwesome();
  const { empty, ours, webAwesome } = await lab.inPage('', (page) => {
    const run = (/** @type {string} */ text) => () => timeToRun(page.context(), text);
    return alternate(runsPerRound * rounds, { empty: run('export {};'), ours: run(code), webAwesome: run(components) });
  });
  // Every import has a cost that does not depend on the module.
  const above = (/** @type {readonly number[]} */ times) => median(times) - median(empty);
  const found = above(ours) / above(webAwesome);
  const rows = [[...[empty, ours, webAwesome].map(milliseconds), found.toFixed(2), `at most ${budget}`]];
  const breaches = found <= budget ? [] : [`The entry takes ${found.toFixed(2)} times as long as Web Awesome, more than ${budget}`];
  const title = `Parse and run, CPU ${slowdown} times slower: our entry beside the dialog and progress bar of Web Awesome`;
  return { title, head: ['an empty module', 'ours', 'Web Awesome', 'ratio above empty', 'budget'], rows, breaches };
}

/** The dialog and the progress bar in one minified module. */
async function bundleWebAwesome() {
  const input = '\0components';
  const component = (/** @type {string} */ name) => `import '@awesome.me/webawesome/dist/components/${name}/${name}.js';`;
  const bundle = await rollup({
    input,
    onwarn: () => undefined,
    plugins: [
      {
        name: 'components',
        resolveId: (id) => (id === input ? id : null),
        load: (id) => (id === input ? component('dialog') + component('progress-bar') : null),
      },
      nodeResolve({ rootDir: root, exportConditions: ['production', 'default'] }),
    ],
  });
  const { output } = await bundle.generate({ format: 'es', inlineDynamicImports: true });
  await bundle.close();
  const { code } = await minify('components.js', output[0].code, { module: true, compress: { target: 'es2022' }, mangle: true });
  return code;
}

/**
 * Milliseconds of the main thread from a module's text to the end of its evaluation, in a new page without a network request.
 * Other work of the machine does not count.
 *
 * @param {import('playwright-core').BrowserContext} context
 * @param {string} code
 */
async function timeToRun(context, code) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  const tasks = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN);
  };
  const address = await page.evaluate((text) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' })), code);
  const before = await tasks();
  await page.evaluate((module) => import(module).then(() => undefined), address);
  const took = (await tasks()) - before;
  await page.close();
  return took;
}

/** @param {readonly number[]} times */
const milliseconds = (times) => `${median(times).toFixed(1)} ms`;
