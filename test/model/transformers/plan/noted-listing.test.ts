// An estimate, and the load or prefetch that follows it: the hub is asked once for its listing.
import { expect } from '@open-wc/testing';
import { ModelDownloads } from 'model-download';
import { noteListing, takeListing } from '#dist/model/transformers/plan/noted-listing.js';
import { HubListing } from '#dist/transfer/internal.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { HubScope, hubModel, LINK } from '../../../support/real-hub.js';
import { RECIPE, type Recipe } from '../../../support/real-page.js';
import { rejectionOf } from '../../../support/rejection-of.js';
import { until } from '../../../support/until.js';
import { HOST, MODEL } from '../../fake-load.js';

const { importTransformers } = (await import(RECIPE)) as Recipe;
const id = 'local/tiny-chat';
const { task, sample, versions } = hubModel(id);

type Run = (input: string, options: object) => Promise<object[]>;

/** A manager of one model on an own hub. */
function manage(version: number, scope: HubScope): ModelDownloads {
  return new ModelDownloads({
    storage: null,
    namespace: scope.remoteHost,
    transformers: () => importTransformers(version, scope.remoteHost),
    models: { own: { task, model: id, options: versions[`v${version}`]?.options ?? {} } },
  });
}

/** How often the hub has sent the listing. */
async function listings(scope: HubScope): Promise<number> {
  return (await scope.requests()).filter(({ method, status, file }) => method === 'GET' && status === 200 && file === null).length;
}

/** Expects one request for the listing. On a busy machine, a download can begin so long after the estimate that it makes its own. */
async function expectOneListing(scope: HubScope, begunAt: number): Promise<void> {
  const most = performance.now() - begunAt < 5_000 ? 1 : 2;
  expect(await listings(scope)).to.be.within(1, most);
}

describe('a download after an estimate', () => {
  for (const version of [2, 3, 4]) {
    it(`does not request the listing again, with Transformers.js ${version}`, async () => {
      const scope = new HubScope();
      const downloads = manage(version, scope);
      const begunAt = performance.now();
      const { size } = await downloads.estimate('own');
      const run = await downloads.load<Run>('own');
      expect((await run(sample.input, sample.options))[0]).to.deep.equal(sample.expected);
      await expectOneListing(scope, begunAt);
      expect(downloads.getState('own')).to.include({ status: 'completed', totalBytes: size });
      downloads.dispose();
    });
  }

  it('requests nothing again if it begins during the estimate', async () => {
    const scope = new HubScope();
    const downloads = manage(4, scope);
    await scope.control({ latency: 50 });
    const begunAt = performance.now();
    const estimate = downloads.estimate('own');
    await until(async () => (await scope.requests()).length > 0);
    await downloads.load('own');
    await expectOneListing(scope, begunAt);
    expect((await estimate).size).to.be.greaterThan(0);
    downloads.dispose();
  });

  it('requests a listing that the estimate has not received', async () => {
    const scope = new HubScope();
    const downloads = manage(3, scope);
    await scope.control({ status: 500, match: 'tree', statusTimes: 1 });
    await downloads.estimate('own');
    expect(await listings(scope)).to.equal(0);
    await downloads.load('own');
    expect(await listings(scope)).to.equal(1);
    downloads.dispose();
  });

  it('does not request it again if it is a prefetch', async () => {
    const scope = new HubScope();
    const downloads = manage(3, scope);
    const begunAt = performance.now();
    await downloads.estimate('own');
    await downloads.prefetch('own');
    await expectOneListing(scope, begunAt);
    expect((await downloads.estimate('own')).cached).to.equal(true);
    downloads.dispose();
  });

  it('requests config.json again, which the estimate does not store in the browser’s cache', async () => {
    const modes: (RequestCache | undefined)[] = [];
    const fetch = (url: string, init?: RequestInit): Promise<Response> => {
      if (url.endsWith('/config.json')) modes.push(init?.cache);
      return Promise.resolve(url.includes('/api/') ? Response.json([]) : new Response(null, { status: 404 }));
    };
    const transformers = { env: { version: '4.3.1', remoteHost: HOST, fetch }, pipeline: () => Promise.resolve() };
    const downloads = new ModelDownloads({ storage: null, transformers, models: { own: { task, model: MODEL } } });
    await downloads.estimate('own');
    expect(modes).to.deep.equal(['no-store']);
    downloads.dispose();
  });

  it('stores a file that the hub has replaced since the estimate', async () => {
    const scope = new HubScope();
    const downloads = manage(3, scope);
    await downloads.estimate('own');
    await scope.control({ replaced: true, match: '.onnx' });
    await downloads.prefetch('own');
    const url = scope.url(id, 'onnx/model_quantized.onnx');
    const bytesOf = async (response: Response | undefined) => [...new Uint8Array((await response?.arrayBuffer()) ?? [])].slice(0, 10_000);
    expect(await bytesOf(await caches.match(url))).to.deep.equal(await bytesOf(await fetch(url)));
    expect(await listings(scope), 'one of the estimate, and one for the hash of the replaced file').to.equal(2);
    downloads.dispose();
  });

  it('requests it again if it is not the first one', async () => {
    const scope = new HubScope();
    const downloads = manage(3, scope);
    await downloads.estimate('own');
    // Slow enough for the cancel.
    await scope.control({ bandwidth: 50_000 });
    const cancelled = rejectionOf(downloads.load('own'));
    await new Promise<void>((resolve) => {
      downloads.subscribe('own', ({ status }) => {
        if (status === 'downloading') resolve();
      });
    });
    downloads.cancel('own');
    expect(await cancelled).to.include({ name: 'AbortError' });
    await scope.control({ bandwidth: LINK });
    const before = await listings(scope);
    await downloads.load('own');
    expect(await listings(scope)).to.equal(before + 1);
    downloads.dispose();
  });
});

describe('the listing of an estimate', () => {
  const definition = { task: 'fill-mask', model: MODEL };
  const listing = new HubListing(() => Promise.reject(new Error('not requested')));
  const module = () => ({ env: { remoteHost: HOST, version: '3.8.1' }, pipeline: () => Promise.resolve() });

  it('serves one download of the same files', () => {
    const transformers = module();
    noteListing(transformers, definition, listing);
    expect(takeListing(transformers, { ...definition, options: { revision: 'other' } })).to.equal(undefined);
    expect(takeListing(module(), definition)).to.equal(undefined);
    expect(takeListing(transformers, definition)).to.equal(listing);
    expect(takeListing(transformers, definition)).to.equal(undefined);
  });

  it('serves none once it has failed, but does not forget a later one', () => {
    const transformers = module();
    const forget = noteListing(transformers, definition, listing);
    const later = new HubListing(() => Promise.reject(new Error('not requested')));
    const forgetLater = noteListing(transformers, definition, later);
    forget();
    expect(takeListing(transformers, definition)).to.equal(later);
    noteListing(transformers, definition, later);
    forgetLater();
    expect(takeListing(transformers, definition)).to.equal(undefined);
  });

  it('serves for less than five seconds', () => {
    const [transformers, clock] = [module(), new FakeClock()];
    noteListing(transformers, definition, listing, clock);
    clock.advance(4_999);
    expect(takeListing(transformers, definition, clock)).to.equal(listing);
    noteListing(transformers, definition, listing, clock);
    clock.advance(5_000);
    expect(takeListing(transformers, definition, clock)).to.equal(undefined);
  });
});
