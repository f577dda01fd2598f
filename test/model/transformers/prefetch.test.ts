// A prefetch puts the files where the runtime looks for them.
import { expect } from '@open-wc/testing';
import { ModelDownloads } from 'model-download';
import type { TransformersModule } from 'model-download/adapters/transformers';
import { HubScope, hubModel } from '../../support/real-hub.js';

describe('a prefetch into a page’s custom cache', () => {
  it('stores every file and requests config.json once', async () => {
    const scope = new HubScope();
    const id = 'local/tiny-chat';
    const { task, versions } = hubModel(id);
    const { options, files = [] } = versions.v4 ?? {};
    const kept = new Map<string, number>();
    const customCache = {
      match: (url: string) => Promise.resolve(kept.has(url) ? new Response() : undefined),
      put: async (url: string, response: Response) => void kept.set(url, (await response.arrayBuffer()).byteLength),
    };
    const env = {
      version: '4.3.1',
      remoteHost: scope.remoteHost,
      useCustomCache: true,
      customCache,
      fetch: (...request: Parameters<typeof fetch>) => fetch(...request),
    };
    const transformers: TransformersModule = { env, pipeline: () => Promise.reject(new Error('nothing is loaded')) };
    const downloads = new ModelDownloads({
      storage: null,
      namespace: scope.remoteHost,
      transformers,
      models: { own: { task, model: id, options } },
    });
    await downloads.prefetch('own');
    expect(Object.fromEntries(kept)).to.deep.equal(Object.fromEntries(files.map(({ path, size }) => [scope.url(id, path), size])));
    const requests = await scope.requests();
    expect(requests.filter(({ file }) => file === 'config.json')).to.have.lengthOf(1);
    const cached = await Promise.all(files.map(({ path }) => caches.match(scope.url(id, path))));
    expect(cached.filter((response) => response)).to.deep.equal([]);
  });
});
