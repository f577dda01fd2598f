import { expect } from 'chai';
import { classifyFailure } from 'model-download';
import { isWebKit } from './is-web-kit.js';
import { HubScope, hubModel, IN_FLIGHT, LINK } from './real-hub.js';
import type { WorkerLoad, WorkerResult } from './model-worker.js';
import { drawn, RealPage, RECIPE } from './real-page.js';

type Run = (input: string, options: object) => Promise<object[]>;

/** Real loads with one version of Transformers.js that fail, break, start over and share the page. */
export function describeRealLoads(version: number): void {
  describe(`real loads with Transformers.js ${version}`, () => {
    let page: RealPage;

    afterEach(() => page.close());

    it('shows the recovery after a cut, and its Retry leads to a working model', async () => {
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

    for (const cuts of CUTS) {
      it(`survives ${cuts === 1 ? 'a cut' : '20 cuts at random places'} in a large file without a retry`, async function () {
        this.timeout(150_000);
        const scope = await cutScope(cuts);
        page = new RealPage(version, scope, [LARGE], { random: () => 0 });
        const bytes: number[] = [];
        page.downloads.subscribe(LARGE, ({ bytesDownloaded = 0 }) => bytes.push(bytesDownloaded));
        const run = await page.downloads.load<Run>(LARGE);
        const { sample } = hubModel(LARGE);
        expect((await run(sample.input, sample.options))[0]).to.deep.equal(sample.expected);
        expect(bytes, 'never falls').to.deep.equal([...bytes].sort((a, b) => a - b));
        await checkAnswers(scope, version, cuts);
      });

      it(`survives ${cuts === 1 ? 'a cut' : '20 cuts at random places'} in a large file in a worker`, async function () {
        this.timeout(150_000);
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

    it('rejects if a file has failed for good, even if Transformers.js never settles', async function () {
      const id = 'local/external';
      if (!hubModel(id).versions[`v${version}`]) this.skip();
      const scope = new HubScope();
      await scope.control({ cutAfter: 500_000, match: '.onnx_data' });
      page = new RealPage(version, scope, [id], { automaticAttempts: 0, recovery: 'automatic' });
      const error: unknown = await page.downloads.load(id).catch((cause: unknown) => cause);
      expect(classifyFailure(error).code).to.equal('network');
      expect(page.downloads.getState(id)).to.include({ status: 'failed', failureCode: 'network', kept: true });

      await scope.control({ cutAfter: null });
      await page.downloads.load(id);
      expect(page.downloads.getState(id)?.status).to.equal('completed');
    });

    it('downloads everything again after Start over', async () => {
      const id = 'local/medium-chat';
      const scope = new HubScope();
      await scope.control({ bandwidth: 10_000_000, cutAfter: 5_000_000, cutTimes: 1, match: '.onnx' });
      page = new RealPage(version, scope, [id], { automaticAttempts: 0 });
      const failed = page.until(id, ({ status }) => status === 'failed');
      const load = page.downloads.load<Run>(id);
      expect((await failed).can).to.include({ retry: true, restart: true });
      await drawn();
      page.shown('download-recovery', id, 'restart')?.click();
      const run = await load;
      const { sample } = hubModel(id);
      expect((await run(sample.input, sample.options))[0]).to.deep.equal(sample.expected);
      const answers = (await scope.answers(weightsOf(id, version).path)).filter(({ range }) => range !== 'bytes=0-0');
      expect(answers.map(({ range }) => range)).to.deep.equal([null, null]);
    });

    it('falls back if WebGPU is not available', async () => {
      const scope = new HubScope();
      const id = 'local/tiny-chat';
      page = new RealPage(version, scope, [id], {}, { device: 'webgpu' });
      const run = await page.downloads.load<Run>(id);
      const { sample } = hubModel(id);
      expect((await run(sample.input, sample.options))[0]).to.deep.equal(sample.expected);
    });

    it('downloads two models with equal file names at the same time without mixing them', async () => {
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

    // The last one: a session that failed leaves versions 3 and 4 unable to start any other.
    it('suggests a reload if the model cannot be started', async () => {
      const id = 'local/tiny-chat';
      const scope = new HubScope();
      // The length of the graph, behind the version and the producer: nothing can be read from there on.
      await scope.control({ truncate: 200_000, match: '.onnx' });
      page = new RealPage(version, scope, [id], { verify: 'never' });
      await page.downloads.load(id).catch(() => undefined);
      const state = page.downloads.getState(id);
      expect(state).to.include({ status: 'failed', failureCode: 'runtime' });
      expect(state?.can.retry).to.equal(false);
      await drawn();
      expect(page.shown('download-recovery', id, 'advice')?.textContent).to.match(/Reloading the page/);
    });
  });
}

/**
 * 100 MB; a tenth in WebKit, and one cut only: it drops so much of each broken answer that twenty
 * of them take minutes. Twenty cuts in 100 MB without a pipeline are tested there, too.
 */
const LARGE = isWebKit ? 'local/medium-chat' : 'local/large-chat';
const CUTS = isWebKit ? [1] : [1, 20];
const CUT_AFTER = { cutAfter: isWebKit ? 6_000_000 : 60_000_000 };
const CUT_SPREAD = { cutAfter: 300_000, cutSpread: 6_000_000 };

function weightsOf(id: string, version: number): { path: string; size: number } {
  const weights = hubModel(id).versions[`v${version}`]?.files.find(({ path }) => path.endsWith('.onnx'));
  if (!weights) throw new Error(`${id} has no weights for version ${version}`);
  return weights;
}

/** A link that is cut so often in the weights, at places that are the same in every run. */
async function cutScope(cutTimes: number): Promise<HubScope> {
  const scope = new HubScope();
  // A page that loads a model is busier than one that only reads: WebKit then delivers larger batches.
  const bandwidth = isWebKit ? LINK / 2 : LINK;
  await scope.control({ bandwidth, cutTimes, match: '.onnx', ...(cutTimes === 1 ? CUT_AFTER : CUT_SPREAD) });
  return scope;
}

/** Checks that no response begins before the previous one, and that few bytes are sent twice. */
async function checkAnswers(scope: HubScope, version: number, cuts: number): Promise<void> {
  const { path, size } = weightsOf(LARGE, version);
  const answers = await scope.answers(path);
  // Version 4 requests one byte of each file first.
  const body = answers.filter(({ range }) => range !== 'bytes=0-0');
  expect(body).to.have.lengthOf(cuts + 1);
  const starts = body.map(({ range }) => Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0));
  expect(starts).to.deep.equal([...starts].sort((a, b) => a - b));
  expect(starts.at(-1)).to.be.above(0);
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
