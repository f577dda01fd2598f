// How pages set Transformers.js up: where models are, who may have them, and what else the page asks the same host for.
import { on, requires, status, takesCookies } from '../servers/behaviours.js';

/** Only models of the page's own server. */
const localOnly = () => ({ allowRemoteModels: false, allowLocalModels: true });

const isPrivate = [requires('authorization', /^Bearer secret$/)];

/** @type {import('./row.js').Row[]} */
export const pages = [
  { name: 'local models only', page: [], env: localOnly, hub: [status(403)], unasked: ['hub'], sample: 4 },
  { name: 'local models only, installDownloadFetch', side: 'installed', page: [], env: localOnly, hub: [status(403)], unasked: ['hub'] },
  { name: 'local models first, and there is one', page: [], env: () => ({ allowLocalModels: true }), versions: [3, 4] },
  { name: 'local models first, and there is none', env: () => ({ allowLocalModels: true }) },
  { name: 'base: relative localModelPath', baseHref: '/apps/chat/', page: [], env: () => ({ ...localOnly(), localModelPath: 'models/' }) },
  // Version 4 takes a relative host for a folder on a disk, of which it cannot ask what is there.
  { name: 'base: relative remoteHost', versions: [2, 3], baseHref: '/apps/chat/', page: [], env: () => ({ remoteHost: 'host/', remotePathTemplate: 'models/{model}/', allowLocalModels: false }) },
  { name: 'base of another origin', baseHref: 'https://elsewhere.test/' },
  { name: 'remotePathTemplate without a revision', page: [], env: ({ page }) => ({ remoteHost: `${page}mirror/`, remotePathTemplate: 'models/{model}/', allowLocalModels: false }) },
  { name: 'customCache: a Map', arrangements: ['map-cache'] },
  { name: 'customCache: IndexedDB', arrangements: ['database-cache'] },
  { name: 'customCache: IndexedDB, 12 MB', arrangements: ['database-cache'], model: 'medium-chat' },
  { name: 'private: Authorization', arrangements: ['authorization'], hub: isPrivate, sample: 2 },
  { name: 'private: Authorization, installDownloadFetch', arrangements: ['authorization'], side: 'installed', hub: isPrivate },
  { name: 'private: cookies', arrangements: ['cookies'], hub: [requires('cookie', /session=mine/), takesCookies] },
  { name: "redirect: 'error'", arrangements: ['redirect-error'] },
  { name: 'priority and referrerPolicy', arrangements: ['low-priority'] },
  { name: 'Request objects', arrangements: ['request-objects'] },
  { name: "the page's own requests", arrangements: ['own-requests'], side: 'installed' },
  { name: 'another revision', options: { revision: 'v1.0' }, hub: [on(/resolve\/main/, status(404))], versions: [2, 3] },
];
