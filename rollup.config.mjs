// Rollup bundles what tsc emitted, so that the files for a CDN hold exactly what was type-checked.
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { besideHashWorker } from './tools/beside-hash-worker.js';
import { compileAtOnce } from './tools/cdn/compile-at-once.js';
import { escapeChunks } from './tools/cdn/escape.js';
import { layersTogether } from './tools/cdn/layers-together.js';
import { minifyChunks } from './tools/cdn/minify.js';
import { minifyTemplates } from './tools/cdn/minify-templates.js';
import { sharedChunks } from './tools/cdn/shared-chunks.js';
import { licencesPlugin } from './tools/release/licences.js';

const input = { 'model-download': 'dist/cdn.js' };

/** The maps name the files of `dist`, which are published too. */
const output = { dir: 'dist/cdn', sourcemap: true, sourcemapExcludeSources: true, banner };

/** @param {{ moduleIds: string[] }} chunk */
function banner({ moduleIds }) {
  const hasOthers = moduleIds.some((id) => id.includes('node_modules'));
  return hasOthers ? '/*! See THIRD-PARTY-LICENSES */' : '';
}

/** Finds packages, without Lit's development build, keeps their licences, and shortens the templates. */
const resolve = [nodeResolve({ exportConditions: ['production', 'default'] }), licencesPlugin(), minifyTemplates];

/** TypeScript's decorator helper reads a `this` that modules do not have, and works without it. */
const onwarn = (warning, warn) => warning.code === 'THIS_IS_UNDEFINED' || warn(warning);

/**
 * What the engine shares with the rest stays in the entry, which so exports a few short names more; another file would cost
 * every visitor a second round trip.
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

/** What must not import anything later is one file, with the hash in it: in a service worker, or in an extension's background. */
const inOneFile = { ...shared, input: { worker: 'dist/adapters/worker.js' }, external: [] };

/** What is loaded on demand, by the name of the module that imports it. */
const chunkNames = {
  'prefetch-model': 'prefetch',
  'find-catalogue': 'languages',
  'find-storage-catalogue': 'storage-languages',
};

/** The words of a language, loaded by the pages that are in it. */
const catalogue = /^.*\/(i18n|model-storage)\/catalogues\/(?!en[.-])([\w-]+)\.js$/;

/** @param {{ facadeModuleId: string | null, name: string }} chunk */
function chunkFileNames({ facadeModuleId, name }) {
  const [, folder, words] = facadeModuleId?.match(catalogue) ?? [];
  if (words) return folder === 'i18n' ? `texts-${words}.js` : `storage-texts-${words}.js`;
  return `${chunkNames[name] ?? name}.js`;
}

/** @param {string} id */
const isPlain = (id) => catalogue.test(id);

/**
 * What the engine shares with the look at this device, and with a worker's page side, is one small chunk.
 */
const inDeviceChunk = new RegExp(
  String.raw`/(${[
    ...[
      'is-on-device',
      'absent-files',
      'large-entries',
      'model-files',
      'usable-size',
      'runtime-cache',
      'background-writes',
      'request-limits',
      'request-port',
      'find-room',
      'open-directory',
      'random-word',
      'content-length',
      'time-limit',
    ],
    ...[
      'classify-failure',
      'transient-status',
      'queue-slot',
      'progress-callers',
      'local-address',
      'major-version',
      'progress-info',
      'device-models',
      'check-preview',
      'has-room',
      'load-device-check',
      'last-use',
      'last-speed',
      'learn-plan',
      'store-variant',
    ],
  ].join('|')})\.js$`,
);

/** What the elements draw. `<model-storage>` needs a part of it, too, and another file would be another request. */
const inViewsChunk = new RegExp(
  String.raw`/(core/format|lit-html/directive|elements/(${[
    ...[
      'views',
      'shown-batch',
      'shown-download',
      'checked-values',
      'failure-codes',
      'parts/.+',
      String.raw`styles/(?!shell\.).+`,
      '(?!model-storage/).+-view',
    ],
    ...[
      'i18n/(count-of|phrases|catalogues/en|catalogues/en-failure)',
      'model-download-dialog/(dialog-.+|terms-slot)',
      String.raw`(?!styles/|model-storage/|.*/variant-).+\.styles`,
    ],
    ...['controllers/(connection|countdown|focus|modal|size-request)-controller', 'controllers/milestones'],
  ].join('|')}))\.js$`,
);

/** `<model-storage>` with its visible part, which the package loads one after the other, and its texts in English. */
const inStorageChunk =
  /\/(cdn-storage|define\/model-storage|protocol\/storage|elements\/model-storage\/(?!catalogues\/(?!en\.)|.*catalogues?\.).+)\.js$/;

/** @param {string} id */
function manualChunks(id) {
  if (inStorageChunk.test(id)) return 'storage-tag';
  if (inViewsChunk.test(id)) return 'views';
  return inDeviceChunk.test(id) ? 'device' : undefined;
}

/** The chunks that the module and the classic script share. */
const chunks = { format: /** @type {const} */ ('es'), chunkFileNames, manualChunks, onlyExplicitManualChunks: true };

/** In one file there is no other to start: a worker's address is one that cannot be resolved. */
const withoutFiles = {
  name: 'without-files',
  /** @param {string | null} property */
  resolveImportMeta: (property) => (property === 'url' ? '"data:,"' : 'undefined'),
};

/** The file with everything has ten languages: each other one would add 2 kB for every visitor. */
const tenLanguages = {
  name: 'ten-languages',
  /** @param {string} id */
  load(id) {
    const [, folder] = id.match(/\/(i18n|model-storage)\/more-catalogues\.js$/) ?? [];
    return folder ? `export const ${folder === 'i18n' ? 'MORE_CATALOGUES' : 'MORE_STORAGE_CATALOGUES'} = {};` : null;
  },
};

export default [
  {
    ...shared,
    output: { ...output, ...chunks, entryFileNames: '[name].js' },
    plugins: [resolve, besideHashWorker, sharedChunks({ isPlain }), minifyChunks(true), compileAtOnce],
  },
  {
    ...shared,
    output: { ...output, ...chunks, entryFileNames: '[name].iife.js' },
    plugins: [resolve, besideHashWorker, sharedChunks({ isPlain, classic: 'model-download.iife.js' }), minifyChunks(false), escapeChunks],
  },
  {
    ...inOneFile,
    input: { 'model-download.full': 'dist/cdn-full.js' },
    output: { ...output, format: 'iife', entryFileNames: '[name].iife.js', name: 'ModelDownload', inlineDynamicImports: true },
    plugins: [tenLanguages, resolve, layersTogether, withoutFiles, minifyChunks(false), escapeChunks],
  },
  // The worker's end of the bridge, each in one file: for module workers, and for `importScripts`.
  {
    ...inOneFile,
    output: { ...output, format: 'es', inlineDynamicImports: true },
    plugins: [resolve, layersTogether, besideHashWorker, minifyChunks(true)],
  },
  {
    ...inOneFile,
    // Of the two formats for classic scripts this one needs no document.
    output: { ...output, format: 'umd', entryFileNames: '[name].umd.js', name: 'ModelDownloadWorker', inlineDynamicImports: true },
    plugins: [resolve, layersTogether, besideHashWorker, minifyChunks(false), escapeChunks],
  },
  ...['hash-worker', 'hash-noble'].map((name) => ({
    input: { [name]: `dist/transfer/integrity/${name}.js` },
    output: { ...output, format: 'es' },
    plugins: [resolve, minifyChunks(true)],
  })),
  {
    input: { core: 'dist/core/index.js' },
    output: { ...output, format: 'es' },
    plugins: [resolve, minifyChunks(true)],
  },
];
