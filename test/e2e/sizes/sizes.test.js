// The size in the dialog before the start, its total during the load, and the bytes that were read are one number.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openEngine } from '../../harmless/engines.js';
import { exposesNothing } from '../../harmless/servers/behaviours.js';
import { readModels } from '../../harmless/servers/models.js';
import { openPlace, settingsOf } from '../../harmless/servers/place.js';
import { loads, withAllTypes } from './loads.js';

const models = await readModels();

/** @type {import('../../harmless/engines.js').Engine} */
let engine;
before(async () => void (engine = await openEngine('chromium')));
after(() => engine.close());

/** The visits to one place: without stored files, with all files, without the weights. */
const VISITS = [
  { visit: 'cold', arrangements: [] },
  { visit: 'warm', arrangements: [] },
  { visit: 'partly cached', arrangements: ['without-weights'] },
];

/** The small files that a load reads beside its weights. */
const isSmall = ({ path }) => path.endsWith('.json');

for (const version of /** @type {const} */ ([2, 3, 4])) {
  describe(`the size of a model, with Transformers.js ${version}`, () => {
    for (const load of loads.filter((one) => one.version === version)) {
      const title = `${load.name}, ${load.hasFiles ? 'files named by the page' : 'files found'}`;
      it(title, { skip: !process.env.LONG && !load.isSample && 'only with LONG=1' }, () => check(load));
    }
  });
}

/** @param {import('./loads.js').SizedLoad} load */
async function check(load) {
  const model = withAllTypes(models.get(load.model));
  /** @type {any} A row in a realm that the table of test/harmless does not have. */
  const row = { name: load.name, realm: 'sizes', options: load.options, runtime: load.hidesSize ? [exposesNothing] : [] };
  const place = await openPlace(row, model, load.version);
  try {
    for (const [index, { visit, arrangements }] of VISITS.entries()) {
      place.log.visit = index + 1;
      const settings = settingsOf(row, model, { version: load.version, side: 'downloads', addresses: place.addresses });
      settings.arrangements = [...arrangements, ...(load.arrangements ?? [])];
      settings.definition.options = load.options;
      if (load.hasFiles) settings.definition.files = filesOf(model, load);
      const outcome = place.outcomes(1);
      const leave = await engine.open(`${place.addresses.page}?${new URLSearchParams({ settings: JSON.stringify(settings) })}`);
      const [{ works, error, sizes }] = await outcome;
      await leave();
      assert.ok(works, `${visit}: ${error}`);
      judge(visit, sizes, { model, load, entries: place.log.entries.filter((entry) => entry.visit === index + 1) });
    }
  } finally {
    await place.close();
  }
}

function filesOf({ files }, { weights = [] }) {
  return files.filter((file) => isSmall(file) || weights.includes(file.path)).map(({ path, size }) => ({ file: path, size }));
}

/** Bytes from the servers, without the listing, the probes for sizes and the module scripts. */
function sent(entries) {
  const bodies = entries.filter(
    ({ kind, path, method, status }) => method === 'GET' && kind === 'file' && status < 300 && !path.endsWith('.mjs'),
  );
  return bodies.reduce((sum, { bytes }) => sum + bytes, 0);
}

function judge(visit, { size, cachedBytes, excludesRuntime, words, totals, read }, { model, load, entries }) {
  const said = JSON.stringify({ size, cachedBytes, excludesRuntime, words, totals, read, sent: sent(entries) });
  const weights = filesOf(model, load).reduce((sum, file) => sum + file.size, 0);
  const isOne = (value) => value <= size && value >= size * 0.99;
  const runtime = entries
    .filter(({ server, kind, path }) => server === 'runtime' && kind === 'file' && path.endsWith('.wasm'))
    .reduce((sum, { bytes }) => sum + bytes, 0);
  // The first load learns the size that the headers hide.
  assert.equal(excludesRuntime, load.hidesSize === true && visit === 'cold', `${visit}: ${said}`);
  assert.ok(size >= weights * 0.99, `${visit}: less than the model. ${said}`);
  assert.deepEqual(
    totals.filter((total) => !isOne(total)),
    [],
    `${visit}: while it runs. ${said}`,
  );
  assert.ok(isOne(read), `${visit}: in the end. ${said}`);
  const fromNetwork = sent(entries) - (excludesRuntime ? runtime : 0);
  // The content of the browser's HTTP cache is unknown before: then less is sent than estimated.
  assert.ok(fromNetwork <= size - cachedBytes, `${visit}: more was sent than was said. ${said}`);
  if (visit === 'cold') assert.ok(fromNetwork >= size * 0.99, `${visit}: less was sent than was said. ${said}`);
  assert.match(words, excludesRuntime ? /ONNX Runtime/ : /^\s*[\d.]+\s[kM]B/, `${visit}: ${said}`);
}
