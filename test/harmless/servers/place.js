// All servers of one row, one version and one side, on ports that no cache of the browser has seen.
import { stack } from './behaviours.js';
import { hub, runtimeHost } from './hosts.js';
import { RequestLog } from './log.js';
import { servePage } from './page-host.js';
import { serve } from './serve.js';

/** @typedef {import('../rows/row.js').Row} Row @typedef {import('../rows/row.js').Addresses} Addresses */

/**
 * @param {Row} row
 * @param {import('./models.js').Model} model
 * @param {number} version
 */
export async function openPlace(row, model, version) {
  const log = new RequestLog();
  /** @type {Addresses} */
  const addresses = { hub: '', cdn: '', runtime: '', page: '' };
  /**
   * @param {'hub' | 'cdn' | 'runtime'} name
   * @param {import('./http.js').Handler} handler
   */
  const start = async (name, handler) => {
    const server = await serve(name, log, (url) => {
      addresses[name] = url;
      const { [name]: behaviours = [] } = row;
      return stack(typeof behaviours === 'function' ? behaviours(addresses) : behaviours, handler);
    });
    return server;
  };
  const page = await servePage(row, log, model);
  addresses.page = page.url;
  const servers = [await start('runtime', runtimeHost(version)), await start('cdn', hub(model)), await start('hub', hub(model)), page];
  page.setPolicy(row.policy?.(addresses));
  const close = async () => void (await Promise.all(servers.map((server) => server.close())));
  return { addresses, log, outcomes: page.outcomes, close };
}

/**
 * The settings for the page.
 *
 * @param {Row} row
 * @param {import('./models.js').Model} model
 * @param {{ version: number, side: import('../measure.js').Side, addresses: Addresses }} run
 */
export function settingsOf(row, model, { version, side, addresses }) {
  const { options, files } = /** @type {import('../../../demo/models/ensure-models.js').ManifestLoad} */ (model.versions[`v${version}`]);
  const { realm = 'page', environments = [], arrangements = [] } = row;
  return {
    version,
    side,
    realm,
    environments,
    arrangements,
    addresses,
    files: files.map(({ path, size }) => ({ file: path, size })),
    ...(arrangements.includes('integrity')
      ? { hashes: Object.fromEntries(model.files.map(({ path, sha256 }) => [path, Buffer.from(sha256, 'hex').toString('base64')])) }
      : {}),
    env: { remoteHost: addresses.hub, ...row.env?.(addresses) },
    definition: { name: model.name, task: model.task, model: model.id, options: { ...options, ...row.options } },
    sample: model.sample,
  };
}
