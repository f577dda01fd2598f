// What a prefetch that has ended leaves for the calls after it.
import { expect } from '@open-wc/testing';
import { ModelDownloads, type ModelDefinition } from 'model-download';
import { clearCaches, FakeHub, fakeTransformers } from '../support/fake-hub.js';
import { rejectionOf } from '../support/rejection-of.js';
import { until } from '../support/until.js';

const MODEL = 'https://hub.test/gpt2/resolve/main/';
const WEIGHTS = 'onnx/model.onnx';

const gpt2: ModelDefinition = {
  name: 'GPT-2',
  task: 'text-generation',
  model: 'gpt2',
  files: [
    { file: 'config.json', size: 2 },
    { file: WEIGHTS, size: 70 },
  ],
};

let hub: FakeHub;
let downloads: ModelDownloads;

beforeEach(async () => {
  await clearCaches();
  hub = new FakeHub();
  hub.put(`${MODEL}config.json`, '{}');
  hub.put(MODEL + WEIGHTS, 'w'.repeat(70));
  const transformers = fakeTransformers({ files: () => ['config.json', WEIGHTS] });
  downloads = new ModelDownloads({ storage: null, transformers, models: { gpt2 }, automaticAttempts: 0, manualAttempts: 0 });
});

afterEach(async () => {
  downloads.dispose();
  hub.close();
  await clearCaches();
});

describe('prefetch()', () => {
  it('that found no list of the files does not fail a load after it', async () => {
    const { files, ...unlisted } = gpt2;
    expect(files).to.have.lengthOf(2);
    downloads.define({ unlisted });
    const failure = await rejectionOf(downloads.prefetch('unlisted'));
    expect(String(failure)).to.contain('No source lists the files');
    await downloads.load('unlisted');
    expect(downloads.getState('unlisted')).to.include({ status: 'completed' });
  });

  it('that was cancelled and retried has ended after its success', async () => {
    hub.beforeLastByte = () => new Promise(() => undefined);
    const prefetching = rejectionOf(downloads.prefetch('gpt2'));
    await until(() => (downloads.getState('gpt2')?.bytesDownloaded ?? 0) > 0);
    downloads.cancel('gpt2');
    expect(await prefetching).to.include({ name: 'AbortError' });
    hub.beforeLastByte = undefined;
    downloads.retry('gpt2');
    await until(() => downloads.getState('gpt2')?.cached === true);
    // A model that is being downloaded cannot be defined again.
    await until(() => {
      downloads.define({ gpt2: { ...gpt2, name: 'Renamed' } });
      return downloads.getState('gpt2')?.modelName === 'Renamed';
    });
  });
});
