// Variants of a worker's model: the page has the user's choice, and the worker loads it.
import { expect } from '@open-wc/testing';
import { ModelDownloads, ModelDownloadStartRequestEvent, type ModelDefinition, type ModelDownloadsOptions } from 'model-download';
import { clearCaches, FakeHub, fakeTransformers } from '../support/fake-hub.js';
import { FakeWorker } from '../support/fake-worker.js';
import { memoryStorage } from '../support/memory-storage.js';
import { until } from '../support/until.js';

const ADDRESS = 'https://hub.test/gpt2/resolve/main/';
const weightsOf = (dtype = 'none'): string => `onnx/model_${dtype}.onnx`;

/** Bytes of the weights of each variant. */
const SIZES = { q4: 3, fp16: 6 };

const variantOf = (dtype: keyof typeof SIZES) => ({
  name: `The ${dtype} one`,
  options: { dtype },
  files: [{ file: weightsOf(dtype), size: SIZES[dtype] }],
});

const gpt2: ModelDefinition = {
  name: 'GPT-2',
  task: 'text-generation',
  model: 'gpt2',
  variants: { q4: variantOf('q4'), fp16: variantOf('fp16') },
};

const transformers = fakeTransformers({ files: ({ dtype }) => [weightsOf(dtype)] });
const pages: ModelDownloads[] = [];
let hub: FakeHub;

beforeEach(async () => {
  await clearCaches();
  hub = new FakeHub();
  for (const [dtype, size] of Object.entries(SIZES)) hub.put(ADDRESS + weightsOf(dtype), 'x'.repeat(size));
});

afterEach(async () => {
  for (const page of pages.splice(0)) page.dispose();
  hub.close();
  await clearCaches();
});

/** A page with a worker that has the models, or to which the page adds them. */
async function pageWith(options: ModelDownloadsOptions = {}, { fromPage = false, model = gpt2 } = {}) {
  const worker = new FakeWorker().expose({ models: fromPage ? {} : { gpt2: model }, transformers, automaticAttempts: 0 });
  const downloads = new ModelDownloads({ storage: null, ...options });
  pages.push(downloads);
  await downloads.connectWorker(worker.asWorker, fromPage ? { models: { gpt2: model } } : {});
  return { downloads, worker };
}

const sentWeights = (): readonly string[] =>
  hub.requests.filter((request) => request.includes('.onnx')).map((request) => request.split('/').at(-1)!);

describe('a model of a worker with variants', () => {
  for (const fromPage of [false, true]) {
    it(`shows and loads the chosen one of ${fromPage ? 'the page’s' : 'its own'} definition`, async () => {
      const { downloads, worker } = await pageWith({}, { fromPage });
      expect(downloads.getState('gpt2')).to.include({ variant: 'q4', modelName: 'GPT-2' });
      const { variants } = await downloads.estimate('gpt2');
      expect(variants.map(({ variant, name, size, cached }) => [variant, name, size, cached])).to.deep.equal([
        ['q4', 'The q4 one', 3, false],
        ['fp16', 'The fp16 one', 6, false],
      ]);
      await downloads.chooseVariant('gpt2', 'fp16');
      expect(await downloads.load('gpt2')).to.equal(worker.asWorker);
      expect(sentWeights()).to.deep.equal(['model_fp16.onnx']);
      expect(downloads.getState('gpt2')).to.include({ status: 'completed', variant: 'fp16' });
    });
  }

  it('loads the one of the start request, and its own default without one', async () => {
    for (const [variant, file] of [
      ['fp16', 'model_fp16.onnx'],
      [undefined, 'model_q4.onnx'],
    ] as const) {
      const { downloads } = await pageWith();
      const root = new EventTarget();
      downloads.connect(root);
      root.dispatchEvent(new ModelDownloadStartRequestEvent({ modelKey: 'gpt2', variant }));
      await until(() => downloads.getState('gpt2')?.status === 'completed');
      expect(sentWeights().at(-1)).to.equal(file);
      downloads.dispose();
    }
  });

  it('loads another one in the same worker after the first was cancelled', async () => {
    let release = (): void => undefined;
    hub.beforeLastByte = () => new Promise<void>((resolve) => (release = resolve));
    const { downloads, worker } = await pageWith();
    const first = downloads.load('gpt2').catch((error: unknown) => error);
    await until(() => sentWeights().length === 1);
    downloads.cancel('gpt2');
    release();
    expect(await first).to.have.property('name', 'AbortError');
    hub.beforeLastByte = undefined;
    await downloads.chooseVariant('gpt2', 'fp16');
    await downloads.load('gpt2');
    expect(sentWeights()).to.deep.equal(['model_q4.onnx', 'model_fp16.onnx']);
    expect(await worker.models!.get<() => string[]>('gpt2').then((model) => model())).to.deep.equal(['xxxxxx']);
  });

  it('has the same variant at the next visit, until it is removed', async () => {
    const { storage } = memoryStorage();
    const first = await pageWith({ storage });
    await first.downloads.chooseVariant('gpt2', 'fp16');
    await first.downloads.load('gpt2');
    first.downloads.dispose();
    const second = await pageWith({ storage });
    expect(second.downloads.getState('gpt2')?.variant).to.equal('fp16');
    const { models } = await second.downloads.storage();
    expect(models[0]).to.include({ bytes: 6, isComplete: true });
    await second.downloads.remove('gpt2');
    expect((await second.downloads.storage()).models[0]).to.include({ bytes: 0 });
    expect((await pageWith({ storage })).downloads.getState('gpt2')?.variant).to.equal('q4');
  });

  it('refuses variants of a wrong type before the worker receives them', async () => {
    const worker = new FakeWorker().expose({ models: {}, transformers });
    const downloads = new ModelDownloads({ storage: null });
    pages.push(downloads);
    const model = { task: 't', model: 'gpt2', variants: { q4: { options: 'q4' } } } as never;
    const [result] = await Promise.allSettled([downloads.connectWorker(worker.asWorker, { models: { gpt2: model } })]);
    expect(result).to.have.nested.property('reason.message').that.includes('models.gpt2.variants.q4.options');
  });
});
