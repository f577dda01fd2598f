import { expect } from '@open-wc/testing';
import { ModelDownloads } from 'model-download';
import { MultiFileProgressTracker } from 'model-download/core';
import { exposeDownloads } from 'model-download/adapters/worker';

type Kind = typeof TypeError | typeof RangeError;

const loader = { load: () => Promise.resolve('model') };

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
    downloads.dispose();
    downloads.pause('other');
    await downloads.restart('other');
  });

  it('checks the silence of a tracker', () => {
    expect(() => new MultiFileProgressTracker(undefined, { stallAfter: -1 })).to.throw(
      RangeError,
      'stallAfter must be a number from 0 up, got -1',
    );
  });
});
