import { expect } from '@open-wc/testing';
import { installDownloadFetch, type TransformersModule } from 'model-download/adapters/transformers';
import { HubScope } from '../support/real-hub.js';

const FILE = 'config.json';

/** The settings of a module are all that is looked at; the versions themselves are loaded in `test/browser`. */
function moduleOf(version: string, remoteHost: string, more: object = {}): TransformersModule & { env: Record<string, unknown> } {
  return { env: { version, remoteHost, ...more }, pipeline: () => Promise.resolve() };
}

describe('installDownloadFetch', () => {
  const native = globalThis.fetch;
  afterEach(() => {
    globalThis.fetch = native;
  });

  it('takes the place of the platform’s fetch for versions 2 and 3, and gives it back', async () => {
    const scope = new HubScope();
    const urls: string[] = [];
    const { uninstall } = installDownloadFetch(moduleOf('3.8.1', scope.remoteHost), { onProgress: (url) => urls.push(url) });
    expect(globalThis.fetch).to.not.equal(native);
    const url = scope.url('local/tiny-chat', FILE);
    expect(await (await fetch(url)).json()).to.be.an('object');
    expect(new Set(urls)).to.deep.equal(new Set([url]));
    uninstall();
    expect(globalThis.fetch).to.equal(native);
  });

  it('touches no request that is for another host', async () => {
    const scope = new HubScope();
    const { fetch: downloadFetch, uninstall } = installDownloadFetch(moduleOf('3.8.1', 'https://models.example.test/'));
    await (await fetch(scope.url('local/tiny-chat', FILE))).text();
    uninstall();
    const [request] = await scope.answers(FILE);
    expect(request).to.include({ range: null, status: 200 });
    expect(downloadFetch.isActive).to.equal(false);
  });

  it('takes the place of the setting of version 4, and leaves the platform’s own alone', async () => {
    const scope = new HubScope();
    const own = (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => native(input, init);
    const module = moduleOf('4.3.1', scope.remoteHost, { fetch: own });
    const { uninstall } = installDownloadFetch(module);
    expect(globalThis.fetch).to.equal(native);
    await (await (module.env.fetch as typeof fetch)(scope.url('local/tiny-chat', FILE))).text();
    expect((await scope.answers(FILE))[0]).to.include({ range: 'bytes=0-' });
    uninstall();
    expect(module.env.fetch).to.equal(own);
  });

  it('keeps what somebody else has put over it', () => {
    const { uninstall } = installDownloadFetch(moduleOf('2.17.2', 'https://models.example.test/'));
    const over: typeof fetch = (input, init) => native(input, init);
    globalThis.fetch = over;
    uninstall();
    expect(globalThis.fetch).to.equal(over);
  });

  it('keeps version 2 from looking for models on the page’s own origin, unless it is told to', () => {
    const module = moduleOf('2.17.2', 'https://models.example.test/', { allowLocalModels: true });
    installDownloadFetch(module).uninstall();
    expect(module.env.allowLocalModels).to.equal(false);
    installDownloadFetch(module, { allowLocalModels: true }).uninstall();
    expect(module.env.allowLocalModels).to.equal(true);
  });
});
