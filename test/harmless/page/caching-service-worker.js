// Keeps every answer, as many offline-first pages do. A part of a file cannot be kept: then the request fails.
/** @type {any} */
const worker = self;
const letsProbesPass = location.search === '?probes';
const requestsAddresses = location.search === '?addresses';

worker.addEventListener('install', () => worker.skipWaiting());
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  if (letsProbesPass && request.headers.get('range') === 'bytes=0-0') return;
  // Without its headers, as in many examples: a request for a part of a file becomes one for the whole file, which is kept.
  event.respondWith(requestsAddresses ? answerAddress(request.url) : answer(request));
});

/** @param {string} url */
async function answerAddress(url) {
  const kept = await caches.match(url);
  if (kept) return kept;
  const response = await fetch(url);
  const copy = response.clone();
  if (response.ok) void caches.open('everything').then((cache) => cache.put(url, copy));
  return response;
}

/** @param {Request} request */
async function answer(request) {
  const cache = await caches.open('everything');
  const kept = await cache.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  await cache.put(request, response.clone());
  return response;
}
