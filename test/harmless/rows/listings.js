// The hub's listing of the model's files, which plain Transformers.js does not request.
import { first, hangs, headers, lists, on, redirects, status, type } from '../servers/behaviours.js';
import { andCut } from './bodies.js';

const LISTING = /\/api\//;

/** @param {Record<string, any>} entry */
const another = (entry) => (entry.lfs ? { ...entry, lfs: { ...entry.lfs, oid: '0'.repeat(64) } } : { ...entry, oid: '0'.repeat(40) });

/** @param {import('../servers/http.js').Behaviour} behaviour */
const listing = (behaviour) => [on(LISTING, behaviour)];

/** @type {import('./row.js').Row[]} */
export const listings = [
  { name: 'listing: 404', hub: listing(status(404)), sample: 3 },
  { name: 'listing: 404, 12 MB', hub: listing(status(404)), model: 'medium-chat' },
  { name: 'listing: 401', hub: listing(status(401)) },
  { name: 'listing: 500', hub: listing(status(500)) },
  ...andCut({ name: 'listing: never answered', hub: listing(hangs), sample: 2 }),
  { name: 'listing: never answered, external data', hub: listing(hangs), model: 'external', versions: [3, 4] },
  { name: 'listing: refused to other origins', hub: listing(headers({ 'Access-Control-Allow-Origin': undefined })) },
  { name: 'listing: a page', hub: [on(LISTING, (next) => status(200, '<!doctype html>')(next), type('text/html'))] },
  { name: 'listing: of another shape', hub: listing(lists((entries) => ({ entries }))) },
  { name: 'listing: empty', hub: listing(lists(() => [])) },
  { name: 'listing: entries are null', hub: listing(lists((entries) => entries.map(() => null))) },
  { name: 'listing: without hashes', hub: listing(lists((entries) => entries.map(({ path, size, type }) => ({ path, size, type })))) },
  { name: 'listing: lacks the weights', hub: listing(lists((entries) => entries.filter(({ path }) => !path.endsWith('.onnx')))) },
  {
    name: 'listing: sizes of another version',
    hub: listing(
      first(
        1,
        lists((entries) => entries.map((entry) => ({ ...another(entry), size: entry.size + 1 }))),
      ),
    ),
    ours: 'may-fail',
  },
  {
    name: 'listing: of an older version at first',
    hub: listing(
      first(
        1,
        lists((entries) => entries.map(another)),
      ),
    ),
    sample: 3,
  },
  { name: 'listing: of another version, always', hub: listing(lists((entries) => entries.map(another))), ours: 'may-fail' },
  { name: 'listing: redirected to another origin', hub: ({ cdn }) => listing((next) => redirectsAll(cdn)(next)) },
  { name: 'mirror without a listing, large files elsewhere', hub: ({ cdn }) => [...listing(status(404)), redirects(cdn)] },
];

/**
 * @param {string} origin
 * @returns {import('../servers/http.js').Behaviour}
 */
function redirectsAll(origin) {
  return () =>
    ({ url }) => ({ status: 302, headers: { Location: `${origin}${url.pathname.slice(1)}${url.search}` } });
}
