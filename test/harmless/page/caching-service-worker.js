// Keeps every answer, as many offline-first pages do. A part of a file cannot be kept: then the request fails.
/** @type {any} */
const worker = self;
const letsProbesPass = location.search === '?probes';

worker.addEventListener('install', () => worker.skipWaiting());
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  if (letsProbesPass && request.headers.get('range') === 'bytes=0-0') return;
  event.respondWith(answer(request));
});

/** @param {Request} request */
async function answer(request) {
  const cache = await caches.open('everything');
  const kept = await cache.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  await cache.put(request, response.clone());
  return response;
}
