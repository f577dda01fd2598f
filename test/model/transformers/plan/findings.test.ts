// An estimate, and the load or prefetch that follows it: what the hub has sent once is not requested again.
import { expect } from '@open-wc/testing';
import { ModelDownloads } from 'model-download';
import { fetchFound, noteFindings, takeFindings, type Findings } from '#dist/model/transformers/plan/findings.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { HubScope, hubModel, LINK } from '../../../support/real-hub.js';
import { RECIPE, type Recipe } from '../../../support/real-page.js';
import { rejectionOf } from '../../../support/rejection-of.js';
import { fileUrl, MODEL } from '../../fake-load.js';

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

/** How often the hub has sent the listing, and `config.json`. */
async function sent(scope: HubScope) {
  const requests = (await scope.requests()).filter(({ method, status }) => method === 'GET' && status === 200);
  return {
    listings: requests.filter(({ file }) => file === null).length,
    configs: requests.filter(({ file }) => file === 'config.json').length,
  };
}

describe('a download after an estimate', () => {
  for (const version of [2, 3, 4]) {
    it(`requests neither the listing nor config.json again, with Transformers.js ${version}`, async () => {
      const scope = new HubScope();
      const downloads = manage(version, scope);
      const { size } = await downloads.estimate('own');
      expect(await sent(scope)).to.deep.equal({ listings: 1, configs: 1 });
      const run = await downloads.load<Run>('own');
      expect((await run(sample.input, sample.options))[0]).to.deep.equal(sample.expected);
      expect(await sent(scope)).to.deep.equal({ listings: 1, configs: 1 });
      expect(downloads.getState('own')).to.include({ status: 'completed', totalBytes: size });
      downloads.dispose();
    });
  }

  it('requests neither again if it is a prefetch', async () => {
    const scope = new HubScope();
    const downloads = manage(3, scope);
    await downloads.estimate('own');
    await downloads.prefetch('own');
    expect(await sent(scope)).to.deep.equal({ listings: 1, configs: 1 });
    expect((await downloads.estimate('own')).cached).to.equal(true);
    downloads.dispose();
  });

  it('requests the listing again if it is not the first one', async () => {
    const scope = new HubScope();
    const downloads = manage(3, scope);
    await downloads.estimate('own');
    // Slow enough for the cancel.
    await scope.control({ bandwidth: 50_000 });
    const cancelled = rejectionOf(downloads.load('own'));
    await new Promise<void>((resolve) => {
      downloads.subscribe('own', ({ status }) => status === 'downloading' && resolve());
    });
    downloads.cancel('own');
    expect(await cancelled).to.include({ name: 'AbortError' });
    await scope.control({ bandwidth: LINK });
    await downloads.load('own');
    expect((await sent(scope)).listings).to.equal(2);
    downloads.dispose();
  });
});

describe('the findings of an estimate', () => {
  const definition = { task: 'fill-mask', model: MODEL };
  const found = (): Findings => ({ listing: {} as never, files: new Map([[fileUrl('config.json'), new Response('found')]]) });
  const module = () => ({ env: { remoteHost: 'https://hub.example/', version: '3.8.1' }, pipeline: () => Promise.resolve() });

  it('serve one download of the same files', () => {
    const [transformers, findings] = [module(), found()];
    noteFindings(transformers, definition, findings);
    expect(takeFindings(transformers, { ...definition, options: { revision: 'other' } })).to.equal(undefined);
    expect(takeFindings(module(), definition)).to.equal(undefined);
    expect(takeFindings(transformers, definition)).to.include(findings);
    expect(takeFindings(transformers, definition)).to.equal(undefined);
  });

  it('serve for less than a minute', () => {
    const [transformers, clock] = [module(), new FakeClock()];
    noteFindings(transformers, definition, found(), clock);
    clock.advance(59_999);
    expect(takeFindings(transformers, definition, clock)).not.to.equal(undefined);
    noteFindings(transformers, definition, found(), clock);
    clock.advance(60_000);
    expect(takeFindings(transformers, definition, clock)).to.equal(undefined);
  });

  it('respond to the first request for a whole file', async () => {
    const fetch = fetchFound(found(), () => Promise.resolve(new Response('requested')));
    const texts: string[] = [];
    for (const file of ['other.json', 'config.json', 'config.json']) texts.push(await (await fetch(fileUrl(file))).text());
    expect(texts).to.deep.equal(['requested', 'found', 'requested']);
    const again = fetchFound(found(), () => Promise.resolve(new Response('part')));
    expect(await (await again(fileUrl('config.json'), { headers: { Range: 'bytes=2-' } })).text()).to.equal('part');
  });
});
