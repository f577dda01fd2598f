import { expect } from '@open-wc/testing';
import { ModelDownloads, registerTexts } from 'model-download';
import {
  CircularBuffer,
  DownloadRecoveryManager,
  MultiFileProgressTracker,
  ProgressStateManager,
  ProgressTracker,
  ThrottledProgressUpdater,
} from 'model-download/core';
import { responseLoader } from 'model-download/adapters/response';
import { defineModels, majorVersion } from 'model-download/adapters/transformers';
import { exposeDownloads } from 'model-download/adapters/worker';

type Kind = typeof TypeError | typeof RangeError;

const loader = { load: () => Promise.resolve('model') };
const variants = { variants: { a: {}, b: {} } };

/** A wrong value of an option of `ModelDownloads`, with the error. */
const OPTIONS: readonly [options: unknown, kind: Kind, message: string][] = [
  [null, TypeError, 'options must be an object, got null'],
  ['x', TypeError, 'options must be an object, got "x"'],
  [{ automaticAttempts: -1 }, RangeError, 'automaticAttempts must be a whole number from 0 up, got -1'],
  [{ automaticAttempts: 1.5 }, RangeError, 'automaticAttempts must be a whole number from 0 up, got 1.5'],
  [{ automaticAttempts: 'x' }, TypeError, 'automaticAttempts must be a whole number from 0 up, got "x"'],
  [{ manualAttempts: NaN }, RangeError, 'manualAttempts must be a whole number from 0 up, got NaN'],
  [{ manualAttempts: null }, TypeError, 'manualAttempts must be a whole number from 0 up, got null'],
  [{ stallAfter: -5 }, RangeError, 'stallAfter must be a number from 0 up, got -5'],
  [{ stallAfter: '5' }, TypeError, 'stallAfter must be a number from 0 up, got "5"'],
  [{ concurrency: 0 }, RangeError, 'concurrency must be a number from 1 up, got 0'],
  [{ concurrency: '3' }, TypeError, 'concurrency must be a number from 1 up, got "3"'],
  [{ connections: 0 }, RangeError, 'connections must be a number from 1 up, got 0'],
  [{ connections: '4' }, TypeError, 'connections must be a number from 1 up, got "4"'],
  [{ verify: 'x' }, RangeError, 'verify must be one of always, spliced, never, got "x"'],
  [{ verify: true }, TypeError, 'verify must be one of always, spliced, never, got true'],
  [{ recovery: 'x' }, RangeError, 'recovery must be one of ask, automatic, got "x"'],
  [{ random: 0.5 }, TypeError, 'random must be a function, got 0.5'],
  [{ namespace: 5 }, TypeError, 'namespace must be a string, got 5'],
  [{ namespace: null }, TypeError, 'namespace must be a string, got null'],
  [{ transfer: 'no' }, TypeError, 'transfer must be a boolean, got "no"'],
  [{ transfer: 0 }, TypeError, 'transfer must be a boolean, got 0'],
  [{ wakeLock: 'screen' }, TypeError, 'wakeLock must be a boolean, got "screen"'],
  [{ clock: 5 }, TypeError, 'clock must be an object, got 5'],
  [{ storage: 'x' }, TypeError, 'storage must be an object, got "x"'],
  [{ chooseModel: 'x' }, TypeError, 'chooseModel must be a function, got "x"'],
  [{ notifications: 'x' }, TypeError, 'notifications must be an object, got "x"'],
  [{ notifications: { title: 'x' } }, TypeError, 'notifications.title must be a function, got "x"'],
  [{ notifications: { notification: 'x' } }, TypeError, 'notifications.notification must be a function, got "x"'],
  [{ models: 'x' }, TypeError, 'models must be an object, got "x"'],
  [{ models: { m: null } }, TypeError, 'models.m must be an object, got null'],
  [{ models: { m: undefined } }, TypeError, 'models.m must be an object, got undefined'],
  [[], TypeError, 'options must be an object, got array'],
  [{ clock: [] }, TypeError, 'clock must be an object, got array'],
  [{ namespace: Symbol('s') }, TypeError, 'namespace must be a string, got Symbol(s)'],
  [{ stallAfter: Symbol('s') }, TypeError, 'stallAfter must be a number from 0 up, got Symbol(s)'],
  [{ models: [] }, TypeError, 'models must be an object, got array'],
  [{ models: { m: { ...loader, name: 5 } } }, TypeError, 'models.m.name must be a string, got 5'],
  [{ models: { m: { load: 'x' } } }, TypeError, 'models.m.load must be a function, got "x"'],
  [{ models: { m: { task: {}, model: 'a' } } }, TypeError, 'models.m.task must be a string, got object'],
  [{ models: { m: { task: 'a', model: Symbol('s') } } }, TypeError, 'models.m.model must be a string, got Symbol(s)'],
  [{ models: { m: { task: 'a', model: 'b', options: 1n } } }, TypeError, 'models.m.options must be an object, got 1'],
  [{ models: { m: { variants: {} } } }, TypeError, 'Model "m" needs a task and a model, or a load function'],
  [{ models: { m: { ...loader, variants: 'q4' } } }, TypeError, 'models.m.variants must be an object, got "q4"'],
  [{ models: { m: { ...loader, variants: { q4: 7 } } } }, TypeError, 'models.m.variants.q4 must be an object, got 7'],
  [{ models: { m: { ...loader, variants: { q4: { name: 7 } } } } }, TypeError, 'models.m.variants.q4.name must be a string, got 7'],
  [{ models: { m: { ...loader, variants: { q4: { options: 'q4' } } } } }, TypeError, 'm.variants.q4.options must be an object, got "q4"'],
  [{ models: { m: { ...loader, variants: { q4: { files: 'a' } } } } }, TypeError, 'm.variants.q4.files must be an array, got "a"'],
  [{ transformers: 5 }, TypeError, 'transformers must be a module or a function, got 5'],
  [{ transformers: 'x', models: { m: loader } }, TypeError, 'transformers must be a module or a function, got "x"'],
  [{ transformers: null, models: { m: { task: 'a', model: 'b' } } }, TypeError, 'transformers must be a module or a function, got null'],
  [{ models: { m: { task: 'a', model: 'b' } } }, TypeError, 'needs the option "transformers"'],
  [{ models: { m: { ...loader, variant: 5 } } }, TypeError, 'models.m.variant must be a string, got 5'],
  [{ models: { m: { ...loader, ...variants, variant: 5 } } }, TypeError, 'models.m.variant must be one of a, b, got 5'],
  [{ models: { m: { ...loader, ...variants, variant: 'zz' } } }, RangeError, 'models.m.variant must be one of a, b, got "zz"'],
  [{ models: { m: { ...loader, files: 'abc' } } }, TypeError, 'models.m.files must be an array, got "abc"'],
  [{ models: { m: { ...loader, files: [null] } } }, TypeError, 'models.m.files[].file must be a string, got undefined'],
  [{ models: { m: { ...loader, files: ['a'] } } }, TypeError, 'models.m.files[].file must be a string, got undefined'],
  [
    { models: { m: { ...loader, files: [{ file: 'a', size: -5 }] } } },
    RangeError,
    'models.m.files[].size must be a number from 0 up, got -5',
  ],
  [
    { models: { m: { ...loader, files: [{ file: 'a', size: NaN }] } } },
    RangeError,
    'models.m.files[].size must be a number from 0 up, got NaN',
  ],
  [
    { models: { m: { ...loader, files: [{ file: 'a', size: '5' }] } } },
    TypeError,
    'models.m.files[].size must be a number from 0 up, got "5"',
  ],
  [
    { models: { m: { ...loader, files: [{ file: 'a', size: Infinity }] } } },
    RangeError,
    'models.m.files[].size must be a finite number, got Infinity',
  ],
];

/** Wrong arguments of a load. */
const CALLERS: readonly [caller: unknown, message: string][] = [
  [null, 'The last argument must be an object, got null'],
  [{ signal: {} }, 'signal must be an AbortSignal, got object'],
  [{ signal: 'x' }, 'signal must be an AbortSignal, got "x"'],
  [{ onProgress: 'x' }, 'onProgress must be a function, got "x"'],
];

/** Options that a worker does not have. */
const isOfPage = /^(concurrency|recovery|storage|chooseModel|notifications|wakeLock)/;

describe('checks of options', () => {
  for (const [options, kind, message] of OPTIONS) {
    it(`ModelDownloads: ${message}`, () => {
      expect(() => new ModelDownloads(options as object)).to.throw(kind, message);
    });
    if (isOfPage.test(message)) continue;
    it(`exposeDownloads: ${message}`, () => {
      const scope = { postMessage: () => undefined, addEventListener: () => undefined };
      expect(() => exposeDownloads(scope, options as object)).to.throw(kind, message);
    });
  }

  for (const [caller, message] of CALLERS) {
    it(`load and prefetch: ${message}`, async () => {
      let loads = 0;
      const load = (): Promise<void> => Promise.resolve(void (loads += 1));
      const downloads = new ModelDownloads({ models: { m: { load } }, storage: null });
      for (const method of ['load', 'prefetch'] as const) {
        const error: unknown = await downloads[method]('m', caller as object).catch((cause: unknown) => cause);
        expect(error).to.be.instanceOf(TypeError).with.property('message', message);
      }
      expect(loads).to.equal(0);
      downloads.dispose();
    });
  }

  it('rejects a root and a listener of another type', () => {
    const downloads = new ModelDownloads({ models: { m: loader }, storage: null });
    expect(() => downloads.connect('x' as unknown as EventTarget)).to.throw(TypeError, 'root must be an EventTarget, got "x"');
    expect(() => downloads.connect(null as unknown as EventTarget)).to.throw(TypeError, 'root must be an EventTarget, got null');
    expect(() => downloads.subscribe('m', 'x' as never)).to.throw(TypeError, 'listener must be a function, got "x"');
    expect(() => downloads.define(null as never)).to.throw(TypeError, 'models must be an object, got null');
    downloads.dispose();
  });

  it('rejects the action on a model that is not defined, and ignores it after dispose()', async () => {
    const downloads = new ModelDownloads({ storage: null });
    for (const action of ['pause', 'resume', 'cancel', 'retry'] as const) {
      expect(() => downloads[action]('other'), action).to.throw(RangeError, 'No model is defined as "other"');
    }
    for (const action of ['restart', 'remove', 'load', 'prefetch', 'estimate'] as const) {
      const error: unknown = await downloads[action]('other').catch((cause: unknown) => cause);
      expect(error, action).to.be.instanceOf(RangeError);
    }
    const symbol = Symbol('s') as unknown as string;
    expect(() => downloads.pause(symbol)).to.throw(RangeError, 'No model is defined as Symbol(s)');
    downloads.dispose();
    downloads.pause('other');
    await downloads.restart('other');
  });

  it('rejects allowLocalModels of a wrong type when the model is loaded', async () => {
    const model = { task: 'a', model: 'b', allowLocalModels: 'x' };
    const transformers = { env: {}, pipeline: () => Promise.resolve() };
    const downloads = new ModelDownloads({ storage: null, transformers, models: { m: model } } as unknown as object);
    const error: unknown = await downloads.load('m').catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(TypeError).with.property('message', 'allowLocalModels must be a boolean, got "x"');
    downloads.dispose();
  });

  it('rejects options of the core that are not valid', () => {
    for (const Made of [DownloadRecoveryManager, ProgressStateManager]) {
      for (const value of [null, 5, []]) expect(() => new Made(value as object)).to.throw(TypeError, 'options must be an object');
      expect(() => new Made({ clock: 5 } as unknown as object)).to.throw(TypeError, 'clock must be an object, got 5');
    }
    for (const Made of [MultiFileProgressTracker, ProgressTracker]) {
      expect(() => new Made('x' as never)).to.throw(TypeError, 'must be a function, got "x"');
      expect(() => new Made(undefined, null as unknown as object)).to.throw(TypeError, 'options must be an object, got null');
    }
    expect(() => new ThrottledProgressUpdater(null as never)).to.throw(TypeError, 'update must be a function, got null');
    expect(() => new ThrottledProgressUpdater(() => undefined, null as unknown as object)).to.throw(TypeError, 'options must be an object');
    expect(() => new CircularBuffer(Symbol('s') as unknown as number)).to.throw(RangeError, 'got Symbol(s)');
    for (const value of [null, 5, {}, Symbol('s')]) {
      expect(() => majorVersion(value as never)).to.throw(TypeError, 'transformers must be the module of Transformers.js');
    }
    expect(() => responseLoader('/a', { keep: 'x' } as unknown as object)).to.throw(TypeError, 'keep must be a boolean, got "x"');
    expect(() => defineModels({}, { transformers: () => Promise.reject(new Error()), transfer: 'x' } as never)).to.throw(
      'transfer must be',
    );
    expect(() => defineModels({}, { transformers: 'x' } as never)).to.throw(TypeError, 'transformers must be a module or a function');
    const unknown = { m: { task: 'a', model: 'b', ...variants, variant: 'zz' } };
    const transformers = { env: {}, pipeline: () => Promise.resolve() };
    expect(() => defineModels(unknown, { transformers })).to.throw(RangeError, 'models.m.variant must be one of a, b, got "zz"');
  });

  it('rejects texts and languages of a wrong type', () => {
    expect(() => registerTexts('en', { storage: 'x' } as unknown as object)).to.throw(
      TypeError,
      'texts.storage must be of type object, got "x"',
    );
    expect(() => registerTexts(Symbol('s') as unknown as string, {})).to.throw(RangeError, 'language must be a BCP 47 tag, got Symbol(s)');
  });

  it('checks the silence of a tracker', () => {
    expect(() => new MultiFileProgressTracker(undefined, { stallAfter: -1 })).to.throw(
      RangeError,
      'stallAfter must be a number from 0 up, got -1',
    );
  });
});
