import { VERSION as rollup } from 'rollup';
import { version as vite } from 'vite';
import { table } from '../bench/words.js';
import { bundlers } from './bundlers.js';

/**
 * @typedef {{ name: string, bytes: readonly number[], styles: number, versions: readonly string[] }} Row
 *   `bytes` has a number for each bundler.
 * @typedef {{ file: string, content: string, bytes: number }} CdnFile
 */

/** @param {number} bytes */
const kilobytes = (bytes) => (bytes / 1_000).toFixed(1);

const names = Object.keys(bundlers);

/** @param {readonly Row[]} rows */
const oursTable = (rows) =>
  table(
    ['import', ...names],
    rows.map(({ name, bytes }) => [name, ...bytes.map(kilobytes)]),
  );

/** @param {readonly Row[]} rows */
const peersTable = (rows) =>
  table(
    ['components', ...names, 'style sheets', 'versions'],
    rows.map(({ name, bytes, styles, versions }) => [
      name,
      ...bytes.map(kilobytes),
      styles ? `+ ${kilobytes(styles)}` : '',
      versions.map((version) => `\`${version.replace(/ (?=[^ ]+$)/, '@')}\``).join(', '),
    ]),
  );

/** @param {readonly CdnFile[]} files */
const cdnTable = (files) =>
  table(
    ['file', 'content', 'kB'],
    // A tag outside of code would be an element of the page.
    files.map(({ file, content, bytes }) => [`\`${file}\``, content.replace(/<[\w-]+>/g, '`$&`'), kilobytes(bytes)]),
  );

/**
 * The page docs/sizes.md.
 *
 * @param {{ ours: readonly Row[], peers: readonly Row[], cdn: readonly CdnFile[], tools: readonly string[] }} figures
 */
export function renderPage({ ours, peers, cdn, tools }) {
  return `# Sizes

What a page loads, in kB (1,000 bytes), compressed with gzip −9. Each file counts on its own, as a server sends it.

\`npm run sizes\` measures everything on this page in one run and writes it. The command installs the other packages and two
of the bundlers into a temporary folder, with the exact versions of \`tools/sizes/package.json\`; \`npm ci\` of this project does
not install them. Tools: ${[`rollup ${rollup}`, `vite ${vite}`, ...tools].join(', ')}.

## By import

The entry of the package has the tags and \`ModelDownloads\`. What the tags draw is imported when a dialog opens or a download
starts, and so is the engine, which downloads and loads models ([An entry and an engine](decisions/entry-and-engine.md)).

${oursTable(ours)}

## Files for a CDN

The module and the classic script load the same chunks.

${cdnTable(cdn)}

## Before the user agrees

Three moments decide what a page loads. No weights of a model are requested before the third.

1. **The page opens.** It loads the entry, and nothing from a hub. Some pages load more files of this package:
   - \`languages.js\` and \`texts-….js\`, if the page is in another language than English;
   - \`storage-tag.js\` and \`page-storage.js\`, with \`<model-storage>\`, and \`storage-languages.js\` and \`storage-texts-….js\` for its
     texts in another language;
   - \`page-effects.js\`, with the option \`notifications\` or \`wakeLock\`;
   - \`connect-worker.js\`, with a worker;
   - \`device.js\`, if the files of a model are known from its definition or an earlier load;
   - \`views.js\`, if an unfinished download is restored.
2. **A dialog opens, or the page calls \`estimate()\`.** \`engine.js\` and \`device.js\` are loaded, and \`views.js\` for a dialog.
   A model of Transformers.js needs more for its size: Transformers.js itself, the hub's listing, small files such as
   \`config.json\`, and one byte of the ONNX Runtime ([Estimate](plan.md#estimate-before-a-download)).
3. **The user presses Download, or the page calls \`load()\` or \`prefetch()\`.** The files of the model and of the runtime are
   requested. \`hash-worker.js\` is loaded for a file whose hash is known or whose bytes are stored, and \`prefetch.js\` for a prefetch.

A page that must not contact the hub before the user agrees refuses the estimate. The dialog then shows an unknown size:

\`\`\`js
document.addEventListener('model-download-estimate-request', (event) => event.preventDefault());
\`\`\`

\`model-download.full.iife.js\` has all of these files in it, with the texts of ten languages, and makes the same requests to other
servers at the same moments.

## Other packages

The same bundlers, in the same run. These packages have other features, so the figures show an order of magnitude and not which
one is better. The style sheets are those that a page needs besides the components; ours are part of the code.

${peersTable(peers)}
`;
}
