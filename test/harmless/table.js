// The measurements in words: a line for the terminal, and the table of docs/harmless.md.

/**
 * @typedef {object} Result
 * @property {import('./rows/row.js').Row} row
 * @property {2 | 3 | 4} version
 * @property {import('./measure.js').Visit[]} plain
 * @property {import('./measure.js').Visit[]} ours
 * @property {string[]} wrong
 */

/**
 * @typedef {{ browser: string, results: Result[], count: number }} Measured `count`: how many rows there are, of all versions.
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
 * @returns {string[]}
 */
const cells = ({ row, version, plain, ours }) => [row.name, String(version), ...[0, 1].flatMap((index) => [cell(plain[index]), cell(ours[index])])];

/** @param {Result} result */
export function line(result) {
  const [name, version, plain1, ours1, plain2, ours2] = cells(result);
  const { wrong } = result;
  const head = `${wrong.length === 0 ? 'ok    ' : 'not ok'} v${version} ${name}`;
  return [`${head}\n         plain ${plain1} | ${plain2}\n         ours  ${ours1} | ${ours2}`, ...wrong.map((words) => `       ! ${words}`)].join('\n');
}

/**
 * @param {Measured[]} measured
 */
export function markdown(measured) {
  return `# Never worse than without it

\`npm run harmless -- --write\` makes these tables: real Transformers.js 2, 3 and 4, with the model on one server
and the ONNX Runtime on another, alone and with this package in between. A cell tells the bytes that the servers sent (and
those of the hub's listing, which Transformers.js alone does not ask for), the requests (and preflights), and the time from
the call to the model's first answer, on this machine. “First” is a visit with nothing kept, “second” the next one.
“Fails” and “hangs” are loads that did not work; a dash is a visit that was not made after one that hangs.

The rules, which the run checks: where Transformers.js alone works, it works with this package, with no more bytes but the listing's,
and with two more requests at most.

${measured.map(section).join('\n')}`;
}

/** @param {Measured} measured */
function section({ browser, results, count }) {
  const lines = results.map((result) => `| ${cells(result).join(' | ')} |`);
  const broken = results.flatMap(({ row, version, wrong }) => wrong.map((words) => `- ${row.name}, version ${version}: ${withoutAddresses(words)}`));
  return `## ${browser}

${results.length} of ${count} rows have been measured.

| server or environment | version | first, alone | first, with this package | second, alone | second, with this package |
| --- | --- | --- | --- | --- | --- |
${lines.join('\n')}

### Where a rule is broken in ${browser}

${broken.length > 0 ? broken.join('\n') : 'Nowhere.'}
`;
}

/** Servers have another port at every run. @param {string} words */
const withoutAddresses = (words) => words.replaceAll(/"?http:\/\/[\w.:]+(\/[^\s"]*)"?/g, '`$1`');
