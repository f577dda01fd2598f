// How a hub sends the model's files: encodings, lengths, types, redirects, and connections that end early.
import { cut, encoded, exposesNothing, first, framed, headers, labelled, on, pageInsteadOf404, redirects, status, type } from '../servers/behaviours.js';

const JSON_FILE = /\.json$/;
const WEIGHTS = /\.onnx/;

/** As the public hub sends small files. */
const publicHub = [on(JSON_FILE, encoded('gzip', { isWeak: true }), framed('chunked'))];

/** What a cut may cost beside the bytes that count: what is in the sockets' buffers. */
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
  const cuts = typeof hub === 'function' ? { hub, cdn: [...cdn, weights] } : { hub: [...hub, weights], cdn };
  return [row, { ...row, ...cuts, name: `${row.name}, one cut`, model: 'medium-chat', plain: 'may-fail', inFlight: IN_FLIGHT, sample: undefined }];
}

/** @type {import('./row.js').Row[]} */
export const bodies = [
  ...andCut({ name: 'hub: JSON as gzip, large files elsewhere', hub: ({ cdn }) => [...publicHub, redirects(cdn)], sample: 4 }),
  { name: 'hub: JSON as gzip, nothing exposed', hub: [...publicHub, exposesNothing] },
  { name: 'hub: all as brotli', hub: [encoded('br')] },
  { name: 'hub: all as brotli, nothing exposed, 12 MB', model: 'medium-chat', hub: [encoded('br'), exposesNothing] },
  ...andCut({ name: 'hub: all as gzip', hub: [encoded('gzip')] }),
  ...andCut({ name: 'hub: all as gzip, nothing exposed', hub: [encoded('gzip', { isWeak: true }), exposesNothing] }),
  ...andCut({ name: 'hub: no length', hub: [framed('chunked')] }),
  ...andCut({ name: 'hub: until the connection ends', hub: [framed('close')] }),
  ...andCut({ name: 'hub: weak ETags', hub: [labelled({ ETag: 'W/"1"' })] }),
  ...andCut({ name: 'hub: no validators, nothing exposed', hub: [labelled({ ETag: undefined, 'Last-Modified': undefined }), exposesNothing] }),
  { name: 'hub: immutable', hub: [labelled({ 'Cache-Control': 'public, max-age=31536000, immutable' })] },
  { name: 'hub: no-store', hub: [labelled({ 'Cache-Control': 'no-store' })] },
  { name: 'hub: everything is text/plain', hub: [type('text/plain')] },
  { name: 'hub: everything is text/html', hub: [on(/resolve/, type('text/html'))] },
  { name: 'hub: no types', hub: [headers({ 'Content-Type': undefined })] },
  // Version 2 asks the page's own server first, and would take the page for the model.
  { name: 'pages for unknown addresses, on every server', hub: [pageInsteadOf404], model: 'medium-chat', versions: [3, 4] },
  { name: 'optional files are 404', hub: [on(/generation_config/, status(404))], model: 'medium-chat' },
  { name: 'optional files are 500', hub: [on(/generation_config/, status(500))], model: 'medium-chat', versions: [2, 3] },
  { name: 'optional files are 503', hub: [on(/generation_config/, status(503))], model: 'medium-chat', versions: [2, 3] },
  { name: 'optional files are 403', hub: [on(/generation_config/, status(403))], model: 'medium-chat', versions: [2, 3] },
  { name: 'weights are 503 once', hub: [on(WEIGHTS, first(1, status(503)))], plain: 'may-fail' },
  { name: 'preflights are refused', hub: [refusesPreflights()], runtime: [refusesPreflights()] },
];

/** @returns {import('../servers/http.js').Behaviour} */
function refusesPreflights() {
  return (next) => (question) => (question.method === 'OPTIONS' ? status(403)(next) : next)(question);
}
