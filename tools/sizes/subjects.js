// What is measured: our imports, and the components of other packages that a page could use in their place.

/**
 * @typedef {{
 *   name: string,
 *   code: string,
 *   packages: readonly string[],
 *   styles?: readonly string[],
 *   chunks?: RegExp,
 * }} Subject
 *   `code` is the module that an app imports; `packages` are those whose versions the table names; `styles` are the style
 *   sheets that the components need beside their code; `chunks` finds a module of each dynamic import that is measured too.
 */

/** A module of each chunk that every download of Transformers.js loads. Hashing has a row of its own. */
const download = /\/(model\/local-download|model\/device\/is-on-device|model-download-dialog\/dialog-view)\.js$/;

/** @type {readonly Subject[]} */
export const ours = [
  {
    name: 'The tags and `ModelDownloads`, before a download',
    code: `import 'model-download/define';\nexport { ModelDownloads } from 'model-download';`,
    packages: [],
  },
  {
    name: 'The same, with all that a download of Transformers.js loads, except hashing',
    code: `import 'model-download/define';\nexport { ModelDownloads } from 'model-download';`,
    packages: [],
    chunks: download,
  },
  { name: 'The three tags without a manager', code: `import 'model-download/define';`, packages: [] },
  { name: '`<model-progress-mini>` alone', code: `import 'model-download/define/model-progress-mini';`, packages: [] },
  { name: '`model-download/core`, all names', code: `export * from 'model-download/core';`, packages: [] },
  {
    name: '`createDownloadFetch` without hashing',
    code: `export { createDownloadFetch } from 'model-download/transfer';`,
    packages: [],
  },
];

/** @type {readonly Subject[]} */
export const peers = [
  {
    name: 'Web Awesome, dialog and progress bar',
    code: `import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import '@awesome.me/webawesome/dist/components/progress-bar/progress-bar.js';`,
    packages: ['@awesome.me/webawesome'],
    styles: ['@awesome.me/webawesome/dist/styles/themes/default.css'],
  },
  {
    name: 'Shoelace, dialog and progress bar',
    code: `import '@shoelace-style/shoelace/dist/components/dialog/dialog.js';
import '@shoelace-style/shoelace/dist/components/progress-bar/progress-bar.js';`,
    packages: ['@shoelace-style/shoelace'],
    styles: ['@shoelace-style/shoelace/dist/themes/light.css'],
  },
  {
    name: 'Material Web, dialog and linear progress',
    code: `import '@material/web/dialog/dialog.js';\nimport '@material/web/progress/linear-progress.js';`,
    packages: ['@material/web'],
  },
  {
    name: 'Uppy, core and status bar',
    code: `export { default as Uppy } from '@uppy/core';\nexport { default as StatusBar } from '@uppy/status-bar';`,
    packages: ['@uppy/core', '@uppy/status-bar'],
    styles: ['@uppy/core/dist/style.min.css', '@uppy/status-bar/dist/style.min.css'],
  },
  {
    name: 'FilePond',
    code: `export { create } from 'filepond';`,
    packages: ['filepond'],
    styles: ['filepond/dist/filepond.min.css'],
  },
  { name: 'tus', code: `export { Upload } from 'tus-js-client';`, packages: ['tus-js-client'] },
  {
    name: 'Radix `Progress` with React',
    code: `export { createElement } from 'react';
export { createRoot } from 'react-dom/client';
export { Root, Indicator } from '@radix-ui/react-progress';`,
    packages: ['@radix-ui/react-progress', 'react', 'react-dom'],
  },
];
