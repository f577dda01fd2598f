// Variants of a model: which one is loaded, and how the choice reaches the next visit.
import { expect } from '@open-wc/testing';
import {
  ModelDownloadEstimateRequestEvent,
  ModelDownloads,
  ModelDownloadStartRequestEvent,
  type CustomModelDefinition,
  type ModelDownloadsOptions,
} from 'model-download';
import { importEngine } from '../support/import-engine.js';
import { replaceStorage } from '../support/replace-storage.js';
import { until } from '../support/until.js';

const MB = 1_000_000;

function memoryStorage() {
  const items = new Map<string, string>();
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
  return { items, storage };
}

/** A model with two variants, whose loader returns the name of the loaded one. */
function modelOf(more: Partial<CustomModelDefinition> = {}): CustomModelDefinition {
  const variantOf = (name: string, size: number): Partial<CustomModelDefinition> => ({
    name: `The ${name} one`,
    files: [{ file: `${name}.bin`, size, cached: false }],
    load: () => Promise.resolve(name),
  });
  return {
    name: 'Own model',
    load: () => Promise.reject(new Error('no variant')),
    variants: { small: variantOf('small', MB), large: variantOf('large', 5 * MB) },
    ...more,
  };
}

const open = (options: ModelDownloadsOptions = {}, more: Partial<CustomModelDefinition> = {}): ModelDownloads =>
  new ModelDownloads({ models: { own: modelOf(more) }, storage: null, transfer: false, ...options });

/** Replaces the free space of the browser until the returned function is called. */
function giveRoom(bytes: number): () => void {
  const estimate = (): Promise<StorageEstimate> => Promise.resolve({ quota: 100 * MB + bytes, usage: 100 * MB });
  return replaceStorage('estimate', estimate);
}

before(() => importEngine());

describe('a model with variants', () => {
  it('loads the first one, or that of the definition', async () => {
    const first = open();
    expect(first.getState('own')).to.include({ variant: 'small', modelName: 'Own model', totalBytes: MB });
    expect(await first.load('own')).to.equal('small');
    expect(first.getState('own')).to.include({ variant: 'small', status: 'completed' });
    const own = open({}, { variant: 'large' });
    expect(await own.load('own')).to.equal('large');
    for (const downloads of [first, own]) downloads.dispose();
  });

  it('loads the one of the start request, and not a variant that it does not have', async () => {
    for (const [variant, loaded] of [
      ['large', 'large'],
      ['constructor', 'small'],
      [undefined, 'small'],
    ] as const) {
      const downloads = open();
      const root = new EventTarget();
      downloads.connect(root);
      root.dispatchEvent(new ModelDownloadStartRequestEvent({ modelKey: 'own', variant }));
      await until(() => downloads.getState('own')?.status === 'completed');
      expect(await downloads.load('own'), String(variant)).to.equal(loaded);
      expect(downloads.getState('own')?.variant).to.equal(loaded);
      downloads.dispose();
    }
  });

  it('is refused with its variant by preventDefault()', async () => {
    const downloads = open();
    const root = new EventTarget();
    downloads.connect(root);
    root.addEventListener(ModelDownloadStartRequestEvent.eventName, (event) => event.preventDefault());
    root.dispatchEvent(new ModelDownloadStartRequestEvent({ modelKey: 'own', variant: 'large' }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(downloads.getState('own')).to.include({ status: 'idle', variant: 'small' });
    downloads.dispose();
  });

  it('reports the size and the space of each variant, in an estimate and in the state', async () => {
    const restore = giveRoom(2 * MB);
    const downloads = open();
    const root = new EventTarget();
    downloads.connect(root);
    root.dispatchEvent(new ModelDownloadEstimateRequestEvent({ modelKey: 'own' }));
    await until(() => downloads.getState('own')?.variants !== undefined);
    const { variants } = await downloads.estimate('own');
    restore();
    expect(variants.map(({ variant, name, size, fits, cached }) => [variant, name, size, fits, cached])).to.deep.equal([
      ['small', 'The small one', MB, true, false],
      ['large', 'The large one', 5 * MB, false, false],
    ]);
    const state = downloads.getState('own');
    expect(state?.variants?.map(({ variant, totalBytes, fits }) => [variant, totalBytes, fits])).to.deep.equal([
      ['small', MB, true],
      ['large', 5 * MB, false],
    ]);
    expect(state).to.include({ totalBytes: MB, fits: true });
    await downloads.load('own');
    expect(downloads.getState('own')?.variants, 'only before the start').to.equal(undefined);
    downloads.dispose();
  });

  it('loads the first that fits after an estimate, unless the page or the user has chosen', async () => {
    const large = { variants: { large: modelOf().variants!.large!, small: modelOf().variants!.small! } };
    const restore = giveRoom(2 * MB);
    const downloads = open({}, large);
    expect(downloads.getState('own')).to.include({ variant: 'large', totalBytes: 5 * MB });
    expect(await downloads.estimate('own')).to.include({ size: MB, fits: true });
    expect(downloads.getState('own')).to.include({ variant: 'small', totalBytes: MB, fits: true });
    expect(await downloads.load('own')).to.equal('small');

    const page = open({}, { ...large, variant: 'large' });
    await page.estimate('own');
    expect(page.getState('own')).to.include({ variant: 'large', fits: false });

    const user = open({}, large);
    await user.chooseVariant('own', 'large');
    await user.estimate('own');
    expect(user.getState('own')).to.include({ variant: 'large', fits: false });
    restore();
    for (const one of [downloads, page, user]) one.dispose();
  });

  it('has the chosen variant on later visits, once it was loaded', async () => {
    const { items, storage } = memoryStorage();
    const first = open({ storage, namespace: 'app' });
    await first.chooseVariant('own', 'large');
    expect(items.has('app:download_variant_own'), 'not yet loaded').to.equal(false);
    expect(await first.load('own')).to.equal('large');
    expect(items.get('app:download_variant_own')).to.equal('large');
    first.dispose();
    const second = open({ storage, namespace: 'app' });
    expect(second.getState('own')).to.include({ variant: 'large', totalBytes: 5 * MB });
    expect(await second.load('own')).to.equal('large');
    await second.remove('own');
    expect(items.has('app:download_variant_own'), 'removed with the model').to.equal(false);
    second.dispose();
    for (const other of [open({ storage }), open({ storage, namespace: 'app' }, { variants: { huge: {} } })]) {
      expect(other.getState('own')?.variant).to.be.oneOf(['small', 'huge']);
      other.dispose();
    }
  });

  it('resumes the unfinished variant after a reload, and starts another one from its first byte', async () => {
    const { storage } = memoryStorage();
    const never: Pick<CustomModelDefinition, 'load'> = {
      load: ({ progress_callback }) => {
        progress_callback({ status: 'progress', name: 'own', file: 'large.bin', loaded: MB, total: 5 * MB });
        return new Promise(() => undefined);
      },
    };
    const models = modelOf().variants!;
    const first = open({ storage }, { variants: { small: models.small!, large: { ...models.large, ...never } } });
    await first.chooseVariant('own', 'large');
    void first.load('own').catch(() => undefined);
    await until(() => first.getState('own')?.status === 'downloading');

    const second = open({ storage });
    expect(second.getState('own')).to.include({ status: 'paused', isRestored: true, variant: 'large' });
    second.resume('own');
    expect(await second.load('own')).to.equal('large');
    second.dispose();

    const third = open({ storage });
    await third.chooseVariant('own', 'small');
    expect(third.getState('own')).to.include({ status: 'idle', variant: 'small', totalBytes: MB });
    expect(await third.load('own')).to.equal('small');
    third.dispose();
    first.dispose();
  });

  it('keeps its variant while it is loading or loaded', async () => {
    const downloads = open();
    const loading = downloads.load('own');
    await downloads.chooseVariant('own', 'large');
    expect(await loading).to.equal('small');
    await downloads.chooseVariant('own', 'large');
    expect(downloads.getState('own')).to.include({ status: 'completed', variant: 'small' });
    downloads.dispose();
  });

  it('works without a storage, and with one that throws', async () => {
    const fail = (): never => {
      throw new DOMException('blocked', 'SecurityError');
    };
    const downloads = open({ storage: { getItem: fail, setItem: fail, removeItem: fail } });
    await downloads.chooseVariant('own', 'large');
    expect(await downloads.load('own')).to.equal('large');
    downloads.dispose();
  });

  it('keeps the variants of an estimate after a choice, with the facts of the chosen one', async () => {
    const restore = giveRoom(2 * MB);
    const downloads = open();
    await downloads.estimate('own');
    const { variants } = downloads.getState('own')!;
    await downloads.chooseVariant('own', 'large');
    expect(downloads.getState('own')).to.include({ status: 'idle', variant: 'large', modelName: 'Own model' });
    expect(downloads.getState('own')).to.include({
      totalBytes: 5 * MB,
      cached: false,
      cachedBytes: 0,
      excludesRuntime: false,
      fits: false,
    });
    expect(downloads.getState('own')?.variants).to.deep.equal(variants);
    await downloads.chooseVariant('own', 'small');
    restore();
    expect(downloads.getState('own')).to.include({ variant: 'small', totalBytes: MB, fits: true });
    expect(downloads.getState('own')?.variants).to.deep.equal(variants);
    expect(await downloads.load('own')).to.equal('small');
    downloads.dispose();
  });

  it('has the facts of a variant that was chosen during the estimate', async () => {
    const downloads = open();
    const estimate = downloads.estimate('own');
    await downloads.chooseVariant('own', 'large');
    expect(await estimate).to.include({ size: 5 * MB });
    expect(downloads.getState('own')).to.include({ variant: 'large', totalBytes: 5 * MB });
    expect(downloads.getState('own')?.variants).to.have.length(2);
    downloads.dispose();
  });

  it('keeps the variant of a start request after a cancel', async () => {
    const never = { load: () => new Promise<never>(() => undefined) };
    const { small, large } = modelOf().variants!;
    const downloads = open({}, { variants: { small: small!, large: { ...large, ...never } } });
    const root = new EventTarget();
    downloads.connect(root);
    await downloads.estimate('own');
    root.dispatchEvent(new ModelDownloadStartRequestEvent({ modelKey: 'own', variant: 'large' }));
    await until(() => downloads.getState('own')?.status === 'checking');
    downloads.cancel('own');
    expect(downloads.getState('own')).to.include({ status: 'cancelled', variant: 'large', totalBytes: 5 * MB });
    await downloads.chooseVariant('own', 'small');
    expect(downloads.getState('own')).to.include({ status: 'idle', variant: 'small', totalBytes: MB });
    expect(await downloads.load('own')).to.equal('small');
    downloads.dispose();
  });

  it('is replaced by another definition, and has a new first state', async () => {
    const downloads = open();
    await downloads.estimate('own');
    const { small: tiny, large: huge } = modelOf().variants!;
    downloads.define({ own: modelOf({ name: 'Other model', variants: { tiny: tiny!, huge: huge! } }) });
    expect(downloads.getState('own')).to.include({ status: 'idle', modelName: 'Other model', variant: 'tiny', totalBytes: MB });
    expect(downloads.getState('own')?.variants).to.equal(undefined);
    await downloads.estimate('own');
    expect(downloads.getState('own')?.variants?.map(({ variant }) => variant)).to.deep.equal(['tiny', 'huge']);
    await downloads.chooseVariant('own', 'huge');
    expect(downloads.getState('own')).to.include({ variant: 'huge', totalBytes: 5 * MB });
    downloads.define({ own: { load: () => Promise.resolve('plain') } });
    expect(downloads.getState('own')).to.include({ modelName: 'own', variant: undefined, totalBytes: undefined });
    expect(await downloads.load('own')).to.equal('plain');
    downloads.dispose();
  });

  it('is replaced by another definition during an estimate, which then has the other variants', async () => {
    const downloads = open();
    const estimate = downloads.estimate('own');
    downloads.define({ own: modelOf({ variants: { huge: modelOf().variants!.large! } }) });
    expect(await estimate).to.include({ size: 5 * MB });
    expect(downloads.getState('own')?.variants?.map(({ variant }) => variant)).to.deep.equal(['huge']);
    downloads.dispose();
  });

  it('keeps its definition while it is loading or paused', async () => {
    const load: CustomModelDefinition['load'] = async ({ fetch, signal }) => (await fetch('/hub.json', { signal })).status;
    const downloads = open({ transfer: true }, { load, variants: undefined });
    const loading = downloads.load('own');
    downloads.pause('own');
    await until(() => downloads.getState('own')?.status === 'paused');
    const state = downloads.getState('own');
    downloads.define({ own: { load: () => Promise.resolve('other') } });
    expect(downloads.getState('own')).to.equal(state);
    downloads.resume('own');
    downloads.define({ own: { load: () => Promise.resolve('other') } });
    expect(await loading).to.equal(200);
    downloads.define({ own: { load: () => Promise.resolve('other') } });
    expect(await downloads.load('own'), 'loaded').to.equal(200);
    downloads.dispose();
  });

  it('keeps its definition while its recovery asks the user', async () => {
    let isBroken = true;
    const load = () => (isBroken ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve('first'));
    const downloads = open({ recovery: 'ask', automaticAttempts: 0 }, { load, variants: undefined });
    const loading = downloads.load('own');
    await until(() => downloads.getState('own')?.status === 'failed');
    downloads.define({ own: { load: () => Promise.resolve('other') } });
    expect(downloads.getState('own')?.status).to.equal('failed');
    isBroken = false;
    downloads.retry('own');
    expect(await loading).to.equal('first');
    downloads.dispose();
  });

  it('is checked when it is defined', () => {
    const define = (own: unknown) => () => open({ models: { own: own as CustomModelDefinition } });
    expect(define(modelOf({ variants: 7 as never }))).to.throw(TypeError, 'models.own.variants must be an object');
    expect(define(modelOf({ variants: { a: { files: 7 as never } } }))).to.throw(TypeError, 'must be an array');
    expect(define({ variants: { a: { load: () => undefined }, b: {} } })).to.throw(TypeError, 'needs a task and a model');
  });

  it('rejects a choice for an unknown key', async () => {
    const downloads = open();
    let error: unknown;
    await downloads.chooseVariant('other', 'small').catch((reason: unknown) => (error = reason));
    expect(error).to.be.instanceOf(RangeError);
    downloads.dispose();
  });
});
