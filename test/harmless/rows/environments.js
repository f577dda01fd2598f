// Ports that a browser lacks or refuses: storage, locks, channels, estimates, hashes.
import { cut, on } from '../servers/behaviours.js';

/** Environments in which `import` of a script must work without the runtime's cache, too. */
const withoutCache = () => ({ useBrowserCache: false });

/** @type {import('./row.js').Row[]} */
export const environments = [
  { name: 'caches throw', environments: ['caches-throw'], sample: 4 },
  { name: 'caches reject', environments: ['caches-reject'] },
  { name: 'caches hang, and the page uses none', environments: ['caches-hang'], env: withoutCache, sample: 3 },
  { name: 'caches are missing', environments: ['caches-missing'] },
  { name: 'caches are full', environments: ['puts-rejected'] },
  { name: 'the page uses no caches', env: withoutCache },
  { name: 'locks throw', environments: ['locks-throw'] },
  { name: 'locks reject', environments: ['locks-reject'] },
  { name: 'locks hang', environments: ['locks-hang'], sample: 2 },
  { name: 'locks cannot be listed', environments: ['lock-queries-reject'] },
  { name: 'locks are missing', environments: ['locks-missing'] },
  { name: 'channels throw', environments: ['channels-throw'] },
  { name: 'channels are missing', environments: ['channels-missing'] },
  { name: 'localStorage throws', environments: ['local-storage-throws'] },
  { name: 'storage does not say what it holds: hangs', environments: ['estimates-hang'] },
  { name: 'storage does not say what it holds: rejects', environments: ['estimates-reject'] },
  {
    name: 'all storage refuses',
    environments: ['caches-throw', 'locks-reject', 'channels-throw', 'local-storage-throws', 'estimates-reject'],
  },
  { name: 'navigator.onLine is false', environments: ['says-offline'] },
  { name: 'no crypto.subtle', environments: ['no-subtle'] },
  { name: 'workers cannot be started', environments: ['workers-throw'] },
  ...['caches-throw', 'locks-reject', 'locks-hang', 'channels-throw', 'says-offline', 'no-subtle', 'workers-throw'].map(cutIn),
  { ...cutIn('caches-hang'), env: withoutCache },
];

/**
 * @param {string} environment
 * @returns {import('./row.js').Row}
 */
function cutIn(environment) {
  return {
    name: `one cut, ${environment}`,
    model: 'medium-chat',
    environments: [environment],
    hub: [on(/\.onnx/, cut(5_000_000))],
    plain: 'may-fail',
    inFlight: 8_000_000,
  };
}
