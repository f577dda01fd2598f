// The modules that the pages of demo and tests import by an address, or receive from a classic script.

/** A runtime as its package ships it; its types are in another form than its modules. */
declare module '/node_modules/*';

declare module '*?url' {
  const address: string;
  export default address;
}

declare module '*?worker' {
  const ModuleWorker: new () => Worker;
  export default ModuleWorker;
}

/** `dist/cdn/model-download.iife.js`. */
declare const ModelDownload: typeof import('model-download');

/** `dist/cdn/worker.umd.js`. */
declare const ModelDownloadWorker: typeof import('model-download/adapters/worker');

declare function importScripts(...addresses: string[]): void;

interface ImportMeta {
  /** Set by Vite. */
  readonly env: Record<string, string>;
}
