// The service worker of the documentation's site: it answers requests for `live/model.bin` and no other, so that the live
// examples have a slow and a broken connection on any static host.
import { liveFile } from '../live-file.js';
import { liveResponse } from './live-response.js';

const worker = /** @type {any} */ (self);
/** @type {Uint8Array | undefined} */
let file;

/** Without a claim, a worker controls a page only from its next navigation on. */
const claim = (event) => event.waitUntil(worker.clients.claim());

worker.addEventListener('install', () => worker.skipWaiting());
worker.addEventListener('activate', claim);
// A page that was reloaded without its worker (Shift and Reload) requests to be controlled.
worker.addEventListener('message', claim);

worker.addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== 'GET' || `${origin}${pathname}` !== `${worker.registration.scope}live/model.bin`) return;
  file ??= liveFile();
  const { response, ended } = liveResponse(event.request, file);
  event.respondWith(response);
  // The browser may end a worker that has no event.
  event.waitUntil(ended);
});
