import { expect } from '@open-wc/testing';
import { ModelDownloads } from 'model-download';
import { FakeWorker } from '../support/fake-worker.js';

const SOURCE = 'source must be a Worker or a function that creates one, got ';

/** Wrong arguments of `connectWorker`; without a source, one that starts a worker. */
const ROWS: readonly { source?: unknown; options?: unknown; kind?: typeof TypeError | typeof RangeError; message: string }[] = [
  { source: undefined, message: `${SOURCE}undefined` },
  { source: null, message: `${SOURCE}null` },
  { source: './worker.js', message: `${SOURCE}"./worker.js"` },
  { source: {}, message: `${SOURCE}object` },
  { options: null, message: 'options must be an object, got null' },
  { options: 'x', message: 'options must be an object, got "x"' },
  { options: { models: null }, message: 'models must be an object, got null' },
  { options: { models: 'x' }, message: 'models must be an object, got "x"' },
  { options: { models: { m: null } }, message: 'models.m must be an object, got null' },
  { options: { models: { m: { files: 'abc' } } }, message: 'models.m.files must be an array, got "abc"' },
  { options: { models: { m: { files: [null] } } }, message: 'models.m.files[].file must be a string, got undefined' },
  {
    options: { models: { m: { files: [{ file: 'a', size: -5 }] } } },
    kind: RangeError,
    message: 'models.m.files[].size must be a number from 0 up, got -5',
  },
  { options: { models: { m: { variants: 'x' } } }, message: 'models.m.variants must be an object, got "x"' },
  {
    options: { models: { m: { variants: { a: {}, b: {} }, variant: 'zz' } } },
    kind: RangeError,
    message: 'models.m.variant must be one of a, b, got "zz"',
  },
];

describe('checks of the arguments of connectWorker', () => {
  for (const row of ROWS) {
    const { options, kind = TypeError, message } = row;
    it(message, async () => {
      let starts = 0;
      const start = (): Worker => {
        starts += 1;
        return new FakeWorker().expose({}).asWorker;
      };
      const downloads = new ModelDownloads({ models: { own: { load: () => Promise.resolve() } }, storage: null });
      const source = ('source' in row ? row.source : start) as () => Worker;
      const error: unknown = await downloads.connectWorker(source, options as object).catch((cause: unknown) => cause);
      expect(error).to.be.instanceOf(kind).with.property('message', message);
      expect(starts, 'no worker is started').to.equal(0);
      expect(downloads.getState('own')?.status, 'the models of the page stay').to.equal('idle');
      downloads.dispose();
    });
  }

  for (const [result, found] of [
    [undefined, 'undefined'],
    ['x', '"x"'],
    [Promise.resolve(), 'promise'],
  ] as const) {
    it(`rejects a function that returns ${found}`, async () => {
      const downloads = new ModelDownloads({ storage: null });
      const source = (() => result) as unknown as () => Worker;
      const error: unknown = await downloads.connectWorker(source).catch((cause: unknown) => cause);
      expect(error).to.be.instanceOf(TypeError).with.property('message', `The result of source() must be a Worker, got ${found}`);
      downloads.dispose();
    });
  }

  for (const from of ['page', 'worker'] as const) {
    it(`accepts a model of the ${from} that JSON cannot hold, or that is not complete`, async () => {
      const self: Record<string, unknown> = { large: 2n ** 70n, bytes: new Uint8Array(1_000_000) };
      self.self = self;
      const models = { strange: { task: 'fill-mask', model: 'own/model', options: self } } as const;
      const incomplete = { broken: { task: 'fill-mask' } };
      const worker = new FakeWorker().expose({
        transformers: () => Promise.reject(new Error('not needed')),
        models: from === 'worker' ? models : {},
      });
      const downloads = new ModelDownloads({ storage: null });
      await downloads.connectWorker(worker.asWorker, from === 'page' ? { models: { ...incomplete, ...models } } : {});
      expect(downloads.getState('strange')?.status).to.equal('idle');
      expect(downloads.getState('broken')).to.equal(undefined);
      downloads.dispose();
    });
  }

  it('rejects a model that cannot be cloned, and leaves the page’s models', async () => {
    const downloads = new ModelDownloads({ models: { own: { load: () => Promise.resolve() } }, storage: null });
    const models = { m: { task: 'fill-mask', model: 'own/model', options: { progress_callback: () => undefined } } };
    let starts = 0;
    const start = (): Worker => {
      starts += 1;
      return new FakeWorker().expose({}).asWorker;
    };
    const error: unknown = await downloads.connectWorker(start, { models }).catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(DOMException).with.property('name', 'DataCloneError');
    expect(starts, 'no worker is started').to.equal(0);
    expect(downloads.getState('m')).to.equal(undefined);
    expect(downloads.getState('own')?.status).to.equal('idle');
    downloads.dispose();
  });
});
