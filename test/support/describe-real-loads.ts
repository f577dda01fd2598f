import { expect } from '@open-wc/testing';
import { HubScope, hubModel, IN_FLIGHT, LINK } from './real-hub.js';
import type { WorkerLoad, WorkerResult } from './model-worker.js';
import { drawn, RealPage, RECIPE } from './real-page.js';

type Run = (input: string, options: object) => Promise<object[]>;

/** The whole job with one version of Transformers.js: real files, real sessions, read off the page. */
export function describeRealLoads(version: number): void {
  describe(`a page with Transformers.js ${version}`, () => {
    let page: RealPage;

    afterEach(() => page.close());

    it('shows a percentage that never falls, is full only with the last byte, and ends in a model that runs', async () => {
      const scope = new HubScope();
      const id = 'local/translator';
      await scope.control({ bandwidth: 8_000_000 });
      page = new RealPage(version, scope, [id]);
      const { shown, sentAtFull } = await watch(page, scope, id);
      const run = await page.downloads.load<Run>(id);
      await drawn();

      const { sample, versions } = hubModel(id);
      expect(shown.length, 'percentages shown').to.be.greaterThan(3);
      expect(shown, 'in the order they were shown').to.deep.equal([...shown].sort((a, b) => a - b));
      const size = versions[`v${version}`]?.size ?? Infinity;
      expect(await sentAtFull(), 'bytes sent when 100 % was shown').to.be.at.least(size);
      expect(page.downloads.getState(id)?.status).to.equal('completed');
      expect((await run(sample.input, sample.options))[0]).to.deep.equal(sample.expected);
    });

    it('shows the recovery after a cut, and its Retry leads to a model that runs', async () => {
      const scope = new HubScope();
      const id = 'local/tiny-chat';
      await scope.control({ cutAfter: 500_000, cutTimes: 1, match: '.onnx' });
      page = new RealPage(version, scope, [id], { automaticAttempts: 0 });
      const failed = page.until(id, ({ status }) => status === 'failed');
      const load = page.downloads.load<Run>(id);
      expect((await failed).failureCode).to.equal('network');
      await drawn();

      page.shown('download-recovery', id, 'retry')?.click();
      const run = await load;
      const { sample } = hubModel(id);
      expect(page.downloads.getState(id)?.status).to.equal('completed');
      expect((await run(sample.input, sample.options))[0]).to.deep.equal(sample.expected);
    });

    for (const cuts of [1, 20]) {
      it(`survives ${cuts === 1 ? 'a cut' : '20 cuts at random places'} in 100 MB without a retry of anybody’s`, async () => {
        const scope = await cutScope(cuts);
        page = new RealPage(version, scope, [LARGE], { random: () => 0 });
        const bytes: number[] = [];
        page.downloads.subscribe(LARGE, ({ bytesDownloaded }) => bytes.push(bytesDownloaded));
        const run = await page.downloads.load<Run>(LARGE);
        const { sample } = hubModel(LARGE);
        expect((await run(sample.input, sample.options))[0]).to.deep.equal(sample.expected);
        expect(bytes, 'never falls').to.deep.equal([...bytes].sort((a, b) => a - b));
        await checkAnswers(scope, version, cuts);
      });

      it(`survives ${cuts === 1 ? 'a cut' : '20 cuts at random places'} in 100 MB in a worker`, async () => {
        const scope = await cutScope(cuts);
        const { task, sample, versions } = hubModel(LARGE);
        const { output, error } = await loadInWorker({
          recipe: RECIPE,
          version,
          remoteHost: scope.remoteHost,
          task,
          model: LARGE,
          options: versions[`v${version}`]?.options ?? {},
          input: sample.input,
          runOptions: sample.options,
        });
        expect(error).to.equal(undefined);
        expect(output).to.deep.equal(sample.expected);
        await checkAnswers(scope, version, cuts);
      });
    }

    it('falls back where the browser has no WebGPU to give', async () => {
      const scope = new HubScope();
      const id = 'local/tiny-chat';
      page = new RealPage(version, scope, [id], {}, { device: 'webgpu' });
      const run = await page.downloads.load<Run>(id);
      const { sample } = hubModel(id);
      expect((await run(sample.input, sample.options))[0]).to.deep.equal(sample.expected);
    });

    it('downloads two models with equally named files at once without mixing them', async () => {
      const scope = new HubScope();
      const ids = ['local/tiny-chat', 'local/medium-chat'];
      await scope.control({ bandwidth: 12_000_000 });
      page = new RealPage(version, scope, ids);
      const runs = await Promise.all(ids.map((id) => page.downloads.load<Run>(id)));
      for (const [index, id] of ids.entries()) {
        const { sample, versions } = hubModel(id);
        expect(page.downloads.getState(id)?.bytesDownloaded, id).to.equal(versions[`v${version}`]?.size);
        expect((await runs[index]?.(sample.input, sample.options))?.[0]).to.deep.equal(sample.expected);
      }
    });
  });
}

const LARGE = 'local/large-chat';

/** A link that is cut so often in the weights, at places that are the same in every run. */
async function cutScope(cutTimes: number): Promise<HubScope> {
  const scope = new HubScope();
  const cuts = cutTimes === 1 ? { cutAfter: 60_000_000 } : { cutAfter: 300_000, cutSpread: 6_000_000 };
  await scope.control({ bandwidth: LINK, cutTimes, match: '.onnx', ...cuts });
  return scope;
}

/** Each answer begins where the bytes of those before it end, and little is sent twice. */
async function checkAnswers(scope: HubScope, version: number, cuts: number): Promise<void> {
  const { path, size } = hubModel(LARGE).versions[`v${version}`]?.files.find((file) => file.path.endsWith('.onnx')) ?? { path: '', size: 0 };
  const answers = await scope.answers(path);
  // Version 4 asks for one byte of each file first.
  const body = answers.filter(({ range }) => range !== 'bytes=0-0');
  expect(body).to.have.lengthOf(cuts + 1);
  const surplus = body.reduce((sum, { bytesSent }) => sum + bytesSent, -size);
  expect(surplus).to.be.within(0, cuts * IN_FLIGHT);
}

function loadInWorker(load: WorkerLoad): Promise<WorkerResult> {
  const worker = new Worker(new URL('./model-worker.js', import.meta.url), { type: 'module' });
  return new Promise<WorkerResult>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<WorkerResult>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(load);
  }).finally(() => worker.terminate());
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
