// Puts the site's service worker between the page and the file of the live examples.

/** How long the worker may take to control the page, in ms. Afterwards the examples start without it. */
const PATIENCE = 10_000;

const base = import.meta.env.BASE_URL;
const address = `${base}live-worker.js`;

let limited;

/**
 * Waits until the service worker controls the page.
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
  const registration = await within(PATIENCE, serviceWorker.register(address, { scope: base }));
  if (!registration) return false;
  return (await within(PATIENCE, control(serviceWorker, registration))) ?? false;
}

/** A worker activates when it has been installed, and claims the page then, or when the page requests it. */
function control(serviceWorker, registration) {
  const isControlled = () => serviceWorker.controller !== null && new URL(serviceWorker.controller.scriptURL).pathname === address;
  return new Promise((resolve) => {
    const check = () => isControlled() && resolve(true);
    serviceWorker.addEventListener('controllerchange', check);
    check();
    if (!isControlled()) registration.active?.postMessage('claim');
  });
}

function within(milliseconds, promise) {
  return Promise.race([promise, new Promise((resolve) => setTimeout(resolve, milliseconds))]);
}
