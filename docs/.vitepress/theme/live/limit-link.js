// Puts the site's service worker between the page and the file of the live examples.

/** How long the worker may take to answer for the page, in ms. Afterwards the examples start without it. */
const PATIENCE = 10_000;

/** The time between two probes, in ms. */
const INTERVAL = 50;

const base = import.meta.env.BASE_URL;

let limited;

/**
 * Waits until the service worker answers the page's requests for the file.
 *
 * @returns {Promise<boolean>} Whether it does. A page over plain HTTP on another host than localhost, and a private window
 *   of some browsers, cannot have one.
 */
export function limitLink() {
  limited ??= register().catch(() => false);
  return limited;
}

async function register() {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return false;
  const end = performance.now() + PATIENCE;
  const registration = await Promise.race([serviceWorker.register(`${base}live-worker.js`, { scope: base }), wait(PATIENCE)]);
  if (!registration) return false;
  while (performance.now() < end) {
    // The controller can be an older worker; only an answer shows that requests reach this one.
    if (serviceWorker.controller && (await isAnswered())) return true;
    // An installing worker claims the page itself, an active one does not: the page can have been reloaded without it.
    if (!serviceWorker.controller) registration.active?.postMessage('claim');
    await wait(INTERVAL);
  }
  return false;
}

/** A host has no answer of this status. */
async function isAnswered() {
  const response = await fetch(`${base}live/model.bin?probe`, { headers: { Range: 'bytes=0-0' }, cache: 'no-store' });
  await response.body?.cancel();
  return response.status === 204;
}

function wait(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
