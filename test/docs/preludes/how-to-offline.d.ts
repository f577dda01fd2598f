declare const downloads: import('model-download').ModelDownloads;
declare const self: ServiceWorkerScope;
/** The part of a service worker that the sample uses: its declarations and those of a page exclude each other. */
interface ServiceWorkerScope {
  addEventListener(type: 'install', listener: (event: { waitUntil(work: Promise<unknown>): void }) => void): void;
  addEventListener(type: 'fetch', listener: (event: { request: Request; respondWith(response: Promise<Response>): void }) => void): void;
}
