// The measurements as text: a line for the terminal, and docs/harmless.md, which also stores them.

/**
 * @typedef {object} Result
 * @property {import('./rows/row.js').Row} row
 * @property {number} version
 * @property {import('./measure.js').Visit[]} plain
 * @property {import('./measure.js').Visit[]} ours
 * @property {string[]} wrong
 *
 * @typedef {object} Entry One line of the table.
 * @property {string} name Of the row.
 * @property {number} version
 * @property {string[]} cells First visit alone and with this package, second visit alone and with this package.
 * @property {string[]} wrong The rules that it breaks, as texts.
 *
 * @typedef {{ browser: string, entries: Entry[], count: number }} Section `count`: how many rows there are, of all versions.
 */

/** @param {number} bytes */
const megabytes = (bytes) => (bytes === 0 ? '0' : bytes < 10_000 ? `${bytes} B` : `${(bytes / 1e6).toFixed(2)} MB`);

/** @param {number} milliseconds */
const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;

/** @param {import('./measure.js').Visit | undefined} visit */
function cell(visit) {
  if (!visit) return '–';
  const { works, isSettled, bytes, listingBytes, requests, preflights, took } = visit;
  if (!works) return isSettled ? `fails, ${seconds(took)}` : `hangs`;
  const listing = listingBytes > 0 ? ` + ${megabytes(listingBytes)}` : '';
  const asked = preflights > 0 ? `${requests} + ${preflights}` : requests;
  return `${megabytes(bytes)}${listing}, ${asked}, ${seconds(took)}`;
}

/**
 * @param {Result} result
 * @returns {Entry}
 */
export function entryOf({ row, version, plain, ours, wrong }) {
  const cells = [0, 1].flatMap((index) => [cell(plain[index]), cell(ours[index])]);
  return { name: row.name, version, cells, wrong: wrong.map(withoutAddresses) };
}

/** @param {Result} result */
export function line(result) {
  const { name, version, cells } = entryOf(result);
  const [plain1, ours1, plain2, ours2] = cells;
  const { wrong } = result;
  const head = `${wrong.length === 0 ? 'ok    ' : 'not ok'} v${version} ${name}`;
  return [
    `${head}\n         plain ${plain1} | ${plain2}\n         ours  ${ours1} | ${ours2}`,
    ...wrong.map((words) => `       ! ${words}`),
  ].join('\n');
}

/** @param {Section[]} sections */
export function markdown(sections) {
  return `# Never worse than without it

\`npm run harmless -- --write\` writes these tables. Real Transformers.js 2, 3 and 4 load a model from one server and the ONNX
Runtime from another, once alone and once with this package. A run replaces the rows that it measures.

A cell contains the bytes that the servers sent, the requests (and preflights), and the time from the call to the model's first
answer. The bytes of the hub's listing, which Transformers.js alone does not request, are listed separately. Other work ran on the
machine at the same time. “First” is a visit without stored files, “second” the next visit. “Fails” and “hangs” are loads that did
not work. A dash is a visit that was not made, because the one before hangs.

The run checks these rules: where Transformers.js alone works, it works with this package. It then receives no more bytes except
for the listing, and makes at most two more requests, or three if a server is silent for more than 30 s. A redirect that the
browser follows is part of its request. \`config.json\` is requested once. Where Transformers.js alone fails, this package
receives at most the bytes that Transformers.js alone did, and then each file once.

One exception is intended: bytes that contradict the hub's own listing, fetched anew, are an error and not a model. Those rows are
listed below each table, with every other row in which only Transformers.js alone works.

${sections.map(section).join('\n')}`;
}

/** Whether the load of one cell works. @param {number} index @returns {(entry: Entry) => boolean} */
const worksAt = (index) => (entry) => /^\d/.test(entry.cells[index] ?? '');

/** Whether a visit fails with this package only. @param {Entry} entry */
const isWorse = (entry) => [0, 2].some((index) => worksAt(index)(entry) && !worksAt(index + 1)(entry));

/** @param {Section} section */
function section({ browser, entries, count }) {
  const lines = entries.map(({ name, version, cells }) => `| ${[name, version, ...cells].join(' | ')} |`);
  const alone = entries.filter(isWorse).map(({ name, version }) => `- ${name}, version ${version}`);
  const broken = entries.flatMap(({ name, version, wrong }) => wrong.map((words) => `- ${name}, version ${version}: ${words}`));
  return `## ${browser}

${entries.length} of ${count} rows have been measured. At the first visit, Transformers.js alone works in ${entries.filter(worksAt(0)).length} of them, and with
this package in ${entries.filter(worksAt(1)).length}.

| server or environment | version | first, alone | first, with this package | second, alone | second, with this package |
| --- | --- | --- | --- | --- | --- |
${lines.join('\n')}

### Where it fails and Transformers.js alone works in ${browser}

${alone.length > 0 ? alone.join('\n') : 'Nowhere.'}

### Where a rule is broken in ${browser}

${broken.length > 0 ? broken.join('\n') : 'Nowhere.'}
`;
}

/**
 * Reads the lines of a browser's section back.
 *
 * @param {string} text As {@link markdown} wrote it.
 * @param {string} browser
 * @returns {Entry[]}
 */
export function readSection(text, browser) {
  const found = text.split(/^## /m).find((part) => part.startsWith(`${browser}\n`)) ?? '';
  return [...found.matchAll(/^\| (.+) \| (\d) \| (.+) \|$/gm)].map(([, name, version, cells]) => {
    const head = `- ${name}, version ${version}: `;
    const wrong = found.split('\n').filter((line) => line.startsWith(head));
    return { name, version: Number(version), cells: cells.split(' | '), wrong: wrong.map((line) => line.slice(head.length)) };
  });
}

/** Servers have another port at every run. @param {string} words */
const withoutAddresses = (words) => words.replaceAll(/"?http:\/\/[\w.:]+(\/[^\s"]*)"?/g, '`$1`');
