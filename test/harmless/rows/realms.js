// Where the model runs, and under which policy.
import { cut, headers, on, pauses } from '../servers/behaviours.js';
import { INSECURE_HOST } from '../engines.js';

/** The directives that a pipeline needs. @param {import('./row.js').Addresses} place */
const strictPolicy = ({ hub, cdn, runtime }) =>
  [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' ${runtime}`,
    `connect-src 'self' ${hub} ${cdn} ${runtime}`,
    "worker-src 'none'",
    "base-uri 'none'",
  ].join('; ');

/** @param {import('./row.js').Addresses} place */
const trustedTypes = (place) =>
  `${strictPolicy(place).replace("worker-src 'none'", "worker-src 'self'")}; require-trusted-types-for 'script'; trusted-types lit-html model-download`;

/** Else version 4 imports its runtime from a blob, which the policy forbids. */
const noBlobs = () => ({ useWasmCache: false });

/** In a sandbox even reading `caches` throws, so Transformers.js must be configured not to use it. */
const noCache = () => ({ useBrowserCache: false });

const oneCut = {
  model: /** @type {const} */ ('medium-chat'),
  hub: [on(/\.onnx/, cut(5_000_000))],
  plain: /** @type {const} */ ('may-fail'),
  inFlight: 8_000_000,
};

/** @type {import('./row.js').Row[]} */
export const realms = [
  { name: 'module worker', realm: 'module-worker', sample: 4 },
  { name: 'module worker, caches throw', realm: 'module-worker', environments: ['caches-throw'] },
  { name: 'module worker, locks hang', realm: 'module-worker', environments: ['locks-hang'] },
  { name: 'module worker, locks throw', realm: 'module-worker', environments: ['locks-throw'] },
  { name: 'module worker, installDownloadFetch', realm: 'module-worker', side: 'installed' },
  { name: 'classic worker', realm: 'classic-worker' },
  { name: 'classic worker, one cut', realm: 'classic-worker', ...oneCut },
  { name: 'service worker', realm: 'service-worker', side: 'installed', versions: [2] },
  { name: 'service worker, one cut', realm: 'service-worker', side: 'installed', versions: [2], ...oneCut },
  { name: 'sandboxed frame', realm: 'sandbox', env: noCache, sample: 2 },
  { name: 'sandboxed frame, one cut', realm: 'sandbox', env: noCache, ...oneCut },
  { name: 'strict policy', policy: strictPolicy, env: noBlobs },
  { name: 'strict policy, one cut', policy: strictPolicy, env: noBlobs, ...oneCut },
  { name: 'strict policy with Trusted Types', policy: trustedTypes, env: noBlobs },
  {
    name: 'cross-origin isolated',
    pageHeaders: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
  },
  { name: 'plain HTTP', pageHost: INSECURE_HOST, engines: ['chromium'] },
  { name: 'plain HTTP, one cut', pageHost: INSECURE_HOST, engines: ['chromium'], ...oneCut },
  { name: 'a service worker keeps every answer', arrangements: ['caching-service-worker'], versions: [2, 3], sample: 2 },
  { name: 'a service worker keeps every answer, one cut', arrangements: ['caching-service-worker'], versions: [2, 3], ...oneCut },
  {
    name: 'a service worker requests addresses only',
    arrangements: ['addressing-service-worker'],
    runtime: [headers({ 'Cache-Control': 'no-cache' }), on(/\.wasm/, pauses(2_000_000, 1_000))],
  },
  { name: 'a service worker keeps every answer but probes', arrangements: ['probing-service-worker'], versions: [4] },
];
