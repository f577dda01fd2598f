import { expect } from 'chai';
import { HubScope, hubModel } from './real-hub.js';
import { drawn, RealPage } from './real-page.js';
import { until } from './until.js';

type Run = (input: string, options: object) => Promise<object[]>;

/** One load of real files into a real session with one version of Transformers.js, read from the page. */
export function describeRealLoad(version: number): void {
  describe(`a page with Transformers.js ${version}`, () => {
    let page: RealPage;

    afterEach(() => page.close());

    it('shows a percentage that never falls, is full only with the last byte, and ends in a model that runs', async function () {
      // Beside other work WebKitGTK takes more than a minute to start the model.
      this.timeout(240_000);
      const scope = new HubScope();
      const id = 'local/translator';
      // Slow until some percentages were shown: a busy machine draws few frames.
      await scope.control({ bandwidth: 500_000 });
      page = new RealPage(version, scope, [id]);
      const { shown, sentAtFull } = await watch(page, scope, id);
      const loading = page.downloads.load<Run>(id);
      await until(() => new Set(shown).size > 3);
      await scope.control({ bandwidth: 8_000_000 });
      const run = await loading;
      await drawn();

      const { sample, versions } = hubModel(id);
      expect(shown, 'in the order they were shown').to.deep.equal([...shown].sort((a, b) => a - b));
      const size = versions[`v${version}`]?.size ?? Infinity;
      expect(await sentAtFull(), 'bytes sent when 100 % was shown').to.be.at.least(size);
      expect(page.downloads.getState(id)?.status).to.equal('completed');
      expect((await run(sample.input, sample.options))[0]).to.deep.equal(sample.expected);
    });
  });
}

/** Reads the page at every change, and the hub's log at the first full bar. */
async function watch(page: RealPage, scope: HubScope, id: string) {
  const shown: number[] = [];
  let atFull: Promise<number> | undefined;
  page.downloads.subscribe(id, () => {
    void drawn().then(() => {
      const percent = page.shownPercent(id);
      if (percent === undefined) return;
      shown.push(percent);
      if (percent === 100) atFull ??= sent(scope);
    });
  });
  await drawn();
  return { shown, sentAtFull: () => atFull ?? Promise.resolve(-1) };
}

async function sent(scope: HubScope): Promise<number> {
  return (await scope.requests()).reduce((sum, { bytesSent }) => sum + bytesSent, 0);
}
