// A prefetch puts the files where the runtime looks for them.
import { expect } from '@open-wc/testing';
import { ModelDownloads } from 'model-download';
import type { TransformersModule } from 'model-download/adapters/transformers';
import { HubScope, hubModel } from '../../support/real-hub.js';
import { rejectionOf } from '../../support/rejection-of.js';

const id = 'local/tiny-chat';

/** A `ModelDownloads` whose Transformers.js stores files by `put`. */
function downloadsInto(scope: HubScope, put: (url: string, response: Response) => Promise<void>, kept = new Map<string, number>()) {
  const { task, versions } = hubModel(id);
  const match = (url: string): Promise<Response | undefined> => Promise.resolve(kept.has(url) ? new Response() : undefined);
  const env = {
    version: '4.3.1',
    remoteHost: scope.remoteHost,
    useCustomCache: true,
    customCache: { match, put },
    fetch: (...request: Parameters<typeof fetch>) => fetch(...request),
  };
  const transformers: TransformersModule = { env, pipeline: () => Promise.reject(new Error('nothing is loaded')) };
  const models = { own: { task, model: id, options: versions.v4?.options } };
  return new ModelDownloads({ storage: null, namespace: scope.remoteHost, transformers, models });
}

describe('a prefetch into a page’s custom cache', () => {
  it('rejects with the code quota if the disk is full', async () => {
    const full = new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    const downloads = downloadsInto(new HubScope(), async (_, response) => {
      await response.body?.cancel();
      throw full;
    });
    const failure = await rejectionOf(downloads.prefetch('own'));
    expect(failure).to.include({ name: 'DownloadFailure', code: 'quota', cause: full });
    expect(downloads.getState('own')).to.include({ status: 'failed', failureCode: 'quota' });
  });

  it('stores every file and requests config.json once', async () => {
    const scope = new HubScope();
    const { files = [] } = hubModel(id).versions.v4 ?? {};
    const kept = new Map<string, number>();
    const put = async (url: string, response: Response): Promise<void> => void kept.set(url, (await response.arrayBuffer()).byteLength);
    const downloads = downloadsInto(scope, put, kept);
    await downloads.prefetch('own');
    expect(Object.fromEntries(kept)).to.deep.equal(Object.fromEntries(files.map(({ path, size }) => [scope.url(id, path), size])));
    const requests = await scope.requests();
    expect(requests.filter(({ file }) => file === 'config.json')).to.have.lengthOf(1);
    const cached = await Promise.all(files.map(({ path }) => caches.match(scope.url(id, path))));
    expect(cached.filter((response) => response)).to.deep.equal([]);
  });
});
