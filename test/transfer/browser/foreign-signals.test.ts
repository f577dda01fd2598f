import { expect } from '@open-wc/testing';
import { createDownloadFetch, type DownloadFetchOptions } from 'model-download/transfer';
import { forgetPartials, HeldFile, MEDIUM } from './held-file.js';

type Realm = Window & typeof globalThis;

/** The reason of a promise that rejects. */
async function reasonOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'nothing',
    (error: unknown) => error,
  );
}

describe('an abort', () => {
  let frame: HTMLIFrameElement;
  beforeEach(() => (frame = document.body.appendChild(document.createElement('iframe'))));
  afterEach(async () => {
    frame.remove();
    await forgetPartials();
  });

  const realms = { 'this realm': () => window, 'another realm': () => frame.contentWindow as Realm };
  const places: Record<string, (signal: AbortSignal, url: string, own: DownloadFetchOptions) => Promise<Response>> = {
    'the call': (signal, url, own) => createDownloadFetch(own)(url, { signal }),
    'the layer': (signal, url, own) => createDownloadFetch({ ...own, signal })(url),
    'plain fetch': (signal, url) => fetch(url, { signal }),
  };

  for (const [realm, windowOf] of Object.entries(realms)) {
    for (const [place, get] of Object.entries(places)) {
      const open = async (controller: AbortController): Promise<Response> => {
        const file = new HeldFile(MEDIUM);
        await file.scope.control({ bandwidth: 1_000_000 });
        return get(controller.signal, file.url, { namespace: file.scope.remoteHost });
      };

      it(`by a signal of ${realm} at ${place} ends a call with an AbortError`, async () => {
        const controller = new (windowOf().AbortController)();
        controller.abort();
        expect(await reasonOf(open(controller))).to.include({ name: 'AbortError' });
      });

      for (const read of ['arrayBuffer', 'blob', 'json', 'text'] as const) {
        it(`by a signal of ${realm} at ${place} ends ${read}() with an AbortError`, async () => {
          const controller = new (windowOf().AbortController)();
          const response = await open(controller);
          const reading = reasonOf(response[read]());
          controller.abort();
          expect(await reading).to.include({ name: 'AbortError' });
        });
      }
    }

    it(`by a signal of ${realm} passes on its reason, to a clone too`, async () => {
      const file = new HeldFile(MEDIUM);
      await file.scope.control({ bandwidth: 1_000_000 });
      const controller = new (windowOf().AbortController)();
      const response = await file.visit()(file.url, { signal: controller.signal });
      const clone = response.clone();
      expect(clone.url).to.equal(response.url);
      const readings = [response, clone].map((answer) => reasonOf(answer.arrayBuffer()));
      const reason = new RangeError('Enough');
      controller.abort(reason);
      for (const reading of readings) expect(await reading).to.equal(reason);
    });
  }

  it('by a signal of a removed frame ends a call with an AbortError, where the platform follows such a signal', async function () {
    const { AbortController: ForeignController } = frame.contentWindow as Realm;
    const [controller, probe] = [new ForeignController(), new ForeignController()];
    // In Firefox and WebKit an abort in a removed frame does not reach the signals of other realms.
    const followed = AbortSignal.any([probe.signal]);
    const unanswered: typeof fetch = (_input, init) =>
      new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error)));
    const download = createDownloadFetch({ fetch: unanswered });
    const call = reasonOf(download('/removed-frame.bin', { signal: controller.signal }));
    frame.remove();
    probe.abort();
    if (!followed.aborted) return this.skip();
    controller.abort();
    expect(await call).to.include({ name: 'AbortError' });
  });
});
