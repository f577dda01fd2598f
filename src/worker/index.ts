export { exposeDownloads, type ExposedDownloads, type ExposeOptions, type WorkerScope } from './host/expose-downloads.js';
export type { WorkerLink, WorkerSource } from './page/worker-link.js';
export type { ConnectWorkerOptions } from './page/connect-worker.js';
export { WorkerLinks } from './page/worker-links.js';
