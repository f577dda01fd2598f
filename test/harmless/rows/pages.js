// Configurations of Transformers.js by pages: the location of models, their permissions, and other requests of the page to the same host.
import { cut, on, pauses, requires, status, takesCookies } from '../servers/behaviours.js';

/** Only models of the page's own server. */
const localOnly = () => ({ allowRemoteModels: false, allowLocalModels: true });

const oneCut = on(/\.onnx/, cut(5_000_000));

/** Plain does not survive a cut; ours receives the bytes in the sockets' buffers in addition. */
const survives = { plain: /** @type {const} */ ('may-fail'), inFlight: 8_000_000 };

const isPrivate = [requires('authorization', /^Bearer secret$/)];

/** @type {import('./row.js').Row[]} */
export const pages = [
  { name: 'local models only', page: [], env: localOnly, hub: [status(403)], unasked: ['hub'], sample: 2 },
  { name: 'local models only, installDownloadFetch', side: 'installed', page: [], env: localOnly, hub: [status(403)], unasked: ['hub'] },
  { name: 'local models first, and there is one', page: [], env: () => ({ allowLocalModels: true }), versions: [3, 4] },
  { name: 'local models first, and there is none', env: () => ({ allowLocalModels: true }) },
  { name: 'base: relative localModelPath', baseHref: '/apps/chat/', page: [], env: () => ({ ...localOnly(), localModelPath: 'models/' }) },
  // Version 4 treats a relative host as a folder on a disk, whose files it cannot list.
  {
    name: 'base: relative remoteHost',
    versions: [2, 3],
    baseHref: '/apps/chat/',
    page: [],
    env: () => ({ remoteHost: 'host/', remotePathTemplate: 'models/{model}/', allowLocalModels: false }),
  },
  { name: 'base of another origin', baseHref: 'https://elsewhere.test/' },
  {
    name: 'remotePathTemplate without a revision',
    page: [],
    env: ({ page }) => ({ remoteHost: `${page}mirror/`, remotePathTemplate: 'models/{model}/', allowLocalModels: false }),
  },
  { name: 'customCache: a Map', arrangements: ['map-cache'] },
  { name: 'customCache: IndexedDB', arrangements: ['database-cache'] },
  { name: 'customCache: IndexedDB, 12 MB', arrangements: ['database-cache'], model: 'medium-chat' },
  { name: 'customCache: IndexedDB, one cut', arrangements: ['database-cache'], model: 'medium-chat', hub: [oneCut], ...survives },
  { name: 'customCache: removed during the load', arrangements: ['cache-removed'] },
  { name: 'customCache: deleted during the load', arrangements: ['cache-deleted'] },
  { name: 'customCache: defined during the load', arrangements: ['cache-defined'] },
  { name: 'customCache: set during the load', arrangements: ['cache-replaced'] },
  { name: 'useBrowserCache: switched off during the load', arrangements: ['cache-switched-off'] },
  { name: 'private: Authorization', arrangements: ['authorization'], hub: isPrivate, sample: 2 },
  { name: 'private: Authorization, installDownloadFetch', arrangements: ['authorization'], side: 'installed', hub: isPrivate },
  {
    name: 'private: Authorization, one cut',
    arrangements: ['authorization'],
    model: 'medium-chat',
    hub: [...isPrivate, oneCut],
    ...survives,
  },
  // The second visit is by someone whom the server refuses.
  {
    name: 'private: another visitor',
    arrangements: ['changing-visitor'],
    env: () => ({ useBrowserCache: false }),
    hub: isPrivate,
    plain: 'may-fail',
    ours: 'as-plain',
  },
  { name: 'private: cookies', arrangements: ['cookies'], hub: [requires('cookie', /session=mine/), takesCookies] },
  { name: "redirect: 'error'", arrangements: ['redirect-error'] },
  { name: 'priority and referrerPolicy', arrangements: ['low-priority'] },
  { name: "redirect: 'manual'", arrangements: ['redirect-manual'] },
  { name: 'keepalive', arrangements: ['keepalive'] },
  { name: 'integrity', arrangements: ['integrity'] },
  { name: 'integrity, one cut', arrangements: ['integrity'], model: 'medium-chat', hub: [oneCut], ...survives },
  { name: 'Request objects', arrangements: ['request-objects'] },
  { name: "the page's own requests", arrangements: ['own-requests'], side: 'installed' },
  { name: 'another revision', options: { revision: 'v1.0' }, hub: [on(/resolve\/main/, status(404))], versions: [2, 3] },
  // Version 4 reads the config of `main`, whatever the revision is.
  { name: 'another revision, beside main', options: { revision: 'v1.0' }, sample: 4 },
  {
    name: 'another revision, beside main, no listing',
    options: { revision: 'v1.0' },
    hub: [on(/\/api\//, status(404))],
    versions: [4],
  },
  {
    name: 'two tabs at once',
    tabs: 2,
    engines: ['chromium', 'firefox'],
    model: 'medium-chat',
    // Long enough that each tab requests the weights while the other receives them.
    hub: [on(/\.onnx/, pauses(2_000_000, 5_000))],
    sample: 2,
  },
  { name: 'frozen settings', arrangements: ['frozen-settings'], sample: 2 },
  { name: 'read-only fetch', arrangements: ['read-only-fetch'], sample: 3 },
];
