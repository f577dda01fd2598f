// Rollup bundles what tsc emitted, so that the files for a CDN hold exactly what was type-checked.
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { besideHashWorker } from './tools/beside-hash-worker.js';
import { licencesPlugin } from './tools/release/licences.js';

const input = { 'model-download': 'dist/cdn.js' };

/** The maps name the files of `dist`, which are published too. */
const output = { dir: 'dist/cdn', sourcemap: true, sourcemapExcludeSources: true, banner };

/** @param {{ moduleIds: string[] }} chunk */
function banner({ moduleIds }) {
  const hasOthers = moduleIds.some((id) => id.includes('node_modules'));
  return hasOthers ? '/*! Licences of what is bundled: THIRD-PARTY-LICENSES, beside this file. */' : '';
}

/** Finds packages, without Lit's development build, and keeps their licences. */
const resolve = [nodeResolve({ exportConditions: ['production', 'default'] }), licencesPlugin(), besideHashWorker];

/** @param {boolean} module Whether the output is a module, whose top-level names may be shortened too. */
const minify = (module) => terser({ ecma: 2020, module, compress: { passes: 2 }, format: { comments: /THIRD-PARTY-LICENSES/ } });

/** TypeScript's decorator helper asks for a `this` that modules do not have, and does without. */
const onwarn = (warning, warn) => warning.code === 'THIS_IS_UNDEFINED' || warn(warning);

/**
 * What the transfer layer shares with the rest stays in the entry, which so exports a few short
 * names more; another file would cost every visitor a second round trip.
 */
const preserveEntrySignatures = 'allow-extension';

/** The hash and its libraries are files of their own beside the bundles: a worker, or loaded where none can be started. */
const shared = {
  input,
  onwarn,
  preserveEntrySignatures,
  external: ['./hash-worker.js', './hash-noble.js'],
  makeAbsoluteExternalsRelative: false,
};

/** A service worker, and an extension's background, must not import anything later: what runs there is one file, with the hash in it. */
const inOneFile = { ...shared, input: { worker: 'dist/adapters/worker.js' }, external: [] };

/**
 * What is loaded on demand, by the module that asks for it: the transfer layer with the first
 * download, what finds a plan beside it, and a prefetch or a worker where a page wants one.
 */
const chunkNames = {
  'transfer/internal.js': 'transfer.js',
  'plan/find-plan.js': 'plan.js',
  'transformers/prefetch-model.js': 'prefetch.js',
  'device/device-files.js': 'device.js',
  'worker/page/worker-link.js': 'connect-worker.js',
};

/** The words of a language, loaded by the pages that are in it. */
const catalogue = /^.*\/catalogues\/(?!en\.)([\w-]+)\.js$/;

/** @param {{ facadeModuleId: string | null }} chunk */
function chunkFileNames({ facadeModuleId }) {
  const named = Object.entries(chunkNames).find(([module]) => facadeModuleId?.endsWith(module))?.[1];
  return named ?? facadeModuleId?.match(catalogue)?.[0].replace(catalogue, 'texts-$1.js') ?? '[name].js';
}

/**
 * What a classic script loads on demand lies beside it in files of its own: a module cannot be inside.
 *
 * Its address has to be told in whole, since in a script of another origin a relative one leads nowhere. A
 * package host's short form names the package and no file in it.
 */
const besideClassicScript = {
  name: 'beside-classic-script',
  /** @param {string} property */
  resolveImportMeta: (property) => (property === 'url' ? 'scriptAddress' : null),
  /** @param {{ moduleId: string }} importer */
  renderDynamicImport: ({ moduleId }) =>
    /(load-catalogue|local-hasher)\.js$/.test(moduleId) ? { left: 'import(new URL(', right: ', scriptAddress).href)' } : null,
};

const scriptAddress = `
var scriptAddress = typeof document === 'undefined' ? '' : (document.currentScript?.src || document.baseURI);
if (/\\/model-download(@[^/]+)?\\/?$/.test(scriptAddress)) scriptAddress = scriptAddress.replace(/\\/?$/, '/dist/cdn/');
`;

export default [
  {
    ...shared,
    output: { ...output, format: 'es', entryFileNames: '[name].js', chunkFileNames },
    plugins: [resolve, minify(true)],
  },
  {
    ...shared,
    external: [...shared.external, catalogue],
    output: {
      ...output,
      format: 'iife',
      entryFileNames: '[name].iife.js',
      name: 'ModelDownload',
      inlineDynamicImports: true,
      intro: scriptAddress,
      paths: (id) => id.replace(catalogue, './texts-$1.js'),
    },
    plugins: [resolve, besideClassicScript, minify(false)],
  },
  // The worker's end of the bridge, each in one file: for module workers, and for `importScripts`.
  {
    ...inOneFile,
    output: { ...output, format: 'es', inlineDynamicImports: true },
    plugins: [resolve, minify(true)],
  },
  {
    ...inOneFile,
    // Of the two formats for classic scripts this one asks for no document.
    output: { ...output, format: 'umd', entryFileNames: '[name].umd.js', name: 'ModelDownloadWorker', inlineDynamicImports: true },
    plugins: [resolve, minify(false)],
  },
  ...['hash-worker', 'hash-noble'].map((name) => ({
    input: { [name]: `dist/transfer/integrity/${name}.js` },
    output: { ...output, format: 'es' },
    plugins: [resolve, minify(true)],
  })),
  // No page loads this file: its size is what an app pays for the core.
  {
    input: 'dist/core/index.js',
    output: { file: 'build/size/core.js', format: 'es' },
    plugins: [minify(true)],
  },
];
