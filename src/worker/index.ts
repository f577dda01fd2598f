export { exposeDownloads, type ExposedDownloads, type ExposeOptions, type WorkerScope } from './host/expose-downloads.js';
export type { WorkerLink, WorkerSource } from './page/worker-link.js';
export { WorkerLinks, type ConnectWorkerOptions } from './page/worker-links.js';
