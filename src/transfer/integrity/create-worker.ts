import type { HASH_WORKER } from './hash-protocol.js';

/** The part of Trusted Types that this module uses; TypeScript does not declare it yet. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): { createScriptURL(address: string): string };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/**
 * Starts the hash worker by an address that `require-trusted-types-for 'script'` accepts, through a script of this origin if
 * the worker is on another, such as a CDN.
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
 * As `createTrustedWorker()`, for bundlers that recognize a worker only by the platform's own `Worker`: with these, the other
 * function starts a file that was not bundled.
 */
export function createPlainWorker(): Worker {
  return new Worker(new URL('./hash-worker.js', import.meta.url), {
    type: 'module',
    name: 'model-download-hash' satisfies typeof HASH_WORKER,
  });
}

/**
 * Whether an app's bundler has moved this module and left the worker out, as esbuild and Rollup do: then the worker's address
 * is unchanged and leads nowhere. Our own bundles, beside which the worker is, are marked.
 *
 * @param here The address of this module. It is not read here, since bundlers would treat it as that of a file to bundle.
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

/** An address that the platform accepts for a script. Only addresses from this file are passed. */
function toTrustedUrl(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes) return address;
  policy ??= trustedTypes.createPolicy('model-download', { createScriptURL: (own) => own });
  return policy.createScriptURL(address);
}
