// Where the model runs. Each resolves with the visit's outcome.
import { loadThroughBridge } from './bridge.js';
import { sizesVisit } from './sizes-visit.js';
import { visit } from './visit.js';

/** @typedef {(settings: any) => Promise<import('./visit.js').Outcome>} Realm */

/**
 * The address of a file of this folder with the settings.
 *
 * @param {string} file
 * @param {object} settings
 */
const withSettings = (file, settings) => `${new URL(file, import.meta.url)}?${new URLSearchParams({ settings: JSON.stringify(settings) })}`;

/**
 * @param {'module' | 'classic'} type
 * @returns {Realm}
 */
const worker = (type) => (settings) => {
  const start = () => new Worker(withSettings(`${type}-worker.js`, settings), { type });
  if (settings.side === 'downloads') return loadThroughBridge(settings, start);
  return new Promise((resolve) => (start().onmessage = ({ data }) => resolve(data)));
};

/** @type {Record<string, Realm>} */
export const realms = {
  page: visit,
  sizes: sizesVisit,
  'module-worker': worker('module'),
  'classic-worker': worker('classic'),

  sandbox: (settings) =>
    new Promise((resolve) => {
      addEventListener('message', ({ data }) => resolve(data));
      const src = `/?${new URLSearchParams({ settings: JSON.stringify({ ...settings, realm: 'page', isFramed: true }) })}`;
      const frame = Object.assign(document.createElement('iframe'), { src });
      frame.setAttribute('sandbox', 'allow-scripts');
      document.body.append(frame);
    }),

  async 'service-worker'(settings) {
    const registration = await navigator.serviceWorker.register(withSettings('service-realm.js', settings), {
      type: 'module',
      scope: '/page/nowhere/',
    });
    const active = registration.active ?? registration.waiting ?? registration.installing;
    const { port1, port2 } = new MessageChannel();
    const outcome = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
    active.postMessage('load', [port2]);
    return outcome;
  },
};
