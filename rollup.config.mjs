// Rollup bundles what tsc emitted, so that the files for a CDN hold exactly what was type-checked.
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';

const input = 'dist/cdn.js';
const output = { sourcemap: true };

/** Without the production condition the bundle would hold Lit's development build. */
const resolve = nodeResolve({ exportConditions: ['production', 'default'] });

/** @param {boolean} module Whether the output is a module, whose top-level names may be shortened too. */
const minify = (module) => terser({ ecma: 2020, module, compress: { passes: 2 }, format: { comments: /@license/ } });

/** TypeScript's decorator helper asks for a `this` that modules do not have, and does without. */
const onwarn = (warning, warn) => warning.code === 'THIS_IS_UNDEFINED' || warn(warning);

export default [
  {
    input,
    onwarn,
    output: { ...output, file: 'dist/cdn/model-download.js', format: 'es' },
    plugins: [resolve, minify(true)],
  },
  {
    input,
    onwarn,
    output: { ...output, file: 'dist/cdn/model-download.iife.js', format: 'iife', name: 'ModelDownload' },
    plugins: [resolve, minify(false)],
  },
  // Nobody is served this one: its size is what an app pays for the core.
  {
    input: 'dist/core/index.js',
    output: { file: 'build/size/core.js', format: 'es' },
    plugins: [minify(true)],
  },
];
