// The servers of one load: all are behind one line.
import { encoded, redirects, stack } from '../../../test/harmless/servers/behaviours.js';
import { hub, runtimeHost } from '../../../test/harmless/servers/hosts.js';
import { createCertificate } from './certificate.js';
import { Line } from './line.js';
import { pageHost } from './page-host.js';
import { serve } from './serve.js';

/** The certificate of all servers with HTTP/2. */
export const certificate = createCertificate();

/**
 * @typedef {object} Place
 * @property {{ hub: string, runtime: string, page: string }} addresses
 * @property {import('./log.js').Entry[]} entries
 * @property {() => Promise<void>} disconnect Closes all servers except the page's.
 * @property {() => Promise<void>} close
 *
 * @param {import('./rows.js').Row} row
 * @param {import('./models.js').Model} model
 * @returns {Promise<Place>}
 */
export async function openPlace(row, model) {
  /** @type {import('./log.js').Entry[]} */
  const entries = [];
  const settings = { line: new Line(row), entries, certificate: row.protocol === 'HTTP/2' ? certificate : undefined };
  const cdn = await serve('cdn', { ...settings, open: () => hub(model) });
  const atHub = row.redirects ? [redirects(cdn.url)] : [];
  const models = await serve('hub', { ...settings, open: () => stack(atHub, hub(model)) });
  const atRuntime = row.compresses ? [encoded('br')] : [];
  const runtime = await serve('runtime', { ...settings, open: () => stack(atRuntime, runtimeHost(row.version)) });
  const page = await serve('page', { ...settings, certificate: undefined, open: () => pageHost });
  let isConnected = true;
  const disconnect = async () => {
    if (isConnected) await Promise.all([cdn, models, runtime].map((server) => server.close()));
    isConnected = false;
  };
  const close = async () => void (await Promise.all([disconnect(), page.close()]));
  return { addresses: { hub: models.url, runtime: runtime.url, page: page.url }, entries, disconnect, close };
}
