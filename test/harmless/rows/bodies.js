// How a hub sends the model's files: encodings, lengths, types, redirects, and connections that end early.
import {
  answersAfter,
  changesTag,
  cut,
  cutThen,
  encoded,
  exposesAll,
  exposesNothing,
  first,
  framed,
  hangs,
  headers,
  labelled,
  on,
  pageInsteadOf404,
  pauses,
  redirects,
  status,
  type,
} from '../servers/behaviours.js';
import { hangsOnRanges, ignoresRanges } from '../servers/ranges.js';

const JSON_FILE = /\.json$/;
const WEIGHTS = /\.onnx/;

/** As the public hub sends small files. */
const publicHub = [on(JSON_FILE, encoded('gzip', { isWeak: true }), framed('chunked'))];

/** Bodies with which plain Transformers.js never settles. */
const hangsAlone = { plain: /** @type {const} */ ('may-fail'), patience: 15_000, limit: 90_000 };

/** Bodies that take longer than others. */
const slowly = { patience: 120_000, limit: 240_000 };

/** Bytes that a cut may cost in addition: those in the sockets' buffers. */
const IN_FLIGHT = 8_000_000;

/**
 * A row, and the same with a cut in the middle of the weights.
 *
 * @param {import('./row.js').Row} row
 * @returns {import('./row.js').Row[]}
 */
export function andCut(row) {
  const { hub = [], cdn = [] } = row;
  const weights = on(WEIGHTS, cut(5_000_000));
  const list = (behaviours) => {
    if (typeof behaviours === 'function') throw new TypeError('The list of behaviours to which the cut is added must not be a function');
    return behaviours;
  };
  const cuts = typeof hub === 'function' ? { hub, cdn: [...list(cdn), weights] } : { hub: [...hub, weights], cdn };
  return [
    row,
    { ...row, ...cuts, name: `${row.name}, one cut`, model: 'medium-chat', plain: 'may-fail', inFlight: IN_FLIGHT, sample: undefined },
  ];
}

/** @type {import('./row.js').Row[]} */
export const bodies = [
  ...andCut({ name: 'hub: JSON as gzip, large files elsewhere', hub: ({ cdn }) => [...publicHub, redirects(cdn)], sample: 4 }),
  { name: 'hub: JSON as gzip, nothing exposed', hub: [...publicHub, exposesNothing] },
  { name: 'hub: all as brotli', hub: [encoded('br')] },
  { name: 'hub: all as brotli, nothing exposed, 12 MB', model: 'medium-chat', hub: [encoded('br'), exposesNothing] },
  ...andCut({ name: 'hub: all as gzip', hub: [encoded('gzip')] }),
  ...andCut({ name: 'hub: all as gzip, nothing exposed', hub: [encoded('gzip', { isWeak: true }), exposesNothing] }),
  ...andCut({ name: 'hub: all as gzip, everything exposed', hub: [encoded('gzip'), exposesAll] }),
  ...andCut({ name: 'hub: everything exposed', hub: [exposesAll] }),
  ...andCut({ name: 'hub: no length', hub: [framed('chunked')] }),
  ...andCut({ name: 'hub: until the connection ends', hub: [framed('close')] }),
  ...andCut({ name: 'hub: weak ETags', hub: [labelled({ ETag: 'W/"1"' })] }),
  ...andCut({
    name: 'hub: no validators, nothing exposed',
    hub: [labelled({ ETag: undefined, 'Last-Modified': undefined }), exposesNothing],
  }),
  { name: 'hub: immutable', hub: [labelled({ 'Cache-Control': 'public, max-age=31536000, immutable' })] },
  { name: 'hub: no-store', hub: [labelled({ 'Cache-Control': 'no-store' })] },
  { name: 'hub: everything is text/plain', hub: [type('text/plain')] },
  { name: 'hub: everything is text/html', hub: [on(/resolve/, type('text/html'))] },
  { name: 'hub: no types', hub: [headers({ 'Content-Type': undefined })] },
  // Version 2 requests the page's own server first, and would use the page as the model.
  { name: 'pages for unknown addresses, on every server', hub: [pageInsteadOf404], model: 'medium-chat', versions: [3, 4] },
  { name: 'optional files are 404', hub: [on(/generation_config/, status(404))], model: 'medium-chat' },
  { name: 'optional files are 500', hub: [on(/generation_config/, status(500))], model: 'medium-chat', versions: [2, 3] },
  { name: 'optional files are 503', hub: [on(/generation_config/, status(503))], model: 'medium-chat', versions: [2, 3] },
  { name: 'optional files are 403', hub: [on(/generation_config/, status(403))], model: 'medium-chat', versions: [2, 3] },
  { name: 'weights are 503 once', hub: [on(WEIGHTS, first(1, status(503)))], plain: 'may-fail' },
  ...['0', '', 'Wed, 21 Oct 2015 07:28:00 GMT'].map(limited),
  { name: 'weights are not answered once', hub: [on(WEIGHTS, first(1, hangs))], versions: [2, 4], ...hangsAlone },
  // No other response could continue the file: the connection must stay open.
  {
    name: 'weights pause for 40 s, no ranges, no validators, no listing',
    hub: [
      labelled({ ETag: undefined, 'Last-Modified': undefined }),
      on(WEIGHTS, ignoresRanges, pauses(1_000_000, 40_000)),
      on(/\/api\//, status(404)),
    ],
    ...slowly,
  },
  { name: 'weights pause for 40 s', hub: [on(WEIGHTS, pauses(1_000_000, 40_000))], replaced: 1, ...slowly },
  // The connection that pauses is the only one that can continue the file.
  {
    name: 'weights pause for 40 s, another strong ETag each time, no listing',
    hub: [changesTag, on(WEIGHTS, pauses(1_000_000, 40_000)), on(/\/api\//, status(404))],
    replaced: 1,
    inFlight: IN_FLIGHT,
    ...slowly,
  },
  {
    name: 'weights pause for 40 s, ranges are not answered',
    hub: [on(WEIGHTS, pauses(1_000_000, 40_000), hangsOnRanges)],
    replaced: 1,
    ...slowly,
  },
  { name: 'weights are answered after 40 s', hub: [on(WEIGHTS, answersAfter(40_000))], replaced: 1, ...slowly },
  // Version 4 requests one byte of each file first.
  {
    name: 'a probe is not answered once',
    hub: [on(/tokenizer_config/, first(1, hangs))],
    versions: [4],
    ...hangsAlone,
    ours: 'may-fail',
    limit: 180_000,
  },
  ...[401, 403, 404].map((code) => external(`is ${code}`, status(code))),
  external('is cut, then 404', cutThen(2_000_000, status(404))),
  { name: 'preflights are refused', hub: [refusesPreflights()], runtime: [refusesPreflights()] },
];

/**
 * @param {string} retryAfter
 * @returns {import('./row.js').Row}
 */
function limited(retryAfter) {
  const answer = (/** @type {import('../servers/http.js').Handler} */ next) =>
    headers({ 'Retry-After': retryAfter, 'Access-Control-Expose-Headers': 'Retry-After' })(status(429)(next));
  // Version 4 would spend it on its one-byte probe, which may fail.
  return {
    name: `weights are 429 once, Retry-After: ${retryAfter || 'empty'}`,
    hub: [on(WEIGHTS, first(1, answer))],
    versions: [2],
    plain: 'may-fail',
  };
}

/**
 * Versions 3 and 4 never settle without external data.
 *
 * @param {string} words
 * @param {import('../servers/http.js').Behaviour} behaviour
 * @returns {import('./row.js').Row}
 */
function external(words, behaviour) {
  return {
    name: `external data ${words}`,
    model: 'external',
    hub: [on(/onnx_data/, behaviour)],
    versions: [3, 4],
    ...hangsAlone,
    ours: 'may-fail',
  };
}

/** @returns {import('../servers/http.js').Behaviour} */
function refusesPreflights() {
  return (next) => (question) => (question.method === 'OPTIONS' ? status(403)(next) : next)(question);
}
