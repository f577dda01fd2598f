declare const ModelDownloadWorker: typeof import('model-download/adapters/worker');
declare function importScripts(...addresses: string[]): void;
