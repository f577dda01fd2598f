import type { HASH_WORKER } from './hash-protocol.js';

/** As much of Trusted Types as is used here; TypeScript does not know them yet. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): { createScriptURL(address: string): string };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/**
 * Starts the hash worker by an address that passes `require-trusted-types-for 'script'`, and through a script of this
 * origin where its own is another one, as on a CDN.
 *
 * The words after `return` are those by which Vite finds a worker, with options that it can read without running
 * anything.
 *
 * @throws where the platform, or a policy of the page, refuses it, and where an app's bundler has left the worker out.
 */
export function createTrustedWorker(): Worker {
  const Worker = class extends globalThis.Worker {
    constructor(url: URL, options: WorkerOptions) {
      if (isLeftOut(url, import.meta.url)) throw new Error('The hash worker was not bundled');
      super(trust(url.origin === location.origin ? url.href : importing(url)), options);
    }
  };
  return new Worker(new URL('./hash-worker.js', import.meta.url), {
    type: 'module',
    name: 'model-download-hash' satisfies typeof HASH_WORKER,
  });
}

/**
 * As `createTrustedWorker()`, for bundlers that know a worker only where `Worker` is the platform's own: with them the
 * other one starts a file that was not bundled.
 */
export function createPlainWorker(): Worker {
  return new Worker(new URL('./hash-worker.js', import.meta.url), {
    type: 'module',
    name: 'model-download-hash' satisfies typeof HASH_WORKER,
  });
}

/**
 * Whether an app's bundler has moved this module and has left the worker out, as esbuild and Rollup do: then nothing is
 * at its address, which is still the one that the source has. Our own bundles are marked, since the worker is beside them.
 *
 * @param here The address of this module, not read in here: bundlers would take it for the address of a file to bundle.
 */
function isLeftOut(worker: URL, here: string): boolean {
  const isAsWritten = worker.href === new URL('hash-worker.js', here).href;
  const isPublished = new URL(here).pathname.endsWith('/create-worker.js') || (import.meta as { hasHashWorker?: boolean }).hasHashWorker;
  return isAsWritten && !isPublished;
}

/** The address of a script of this origin that imports one of another. */
function importing({ href }: URL): string {
  return URL.createObjectURL(new Blob([`import ${JSON.stringify(href)};`], { type: 'text/javascript' }));
}

/** What the platform takes for the address of a script. Only addresses made in this file come here. */
function trust(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes) return address;
  policy ??= trustedTypes.createPolicy('model-download', { createScriptURL: (own) => own });
  return policy.createScriptURL(address);
}
