// The loads that are measured: the base, and rows that differ from it in one property. Their product would take weeks.

/**
 * @typedef {'plain' | 'callback' | 'events' | 'several' | 'ours'} Side `callback`: plain with a progress callback; `events`: ours with `transfer: false`; `several`: ours with `connections: 4`.
 * @typedef {'cold' | 'warm' | 'offline'} Visit `offline` is a warm one whose servers cannot be reached.
 *
 * @typedef {object} Conditions
 * @property {number} latency Milliseconds before each response.
 * @property {number} rate Mbit/s that all connections share.
 * @property {number | undefined} connectionRate Mbit/s of each connection; `undefined` for no limit.
 * @property {'HTTP/1.1' | 'HTTP/2'} protocol
 * @property {'page' | 'worker'} realm
 * @property {Side} side The side that is measured beside `plain`.
 * @property {boolean} redirects Whether the hub redirects requests for large files to another server.
 * @property {boolean} compresses Whether the runtime's server compresses with brotli.
 * @property {boolean} allowsLocal Whether Transformers.js requests each file from the page's server first.
 *
 * @typedef {Conditions & { name: string, model: string, version: number, visits: readonly Visit[] }} Row `model`: its size in MB.
 */

/** @type {Conditions} */
const base = {
  latency: 80,
  rate: 100,
  connectionRate: undefined,
  protocol: 'HTTP/1.1',
  realm: 'page',
  side: 'ours',
  redirects: false,
  compresses: false,
  allowsLocal: false,
};

/** @type {(Partial<Conditions> & { name: string, models?: string[], versions?: number[], visits?: Visit[] })[]} */
const variations = [
  { name: 'base', models: ['1.7', '11.6', '99.6', '500'], visits: ['cold', 'warm', 'offline'] },
  { name: 'latency 0 ms', latency: 0 },
  { name: 'latency 300 ms', latency: 300 },
  { name: '10 Mbit/s', rate: 10 },
  { name: '1,000 Mbit/s', rate: 1_000, models: ['11.6', '99.6'] },
  { name: '25 Mbit/s for each connection', connectionRate: 25 },
  { name: '25 Mbit/s for each, `connections: 4`', connectionRate: 25, side: 'several', models: ['99.6'] },
  { name: 'HTTP/2', protocol: 'HTTP/2', models: ['1.7', '11.6'] },
  { name: 'HTTP/2, 25 Mbit/s for each connection', protocol: 'HTTP/2', connectionRate: 25 },
  { name: 'worker', realm: 'worker', visits: ['cold', 'warm', 'offline'] },
  { name: 'redirects to another server', redirects: true },
  { name: 'runtime in brotli', compresses: true, models: ['1.7', '11.6'] },
  { name: 'local files first', allowsLocal: true, models: ['1.7'], versions: [2] },
  { name: 'plain with a callback', side: 'callback' },
  { name: 'without the transfer layer', side: 'events' },
];

/** @type {Row[]} */
export const rows = variations.flatMap(({ name, models = ['11.6'], versions = [2, 3, 4], visits = ['cold', 'warm'], ...changes }) =>
  models.flatMap((model) => versions.map((version) => ({ ...base, ...changes, name, model, version, visits }))),
);

/** @param {Row} row */
export const nameOf = ({ name, model, version }) => `${name}, ${model} MB, version ${version}`;
