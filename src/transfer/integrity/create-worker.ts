import type { HASH_WORKER } from './hash-protocol.js';

/** The part of Trusted Types that this module uses; TypeScript does not declare it yet. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): { createScriptURL(address: string): string };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/**
 * Starts the hash worker by an address that `require-trusted-types-for 'script'` accepts. If the worker is on another origin,
 * such as a CDN, a script of this origin imports it.
 *
 * Vite recognizes a worker by the expression after `return`, whose options it must be able to read statically.
 *
 * @throws if the platform or a policy of the page refuses it, and if an app's bundler has left the worker out.
 */
export function createTrustedWorker(): Worker {
  const Worker = class extends globalThis.Worker {
    constructor(url: URL, options: WorkerOptions) {
      if (isLeftOut(url, import.meta.url)) throw new Error('The hash worker was not bundled');
      super(toTrustedUrl(url.origin === location.origin ? url.href : importing(url)), options);
    }
  };
  return new Worker(new URL('./hash-worker.js', import.meta.url), {
    type: 'module',
    name: 'model-download-hash' satisfies typeof HASH_WORKER,
  });
}

/**
 * Starts the hash worker for bundlers that recognize a worker only by the platform's own `Worker`. With these,
 * `createTrustedWorker()` requests a file that was not bundled.
 */
export function createPlainWorker(): Worker {
  return new Worker(new URL('./hash-worker.js', import.meta.url), {
    type: 'module',
    name: 'model-download-hash' satisfies typeof HASH_WORKER,
  });
}

/**
 * Whether an app's bundler has moved this module and left the worker out, as esbuild and Rollup do. Then the worker's address
 * is unchanged, and there is no file. The bundles of this package are marked, since the worker is beside them.
 *
 * @param here The address of this module. It is a parameter, since bundlers treat a `URL` with `import.meta.url` as a file to bundle.
 */
function isLeftOut(worker: URL, here: string): boolean {
  const isAsWritten = worker.href === new URL('hash-worker.js', here).href;
  const isPublished = new URL(here).pathname.endsWith('/create-worker.js') || (import.meta as { hasHashWorker?: boolean }).hasHashWorker;
  return isAsWritten && !isPublished;
}

let importer: string | undefined;

/** Returns the address of a script of this origin that imports the worker from another origin. */
function importing({ href }: URL): string {
  // All workers use one address: the platform keeps the script of each until the page ends.
  return (importer ??= URL.createObjectURL(new Blob([`import ${JSON.stringify(href)};`], { type: 'text/javascript' })));
}

/** Converts an address to one that the platform accepts for a script. It receives only addresses that this module creates. */
function toTrustedUrl(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes) return address;
  policy ??= trustedTypes.createPolicy('model-download', { createScriptURL: (own) => own });
  return policy.createScriptURL(address);
}
