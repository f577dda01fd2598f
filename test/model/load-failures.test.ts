// Each failure of a file rejects the load with its cause, even if Transformers.js never settles.
import { expect } from '@open-wc/testing';
import { classifyFailure, ModelDownloads, type DownloadState } from 'model-download';
import type { ModelLoaderContext } from 'model-download/adapters/transformers';
import { createDownloadFetch } from 'model-download/transfer';
import { deferred } from '../support/deferred.js';
import { HubScope, hubModel } from '../support/real-hub.js';
import { RECIPE } from '../support/real-page.js';
import { shortenTimers } from '../support/short-timers.js';
import { fakeLoad, fileUrl } from './fake-load.js';

type FileOrigin = Parameters<NonNullable<ModelLoaderContext['openFetch']>>[0];

const DATA = fileUrl('onnx/model.onnx_data');

/** As versions 3 and 4 load external data: an error is lost, and the promise never settles. */
const swallow = (work: () => Promise<unknown>): Promise<unknown> => new Promise((resolve) => void work().then(resolve, () => undefined));

async function fetchData(fetch: typeof globalThis.fetch): Promise<unknown> {
  const response = await fetch(DATA);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.arrayBuffer();
}

describe('a load whose external data fails', () => {
  for (const [status, code] of [
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [404, 'not-found'],
  ] as const) {
    it(`is rejected after status ${status}`, async () => {
      const load = fakeLoad({
        server: (url) => new Response(null, { status: url === DATA ? status : 404 }),
        pipeline: (fetch) => swallow(() => fetchData(fetch)),
      });
      const error: unknown = await load.result.catch((cause: unknown) => cause);
      expect(error).to.include({ name: 'DownloadFailure', code, httpStatus: status });
    });
  }

  it('is rejected with the error of its request', async () => {
    const reason = new TypeError('Failed to fetch');
    const server = (url: string): Promise<Response> | undefined => (url === DATA ? Promise.reject(reason) : undefined);
    const load = fakeLoad({ server, pipeline: (fetch) => swallow(() => fetchData(fetch)) });
    expect(await load.result.catch((cause: unknown) => cause)).to.equal(reason);
  });

  it('is rejected if the response is never read, as without memory for it', async () => {
    const restore = shortenTimers(30_000);
    const server = (url: string): Response | undefined => (url === DATA ? new Response('data') : undefined);
    const allocate = (): Promise<never> => Promise.reject(new RangeError('Array buffer allocation failed'));
    const load = fakeLoad({ server, pipeline: (fetch) => swallow(() => fetch(DATA).then(allocate)) });
    const error: unknown = await load.result.catch((cause: unknown) => cause);
    restore();
    expect(error).to.include({ name: 'DownloadFailure', code: 'runtime' });
  });
});

describe('a model that needs a permission', () => {
  for (const [other, config, code] of [
    ['EntryNotFound', 'GatedRepo', 'unauthorized'],
    ['GatedRepo', 'RepoNotFound', 'not-found'],
  ] as const) {
    it(`is reported by the header of the file that has failed, ${config}, not by that of an optional one, ${other}`, async () => {
      const answer = (status: number, hubCode: string): Response => new Response(null, { status, headers: { 'X-Error-Code': hubCode } });
      const load = fakeLoad({
        server: (url) => {
          if (url === fileUrl('generation_config.json')) return answer(404, other);
          return url === fileUrl('tokenizer.json') ? answer(401, config) : undefined;
        },
        pipeline: async (fetch) => {
          await fetch(fileUrl('generation_config.json'));
          await fetch(fileUrl('tokenizer.json'));
          throw new Error(`Unauthorized access to file: "${fileUrl('tokenizer.json')}".`);
        },
      });
      const error: unknown = await load.result.catch((cause: unknown) => cause);
      expect(classifyFailure(error).code).to.equal(code);
    });
  }
});

describe('a model for which the hub responds with 401', () => {
  for (const [hubCode, code] of [
    ['RepoNotFound', 'not-found'],
    ['GatedRepo', 'unauthorized'],
    [undefined, 'unauthorized'],
  ] as const) {
    it(`fails with ${code} if the hub’s error code is ${hubCode ?? 'missing'}`, async () => {
      const headers = hubCode ? { 'X-Error-Code': hubCode } : {};
      const load = fakeLoad({
        server: () => new Response(null, { status: 401, headers }),
        pipeline: async (fetch) => {
          await fetch(fileUrl('config.json'));
          throw new Error(`Unauthorized access to file: "${fileUrl('config.json')}".`);
        },
      });
      const error: unknown = await load.result.catch((cause: unknown) => cause);
      expect(classifyFailure(error)).to.include({ code, httpStatus: 401 });
    });
  }
});

describe('an optional file of Transformers.js', () => {
  it('passes its error on; other files are retried', async () => {
    const opened = deferred<FileOrigin>();
    const load = fakeLoad({
      server: () => undefined,
      openFetch: (origin) => {
        opened.resolve(origin);
        return Promise.resolve(createDownloadFetch({ fetch: origin.fetch }));
      },
    });
    const { passesErrors } = await opened.promise;
    const files = [
      'generation_config.json',
      'chat_template.jinja',
      'config.json',
      'tokenizer.json',
      'onnx/model.onnx',
      'onnx/model.onnx_data',
    ];
    expect(files.filter((file) => passesErrors?.(fileUrl(file)))).to.deep.equal(['generation_config.json', 'chat_template.jinja']);
    expect(passesErrors?.('https://elsewhere.example/generation_config.json')).to.equal(false);
    load.end(new Error('over'));
  });
});

interface Recipe {
  importTransformers(version: number, remoteHost: string): Promise<never>;
}

const { importTransformers } = (await import(RECIPE)) as Recipe;

for (const version of [3, 4]) {
  describe(`external data with the real Transformers.js ${version}`, () => {
    const ID = 'local/external';

    function open(scope: HubScope) {
      const { task, versions } = hubModel(ID);
      const downloads = new ModelDownloads({
        storage: null,
        namespace: scope.remoteHost,
        recovery: 'automatic',
        random: () => 0,
        transformers: () => importTransformers(version, scope.remoteHost),
        models: { model: { task, model: ID, options: versions[`v${version}`]?.options } },
      });
      const reaches = (status: DownloadState['status']): Promise<unknown> =>
        new Promise((resolve) => downloads.subscribe('model', (state) => state.status === status && resolve(state)));
      return { downloads, reaches };
    }

    it('rejects the load if it does not exist', async () => {
      const scope = new HubScope();
      await scope.control({ status: 404, match: '.onnx_data' });
      const { downloads } = open(scope);
      const error: unknown = await downloads.load('model').catch((cause: unknown) => cause);
      expect(error).to.include({ code: 'not-found', httpStatus: 404 });
      expect(downloads.getState('model')).to.include({ status: 'failed', failureCode: 'not-found' });
    });

    it('rejects the load if it disappears after a cut', async () => {
      const scope = new HubScope();
      await scope.control({ cutAfter: 500_000, cutTimes: 1, match: '.onnx_data' });
      const { downloads, reaches } = open(scope);
      const waiting = reaches('waiting');
      const load = downloads.load('model').catch((cause: unknown) => cause);
      await waiting;
      await scope.control({ status: 404, match: '.onnx_data' });
      expect(await load).to.include({ httpStatus: 404 });
    });
  });
}
