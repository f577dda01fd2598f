// The files of a model are those at its host, path, revision and query, in the cache that the runtime uses.
import { expect } from '@open-wc/testing';
import { ModelDownloads, type ModelDefinition, type ModelDownloadsOptions } from 'model-download';
import { eachWithHub } from '../support/fake-file.js';
import { clearCaches, CustomCache, fakeTransformers, keep, keptUrls } from '../support/fake-hub.js';
import { storedBytes } from '../support/stored-bytes.js';

const HUB = 'https://hub.test/';
const WEIGHTS = 'onnx/model.onnx';

const addressOf = (model: string, file: string, revision = 'main'): string => `${HUB}${model}/resolve/${revision}/${file}`;

/** A model with `files` of the page. */
const modelOf = (
  model: string,
  options = {},
  files: ModelDefinition['files'] = [
    { file: 'config.json', size: 2 },
    { file: WEIGHTS, size: 7 },
  ],
): ModelDefinition => ({
  task: 'text-generation',
  model,
  options,
  files,
});

const stage = eachWithHub();

const transformers = fakeTransformers({ files: () => ['config.json', WEIGHTS] });

function downloadsOf(models: Record<string, ModelDefinition>, options: ModelDownloadsOptions = {}): ModelDownloads {
  return new ModelDownloads({ storage: null, transformers, models, automaticAttempts: 0, ...options });
}

async function keepModel(model: string, revision = 'main', host = HUB): Promise<void> {
  await keep(`${host}${model}/resolve/${revision}/config.json`, '{}');
  await keep(`${host}${model}/resolve/${revision}/${WEIGHTS}`, 'weights');
}

describe('the files of a model on this device', () => {
  it('are distinguished from those of the page and of models with similar names, hosts or revisions', async () => {
    await keepModel('gpt2');
    await keepModel('Xenova/gpt2');
    await keepModel('gpt2', 'v2');
    await keepModel('gpt2', 'main', 'https://mirror.test/');
    await keep(`${addressOf('gpt2', 'config.json')}?token=1`, '{}');
    await keep(addressOf('gpt2', 'config.json'), '{}', { cache: 'the-pages-own' });
    const before = await keptUrls();
    const downloads = downloadsOf({ gpt2: modelOf('gpt2') });
    expect(await storedBytes(downloads)).to.deep.equal([{ modelKey: 'gpt2', bytes: 9, partialBytes: 0 }]);
    await downloads.remove('gpt2');
    const gone = [addressOf('gpt2', 'config.json'), addressOf('gpt2', WEIGHTS)];
    const after = await keptUrls();
    expect(after).to.have.lengthOf(before.length - 2);
    expect(after).to.deep.equal(before.filter((url, index) => !gone.includes(url) || before.indexOf(url) !== index));
  });

  it('are those of its revision with the page’s own path template', async () => {
    const env = { remotePathTemplate: '{model}/{revision}/' };
    const own = fakeTransformers({ env, files: () => [] });
    for (const file of ['config.json', WEIGHTS]) await keep(`${HUB}gpt2/v1/${file}`, 'weights');
    const downloads = downloadsOf(
      { new: modelOf('gpt2', { revision: 'v2' }), old: modelOf('gpt2', { revision: 'v1' }) },
      { transformers: own },
    );
    expect((await downloads.estimate('new')).cached).to.equal(false);
    expect((await downloads.estimate('old')).cached).to.equal(true);
    await downloads.remove('new');
    expect(await keptUrls()).to.have.lengthOf(2);
  });

  it('are not those of a model in a subfolder', async () => {
    const own = fakeTransformers({ env: { remotePathTemplate: '{model}/' }, files: () => [] });
    await keep(`${HUB}gpt2/config.json`, '{}');
    await keep(`${HUB}gpt2/medium/config.json`, '{}');
    const downloads = downloadsOf({ gpt2: modelOf('gpt2') }, { transformers: own });
    await downloads.remove('gpt2');
    expect(await keptUrls()).to.deep.equal([`${HUB}gpt2/medium/config.json`]);
  });

  it('include those of the page’s own server, which the runtime requests first', async () => {
    const local = new URL('/models/gpt2/', location.href).href;
    for (const file of ['config.json', WEIGHTS]) await keep(local + file, 'weights');
    const downloads = downloadsOf({ gpt2: modelOf('gpt2') });
    expect((await downloads.estimate('gpt2')).cached).to.equal(true);
    await downloads.remove('gpt2');
    expect(await keptUrls()).to.deep.equal([]);
  });

  for (const [what, body, length] of [
    ['a page in HTML', '<!DOCTYPE html><title>Not found</title>', undefined],
    ['a Git LFS pointer', `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 7\n`, undefined],
    ['shorter than it was to be', 'wei', 7],
  ] as const) {
    it(`are incomplete if one is ${what}`, async () => {
      await keepModel('gpt2');
      await keep(addressOf('gpt2', WEIGHTS), body, { length: length ?? body.length });
      const downloads = downloadsOf({ gpt2: modelOf('gpt2') });
      expect((await downloads.estimate('gpt2')).cached).to.equal(false);
      expect(downloads.getState('gpt2')?.cached).to.equal(false);
    });
  }

  it('can be older than those of the hub, which the estimate reports', async () => {
    await keepModel('gpt2');
    const listing = `${HUB}api/models/gpt2/tree/main?recursive=true`;
    const tree = (size: number): string =>
      JSON.stringify([
        { type: 'file', path: 'config.json', size: 2 },
        { type: 'file', path: WEIGHTS, size },
      ]);
    const downloads = downloadsOf({ gpt2: modelOf('gpt2') });
    stage.hub.put(listing, tree(7), { 'Content-Type': 'application/json' });
    expect(await downloads.estimate('gpt2')).to.include({ cached: true, newer: false });
    stage.hub.put(listing, tree(8), { 'Content-Type': 'application/json' });
    expect(await downloads.estimate('gpt2')).to.include({ cached: true, newer: true });
  });

  it('are found in the page’s own cache, even if that has only match and put', async () => {
    const customCache = new CustomCache();
    const own = fakeTransformers({ env: { useCustomCache: true, customCache }, files: () => ['config.json', WEIGHTS] });
    stage.hub.put(addressOf('gpt2', 'config.json'), '{}');
    stage.hub.put(addressOf('gpt2', WEIGHTS), 'weights');
    const downloads = downloadsOf({ gpt2: modelOf('gpt2') }, { transformers: own });
    await keepModel('gpt2');
    expect((await downloads.estimate('gpt2')).cached, 'in a cache that the runtime does not use').to.equal(false);
    await downloads.load('gpt2');
    expect(downloads.getState('gpt2')).to.include({ status: 'completed', kept: true });
    expect((await downloads.estimate('gpt2')).cached).to.equal(true);
    expect(await storedBytes(downloads)).to.deep.equal([{ modelKey: 'gpt2', bytes: 9, partialBytes: 0 }]);
    const [removal] = await Promise.allSettled([downloads.remove('gpt2')]);
    expect(removal, 'a deletion that the cache cannot do').to.have.nested.property('reason.name', 'NotSupportedError');
  });

  it('are not reported as too large if the page stores none', async () => {
    const own = fakeTransformers({ env: { useBrowserCache: false }, files: () => ['config.json'] });
    stage.hub.put(addressOf('gpt2', 'config.json'), '{}');
    const downloads = downloadsOf({ gpt2: modelOf('gpt2', {}, [{ file: 'config.json', size: 2 }]) }, { transformers: own });
    await downloads.load('gpt2');
    expect(downloads.getState('gpt2')?.kept).to.equal(undefined);
    expect(await storedBytes(downloads)).to.deep.equal([{ modelKey: 'gpt2', bytes: 0, partialBytes: 0 }]);
  });
});

describe('the plan of an earlier load', () => {
  const stored = new Map<string, string>();
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  };
  const models = { gpt2: { task: 'text-generation', model: 'gpt2' } };
  const moduleAt = (remoteHost: string, template = '{model}/resolve/{revision}/') =>
    fakeTransformers({ env: { remoteHost, remotePathTemplate: template }, files: () => ['config.json'] });

  it('belongs to one host and one path', async () => {
    stage.hub.put(addressOf('gpt2', 'config.json'), '{}');
    const first = new ModelDownloads({ storage, models, transformers: moduleAt(HUB), namespace: 'a' });
    await first.load('gpt2');
    expect(first.getState('gpt2')?.status).to.equal('completed');
    const sizeWith = (transformers: ReturnType<typeof moduleAt>): number | undefined =>
      // Without the transfer layer the runtime's file does not count, so that no request for its size is needed.
      new ModelDownloads({ storage, models, transformers, namespace: 'a', transfer: false }).getState('gpt2')?.totalBytes;
    expect(sizeWith(moduleAt(HUB))).to.equal(2);
    expect(sizeWith(moduleAt('https://mirror.test/'))).to.equal(undefined);
    expect(sizeWith(moduleAt(HUB, '{model}/'))).to.equal(undefined);
  });

  it('shows before the import of Transformers.js that a model is here, but not that it is missing', async () => {
    stage.hub.put(addressOf('gpt2', 'config.json'), '{}');
    await new ModelDownloads({ storage, models, transformers: moduleAt(HUB), namespace: 'b' }).load('gpt2');
    let imports = 0;
    const later = (): ModelDownloads =>
      new ModelDownloads({ storage, models, namespace: 'b', transformers: () => Promise.reject(new Error(`Import ${++imports}`)) });
    const whole = later();
    await new Promise<void>((resolve) => whole.subscribe('gpt2', ({ cached }) => cached && resolve()));
    await clearCaches();
    const looked = later();
    await new Promise<void>((resolve) => looked.subscribe('gpt2', () => resolve()));
    expect(looked.getState('gpt2')?.cached).to.equal(undefined);
    expect(imports).to.equal(0);
  });
});

describe('a download that starts over', () => {
  const broken = (text: string) => {
    if (text.includes('damaged')) throw new SyntaxError('Unexpected token');
  };
  const own = fakeTransformers({ files: () => ['config.json', WEIGHTS], start: (texts) => texts.forEach(broken) });

  beforeEach(async () => {
    stage.hub.put(addressOf('gpt2', 'config.json'), '{}');
    stage.hub.put(addressOf('gpt2', WEIGHTS), 'weights');
    await keepModel('gpt2');
    await keep(addressOf('gpt2', WEIGHTS), 'damaged');
  });

  it('requests the files again that the runtime had stored', async () => {
    const downloads = downloadsOf({ gpt2: modelOf('gpt2') }, { transformers: own, recovery: 'ask' });
    const loaded = downloads.load('gpt2');
    await new Promise<void>((resolve) => downloads.subscribe('gpt2', ({ status }) => status === 'failed' && resolve()));
    expect(downloads.getState('gpt2')).to.deep.include({ failureCode: 'corrupt' });
    await downloads.restart('gpt2');
    await loaded;
    expect(stage.hub.sent(addressOf('gpt2', 'config.json'))).to.equal(1);
    expect(stage.hub.sent(addressOf('gpt2', WEIGHTS))).to.equal(1);
  });

  it('requests them again by a retry after a damaged file', async () => {
    const downloads = downloadsOf({ gpt2: modelOf('gpt2') }, { transformers: own, automaticAttempts: 1, random: () => 0 });
    await downloads.load('gpt2');
    expect(stage.hub.sent(addressOf('gpt2', WEIGHTS))).to.equal(1);
  });

  it('is offered for a model that cannot be started, and requests it again', async () => {
    let hasFailed = false;
    const failing = fakeTransformers({
      files: () => [WEIGHTS],
      start: ([text]) => {
        if (text !== 'damaged') return;
        hasFailed = true;
        throw new Error('protobuf parsing failed');
      },
    });
    const downloads = downloadsOf({ gpt2: modelOf('gpt2') }, { transformers: failing, recovery: 'ask' });
    const error: unknown = await downloads.load('gpt2').catch((cause: unknown) => cause);
    expect(hasFailed).to.equal(true);
    expect(String(error)).to.contain('protobuf');
    expect(downloads.getState('gpt2')).to.deep.include({ status: 'failed', failureCode: 'runtime' });
    expect(downloads.getState('gpt2')?.can.restart).to.equal(true);
    const completed = new Promise<void>((resolve) => downloads.subscribe('gpt2', ({ status }) => status === 'completed' && resolve()));
    await downloads.restart('gpt2');
    await completed;
    expect(stage.hub.sent(addressOf('gpt2', WEIGHTS))).to.equal(1);
  });
});

describe('two downloads of one model at once', () => {
  it('count their own files', async () => {
    const files = ({ dtype = 'fp32' }): readonly string[] => ['config.json', `onnx/model_${dtype}.onnx`];
    const own = fakeTransformers({ files });
    stage.hub.put(addressOf('gpt2', 'config.json'), '{}');
    stage.hub.put(addressOf('gpt2', 'onnx/model_q4.onnx'), 'weights');
    stage.hub.put(addressOf('gpt2', 'onnx/model_q8.onnx'), 'more weights');
    const planOf = (dtype: string, size: number): ModelDefinition =>
      modelOf('gpt2', { dtype }, [
        { file: 'config.json', size: 2 },
        { file: `onnx/model_${dtype}.onnx`, size },
      ]);
    const downloads = downloadsOf({ q4: planOf('q4', 7), q8: planOf('q8', 12) }, { transformers: own });
    await Promise.all([downloads.load('q4'), downloads.load('q8')]);
    const filesOf = (key: string) =>
      downloads
        .getAggregate(key)
        ?.files.map(({ file, loaded }) => `${file} ${loaded}`)
        .sort();
    expect(filesOf('q4')).to.deep.equal(['config.json 2', 'onnx/model_q4.onnx 7']);
    expect(filesOf('q8')).to.deep.equal(['config.json 2', 'onnx/model_q8.onnx 12']);
    for (const [key, size] of [
      ['q4', 9],
      ['q8', 14],
    ] as const)
      expect(downloads.getState(key)).to.include({ bytesDownloaded: size, totalBytes: size });
  });
});
