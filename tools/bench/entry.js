// How long a browser parses and runs the entry, beside the dialog and the progress bar of Web Awesome.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { minify } from 'rolldown/utils';
import { rollup } from 'rollup';
import { alternate, compare, median, ratio } from './rounds.js';
import { spread } from './words.js';

const root = join(import.meta.dirname, '../..');

/** How many times slower than this machine the page is. */
const slowdown = 4;

/** A run takes less than a tenth of a second, so more of them are measured than of a download. */
const runsPerRound = 6;

const budget = 0.45;

/** @type {import('./measures.js').Measure} */
export async function entry(lab, rounds) {
  const sides = { ours: await readFile(join(root, 'dist/cdn/model-download.js'), 'utf8'), webAwesome: await bundleWebAwesome() };
  const { ours, webAwesome } = await lab.inPage('', (page) => {
    const run = (/** @type {string} */ code) => () => timeToRun(page.context(), code);
    return alternate(runsPerRound * rounds, { ours: run(sides.ours), webAwesome: run(sides.webAwesome) });
  });
  const ratios = compare(ours, webAwesome, ratio);
  const rows = [[milliseconds(ours), milliseconds(webAwesome), spread(ratios, 2), `at most ${budget}`]];
  const breaches =
    ratios.median <= budget ? [] : [`The entry takes ${ratios.median.toFixed(2)} times as long as Web Awesome, more than ${budget}`];
  const title = `Parse and run, CPU ${slowdown} times slower: our entry beside the dialog and progress bar of Web Awesome`;
  return { title, head: ['ours', 'Web Awesome', 'ratio', 'budget'], rows, breaches };
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
 * Milliseconds from a module's text to the end of its evaluation, in a new page without a network request.
 *
 * @param {import('playwright-core').BrowserContext} context
 * @param {string} code
 */
async function timeToRun(context, code) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  const took = await page.evaluate(async (text) => {
    const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    const began = performance.now();
    await import(address);
    return performance.now() - began;
  }, code);
  await page.close();
  return took;
}

/** @param {readonly number[]} times */
const milliseconds = (times) => `${median(times).toFixed(1)} ms`;
