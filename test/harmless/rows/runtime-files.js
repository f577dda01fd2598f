// The ONNX Runtime's file, 10 to 22 MB, on its own host.
import {
  changesTag,
  cut,
  encoded,
  exposesAll,
  exposesNothing,
  framed,
  headers,
  hangs,
  labelled,
  on,
  pauses,
  status,
  type,
} from '../servers/behaviours.js';
import { hangsOnRanges, ignoresRanges, refusesRanges, sendsUnchangedRanges } from '../servers/ranges.js';

const revalidated = labelled({ 'Cache-Control': 'no-cache' });
const isOver = labelled({ 'Cache-Control': 'max-age=60' });

/** Plain does not survive a cut; ours receives the bytes in the sockets' buffers in addition. */
const survives = { plain: /** @type {const} */ ('may-fail'), inFlight: 8_000_000 };

/** A pause that ends after the layer has requested the rest, in a file that the runtime requests once only. */
const pause = on(/\.wasm$/, pauses(3_000_000, 40_000));

/** The rest is requested beside the connection that pauses. */
const paused = { replaced: 1, patience: 120_000, limit: 240_000 };

/** The default of version 4 in a page without caches. */
const withoutWasmCache = () => ({ useWasmCache: false });

/** @type {import('./row.js').Row[]} */
export const runtimeFiles = [
  { name: 'all is ordinary', sample: 4 },
  { name: 'all is ordinary, 12 MB', model: 'medium-chat' },
  { name: 'all is ordinary, external data', model: 'external', versions: [3, 4] },
  { name: 'installDownloadFetch, all is ordinary', side: 'installed' },
  { name: 'runtime: no-cache with an ETag', runtime: [revalidated] },
  { name: 'runtime: no-cache, and a range is never 304', runtime: [revalidated, sendsUnchangedRanges], sample: 3 },
  { name: 'runtime: max-age is over', runtime: [isOver, headers({ Age: '3600' })] },
  { name: 'runtime: max-age is over, and a range is never 304', runtime: [isOver, headers({ Age: '3600' }), sendsUnchangedRanges] },
  { name: 'runtime: no-store', runtime: [labelled({ 'Cache-Control': 'no-store' })] },
  { name: 'runtime: brotli', runtime: [encoded('br')], sample: 2 },
  { name: 'runtime: brotli, nothing exposed', runtime: [encoded('br'), exposesNothing] },
  { name: 'runtime: gzip, chunked', runtime: [encoded('gzip', { isWeak: true }), framed('chunked')] },
  { name: 'runtime: gzip, no-cache, nothing exposed', runtime: [revalidated, encoded('gzip'), exposesNothing] },
  { name: 'runtime: a wrong type', runtime: [on(/\.wasm$/, type('application/octet-stream'))] },
  { name: 'runtime: no type', runtime: [on(/\.wasm$/, headers({ 'Content-Type': undefined }))] },
  { name: 'runtime: brotli, everything exposed', runtime: [encoded('br'), exposesAll] },
  { name: 'runtime: nothing exposed', runtime: [exposesNothing] },
  { name: 'runtime: no ranges', runtime: [ignoresRanges, headers({ 'Accept-Ranges': 'none' })] },
  { name: 'runtime: ranges are 400', runtime: [refusesRanges(400)] },
  { name: 'runtime: every range is 400, one byte too', runtime: [refusesEveryRange(400)] },
  { name: 'runtime: a range is never answered', runtime: [neverAnswersRanges()] },
  { name: 'runtime: no length', runtime: [framed('chunked'), headers({ 'Accept-Ranges': undefined })] },
  { name: 'runtime: one cut', runtime: [on(/\.wasm$/, cut(6_000_000))], ...survives, sample: 3 },
  { name: 'runtime: everything exposed, one cut', runtime: [exposesAll, on(/\.wasm$/, cut(6_000_000))], ...survives },
  { name: 'runtime: brotli, one cut', runtime: [encoded('br'), on(/\.wasm$/, cut(1_500_000))], ...survives },
  {
    name: 'runtime: brotli, nothing exposed, one cut',
    runtime: [encoded('br'), exposesNothing, on(/\.wasm$/, cut(1_500_000))],
    ...survives,
  },
  { name: 'runtime: ranges are 400, one cut', runtime: [refusesRanges(400), on(/\.wasm$/, cut(6_000_000))], ...survives },
  { name: 'runtime: a pause of 40 s', runtime: [pause], ...paused, inFlight: 8_000_000 },
  { name: 'runtime: a pause of 40 s, another strong ETag each time', runtime: [changesTag, pause], ...paused, inFlight: 8_000_000 },
  { name: 'runtime: a pause of 40 s, ranges are not answered', runtime: [pause, on(/\.wasm$/, hangsOnRanges)], ...paused },
  { name: 'installDownloadFetch, runtime: no-cache', side: 'installed', runtime: [revalidated] },
  { name: 'installDownloadFetch, runtime: brotli', side: 'installed', runtime: [encoded('br')] },
  // Then the runtime fetches its file itself, with the platform's own `fetch`.
  { name: 'no WASM cache', env: withoutWasmCache, versions: [4] },
  { name: 'no WASM cache, runtime: one cut', env: withoutWasmCache, versions: [4], runtime: [on(/\.wasm$/, cut(6_000_000))], ...survives },
  { name: 'installDownloadFetch, no WASM cache', side: 'installed', env: withoutWasmCache, versions: [4] },
  {
    name: 'installDownloadFetch, no WASM cache, runtime: one cut',
    side: 'installed',
    env: withoutWasmCache,
    versions: [4],
    runtime: [on(/\.wasm$/, cut(6_000_000))],
    ...survives,
  },
  { name: 'runtime on this device as a blob', arrangements: ['runtime-blob'], versions: [3, 4] },
  { name: 'prefetch first', side: 'prefetched' },
  { name: 'no compilation of a stream', environments: ['no-wasm-streaming'] },
];

/**
 * @param {number} code
 * @returns {import('../servers/http.js').Behaviour}
 */
function refusesEveryRange(code) {
  return (next) => (question) => (question.headers.range ? status(code)(next) : next)(question);
}

/** @returns {import('../servers/http.js').Behaviour} */
function neverAnswersRanges() {
  return (next) => (question) => (question.headers.range ? hangs(next) : next)(question);
}
