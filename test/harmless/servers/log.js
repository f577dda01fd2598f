// The log of the servers: the truth about requests and bytes.

/**
 * @typedef {'preflight' | 'listing' | 'probe' | 'file'} Kind `probe` asks for one byte.
 * @typedef {{ server: string, visit: number, kind: Kind, method: string, path: string, range: string | undefined, status: number, bytes: number, isOpen: boolean }} Entry
 * @typedef {{ bytes: number, listingBytes: number, requests: number, redirects: number, listings: number, preflights: number, configs: number, asked: Record<string, number> }} Figures
 *   `bytes` without the listing's; `requests` without preflights, `redirects` among them; `configs` is how often one address of
 *   a `config.json` was requested, `asked` how often each server was.
 */

export class RequestLog {
  /** @type {Entry[]} */
  entries = [];
  visit = 1;

  /**
   * @param {string} server
   * @param {import('node:http').IncomingMessage} request
   * @returns {Entry}
   */
  begin(server, request) {
    const { method = 'GET', url: path = '/', headers } = request;
    const kind = method === 'OPTIONS' ? 'preflight' : path.includes('/api/') ? 'listing' : headers.range === 'bytes=0-0' ? 'probe' : 'file';
    /** @type {Entry} */
    const entry = { server, visit: this.visit, kind, method, path, range: headers.range, status: 0, bytes: 0, isOpen: true };
    this.entries.push(entry);
    return entry;
  }

  get isQuiet() {
    return this.entries.every(({ isOpen, status }) => !isOpen || status === 0);
  }

  /**
   * @param {number} visit
   * @returns {Figures}
   */
  figures(visit) {
    const entries = this.entries.filter((entry) => entry.visit === visit);
    const asked = entries.filter(({ kind }) => kind !== 'preflight');
    const listings = asked.filter(({ kind }) => kind === 'listing');
    const listingBytes = sumBytes(listings);
    return {
      bytes: sumBytes(asked) - listingBytes,
      listingBytes,
      requests: asked.length,
      redirects: asked.filter(({ status }) => status === 302).length,
      listings: listings.length,
      preflights: entries.length - asked.length,
      configs: mostAsked(asked.filter(({ path, kind, status }) => kind === 'file' && status !== 302 && /\/config\.json/.test(path))),
      asked: Object.fromEntries(
        ['hub', 'cdn', 'runtime', 'page'].map((name) => [name, asked.filter(({ server }) => server === name).length]),
      ),
    };
  }
}

/** @param {Entry[]} entries */
const sumBytes = (entries) => entries.reduce((sum, { bytes }) => sum + bytes, 0);

/** @param {Entry[]} entries @returns {number} The requests for the address that was requested most. */
function mostAsked(entries) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { server, path } of entries) counts.set(server + path, (counts.get(server + path) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}
