// A realm without `import()`: the load uses the platform's own `fetch`.
import { expect } from '@open-wc/testing';
import { ModelDownloads } from 'model-download';

const FILE = new URL('/package.json', location.href).href;

describe('a service worker', () => {
  let registration: ServiceWorkerRegistration | undefined;

  before(async function () {
    const script = new URL('../support/service-worker.js', import.meta.url);
    const registered = await navigator.serviceWorker.register(script, { type: 'module' }).catch(() => undefined);
    // Not every engine accepts a module as a service worker.
    if (registered) registration = registered;
    else this.skip();
  });

  after(() => registration?.unregister());

  it('loads a file without the transfer layer, and counts its bytes', async () => {
    const worker = registration?.installing ?? registration?.waiting ?? registration?.active;
    const { port1, port2 } = new MessageChannel();
    worker?.postMessage(FILE, [port2]);
    port1.start();
    const downloads = new ModelDownloads({ storage: null });
    await downloads.connectWorker(port1 as unknown as Worker);
    await downloads.load('own');
    const { size } = await (await fetch(FILE)).blob();
    expect(downloads.getState('own')).to.include({ status: 'completed', bytesDownloaded: size });
    port1.close();
  });
});
