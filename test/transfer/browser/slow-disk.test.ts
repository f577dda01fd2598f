import { expect } from '@open-wc/testing';
import { HubScope } from '../../support/real-hub.js';
import { until } from '../../support/until.js';
import { bytesOf, forgetPartials, HeldFile, isWebKit, LINK, MEDIUM, sha256 } from './held-file.js';

const PlatformWorker = globalThis.Worker;

/** An address whose server does not respond until it is offline. */
const gate = new HubScope();
const GATE = gate.url(MEDIUM.id, 'config.json');

let terminated = 0;

/** A worker on a disk that finishes no write before the gate opens: a synchronous request blocks the worker. */
class SlowWorker extends PlatformWorker {
  constructor(url: string | URL, options?: WorkerOptions) {
    const script = `
      const { write } = globalThis.FileSystemSyncAccessHandle?.prototype ?? {};
      if (write) FileSystemSyncAccessHandle.prototype.write = function (...args) {
        const request = new XMLHttpRequest();
        request.open('GET', ${JSON.stringify(GATE)}, false);
        try { request.send(); } catch {}
        return write.apply(this, args);
      };
      await import(${JSON.stringify(new URL(url, location.href).href)});`;
    super(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })), options);
  }

  override terminate(): void {
    terminated += 1;
    super.terminate();
  }
}

describe('a disk that does not finish a write', () => {
  afterEach(async () => {
    globalThis.Worker = PlatformWorker;
    await forgetPartials();
  });

  it('delays neither the bytes of a file nor their hash', async function () {
    if (isWebKit) this.skip();
    globalThis.Worker = SlowWorker;
    await gate.control({ silent: true });
    const file = new HeldFile(MEDIUM);
    await file.scope.control({ bandwidth: LINK / 4 });
    // The hash is compared: the listing has it.
    expect(await sha256(await bytesOf(await file.visit()(file.url)))).to.equal(await file.hash());
    expect(terminated, 'no worker was given up').to.equal(0);
    const requests = await gate.requests();
    expect(requests.length, 'the disk has not finished its first write').to.equal(1);
    await gate.control({ offline: true });
    await until(async () => (await gate.requests())[0]?.aborted === true);
  });
});
