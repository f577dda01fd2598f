import { expect } from '@open-wc/testing';
import { readDownloadParts, toDownloadPart } from 'model-download/adapters/ai-sdk';
import { builtInAiLoader } from 'model-download/adapters/built-in-ai';
import { responseLoader } from 'model-download/adapters/response';
import { createTransformersLoader, defineModels, installDownloadFetch, loadModelWithProgress } from 'model-download/adapters/transformers';
import { webLlmLoader } from 'model-download/adapters/web-llm';
import { wllamaLoader } from 'model-download/adapters/wllama';
import { exposeDownloads } from 'model-download/adapters/worker';

type Kind = typeof TypeError | typeof RangeError;

/** A function of an adapter, whose arguments a page without types can choose freely. */
type Call = (...args: unknown[]) => unknown;

interface Row {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly message: string;
  readonly kind?: Kind;
}

const noop = (): Promise<string> => Promise.resolve('model');
const module = { env: { version: '4.3.1', remoteHost: 'https://models.test/', fetch: noop }, pipeline: noop };
const model = { task: 'text-generation', model: 'a/b' };

const CALLS = {
  readDownloadParts,
  toDownloadPart,
  builtInAiLoader,
  responseLoader,
  createTransformersLoader,
  defineModels,
  installDownloadFetch,
  webLlmLoader,
  wllamaLoader,
  exposeDownloads,
} as unknown as Readonly<Record<string, Call>>;

/** The name of the callback that each of these functions requires. */
const CALLBACKS = { readDownloadParts: 'onState', builtInAiLoader: 'create', webLlmLoader: 'create', wllamaLoader: 'load' };

/** Values that are not a callback, and how a message describes them. */
const VALUES: readonly [value: unknown, found: string][] = [
  [undefined, 'undefined'],
  [null, 'null'],
  ['x', '"x"'],
  [5, '5'],
  [{}, 'object'],
];

const callbackRows: readonly Row[] = Object.entries(CALLBACKS).flatMap(([name, callback]) =>
  VALUES.map(([value, found]) => ({ name, args: [value], message: `${callback} must be a function, got ${found}` })),
);

/** The callbacks in the options of `installDownloadFetch`. */
const FETCH_CALLBACKS = ['fetch', 'lookUp', 'readWhole', 'passesErrors', 'recover', 'canRecover', 'onProgress', 'onFull', 'onFailure'];

const fetchRows: readonly Row[] = FETCH_CALLBACKS.map((callback) => ({
  name: 'installDownloadFetch',
  args: [module, { [callback]: 'x' }],
  message: `${callback} must be a function, got "x"`,
}));

const MODULE = 'transformers must be the module of Transformers.js, got ';
const URL_MESSAGE = 'url must be a URL, or a string that can be parsed as one, got ';
const SCOPE = "scope must be a worker's self, got ";
const NEEDS = 'needs a task and a model, or a load function';

const ROWS: readonly Row[] = [
  ...callbackRows,
  ...fetchRows,
  { name: 'installDownloadFetch', args: [undefined], message: `${MODULE}undefined` },
  { name: 'installDownloadFetch', args: [null], message: `${MODULE}null` },
  { name: 'installDownloadFetch', args: ['x'], message: `${MODULE}"x"` },
  { name: 'installDownloadFetch', args: [{ pipeline: noop }], message: `${MODULE}object` },
  { name: 'installDownloadFetch', args: [module, null], message: 'options must be an object, got null' },
  { name: 'installDownloadFetch', args: [module, 'x'], message: 'options must be an object, got "x"' },
  { name: 'installDownloadFetch', args: [module, { store: 'x' }], message: 'store must be an object, got "x"' },
  { name: 'installDownloadFetch', args: [module, { clock: 5 }], message: 'clock must be an object, got 5' },
  { name: 'installDownloadFetch', args: [module, { signal: {} }], message: 'signal must be an AbortSignal, got object' },
  {
    name: 'installDownloadFetch',
    args: [module, { stallTimeout: 0 }],
    kind: RangeError,
    message: 'stallTimeout must be a number from 1 up, got 0',
  },
  {
    name: 'installDownloadFetch',
    args: [module, { segmentSize: NaN }],
    kind: RangeError,
    message: 'segmentSize must be a number from 1 up, got NaN',
  },
  {
    name: 'installDownloadFetch',
    args: [module, { automaticAttempts: -1 }],
    kind: RangeError,
    message: 'automaticAttempts must be a whole number from 0 up, got -1',
  },
  {
    name: 'installDownloadFetch',
    args: [module, { verify: 'x' }],
    kind: RangeError,
    message: 'verify must be one of always, spliced, never, got "x"',
  },

  { name: 'defineModels', args: [null, { transformers: module }], message: 'models must be an object, got null' },
  { name: 'defineModels', args: [{ m: model }], message: 'options must be an object, got undefined' },
  { name: 'defineModels', args: [{ m: model }, {}], message: 'Model "m" needs the option "transformers"' },
  { name: 'defineModels', args: [{ m: null }, { transformers: module }], message: 'models.m must be an object, got null' },
  { name: 'defineModels', args: [{ m: {} }, { transformers: module }], message: `Model "m" ${NEEDS}` },
  { name: 'defineModels', args: [{ m: { load: noop } }, { transformers: module }], message: `Model "m" ${NEEDS}` },
  {
    name: 'defineModels',
    args: [{ m: { ...model, files: 'abc' } }, { transformers: module }],
    message: 'models.m.files must be an array, got "abc"',
  },
  { name: 'createTransformersLoader', args: [null, module], message: 'definition must be an object, got null' },

  { name: 'responseLoader', args: [undefined], message: `${URL_MESSAGE}undefined` },
  { name: 'responseLoader', args: [null], message: `${URL_MESSAGE}null` },
  { name: 'responseLoader', args: [{}], message: `${URL_MESSAGE}object` },
  { name: 'responseLoader', args: ['https://'], kind: RangeError, message: `${URL_MESSAGE}"https://"` },
  { name: 'responseLoader', args: ['/m.bin', null], message: 'settings must be an object, got null' },
  { name: 'responseLoader', args: ['/m.bin', { read: 'x' }], message: 'read must be a function, got "x"' },
  { name: 'responseLoader', args: ['/m.bin', { init: 'x' }], message: 'init must be an object, got "x"' },
  { name: 'responseLoader', args: ['/m.bin', { size: '5' }], message: 'size must be a number from 0 up, got "5"' },
  { name: 'responseLoader', args: ['/m.bin', { size: -5 }], kind: RangeError, message: 'size must be a number from 0 up, got -5' },
  { name: 'responseLoader', args: ['/m.bin', { size: Infinity }], kind: RangeError, message: 'size must be a finite number, got Infinity' },

  { name: 'webLlmLoader', args: [noop, 'x'], message: 'options must be an object, got "x"' },
  { name: 'webLlmLoader', args: [noop, { isCached: true }], message: 'isCached must be a function, got true' },
  { name: 'builtInAiLoader', args: [noop, 'x'], message: 'options must be an object, got "x"' },
  { name: 'builtInAiLoader', args: [noop, { availability: 'available' }], message: 'availability must be a function, got "available"' },
  { name: 'readDownloadParts', args: [noop, 'x'], message: 'options must be an object, got "x"' },
  { name: 'readDownloadParts', args: [noop, { keyOf: 'x' }], message: 'keyOf must be a function, got "x"' },
  { name: 'readDownloadParts', args: [noop, { nameOf: {} }], message: 'nameOf must be a function, got object' },
  { name: 'readDownloadParts', args: [noop, { clock: noop }], message: 'clock must be an object, got function' },
  { name: 'toDownloadPart', args: [undefined], message: 'state must be an object, got undefined' },

  { name: 'exposeDownloads', args: [undefined], message: `${SCOPE}undefined` },
  { name: 'exposeDownloads', args: [{}], message: `${SCOPE}object` },
];

/** The exception of a call. */
function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('checks of the arguments of adapters', () => {
  const { fetch } = globalThis;
  let requests: number;

  beforeEach(() => {
    requests = 0;
    globalThis.fetch = () => Promise.reject(new Error(`request ${(requests += 1)}`));
  });

  afterEach(() => {
    globalThis.fetch = fetch;
  });

  for (const { name, args, message, kind = TypeError } of ROWS) {
    it(`${name}: ${message}`, () => {
      const current = globalThis.fetch;
      expect(thrownBy(() => CALLS[name]!(...args)))
        .to.be.instanceOf(kind)
        .with.property('message', message);
      expect(requests).to.equal(0);
      expect(globalThis.fetch, 'no hook stays').to.equal(current);
      expect(module.env.fetch, 'no hook stays').to.equal(noop);
    });
  }

  it('leaves the settings of version 2 unchanged', () => {
    const second = { env: { version: '2.17.2', allowLocalModels: true }, pipeline: noop };
    expect(() => CALLS.installDownloadFetch!(second, { fetch: 'x' })).to.throw(TypeError, 'fetch must be a function, got "x"');
    expect(second.env.allowLocalModels).to.equal(true);
  });

  it('accepts null as the signal', () => {
    const { uninstall } = CALLS.installDownloadFetch!(module, { signal: null }) as { uninstall: () => void };
    uninstall();
  });

  it('defines none of the models if one of them is not valid', async () => {
    expect(() => CALLS.defineModels!({ valid: model, m: null }, { transformers: module })).to.throw(TypeError);
    const error: unknown = await loadModelWithProgress('valid').catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(RangeError).with.property('message', 'No model is defined as "valid"');
  });

  const loads: readonly [args: readonly unknown[], message: string][] = [
    [['x'], 'onProgress must be a function, got "x"'],
    [[null], 'onProgress must be a function, got null'],
    [[undefined, null], 'The last argument must be an object, got null'],
    [[undefined, 'x'], 'The last argument must be an object, got "x"'],
    [[undefined, { signal: 'x' }], 'signal must be an AbortSignal, got "x"'],
  ];
  for (const [args, message] of loads) {
    it(`loadModelWithProgress: ${message}`, async () => {
      let imports = 0;
      defineModels({ m: model }, { transformers: () => Promise.reject(new Error(`import ${(imports += 1)}`)) });
      const load = loadModelWithProgress as unknown as (...args: unknown[]) => Promise<unknown>;
      const error = await load('m', ...args).catch((cause: unknown) => cause);
      expect(error).to.be.instanceOf(TypeError).with.property('message', message);
      expect([imports, requests]).to.deep.equal([0, 0]);
    });
  }

  it('loadModelWithProgress: rejects a value that is not the module of Transformers.js', async () => {
    expect(() => CALLS.defineModels!({ m: model }, { transformers: 'x' })).to.throw(
      TypeError,
      'transformers must be a module or a function, got "x"',
    );
    CALLS.defineModels!({ m: model }, { transformers: {}, transfer: false });
    const error: unknown = await loadModelWithProgress('m').catch((cause: unknown) => cause);
    expect(error)
      .to.be.instanceOf(TypeError)
      .with.property('message', 'transformers must be the module of Transformers.js or a function that imports it, got object');
    expect(requests).to.equal(0);
  });
});
