// Optional files that a server has reported as missing: which later loads need not request them.
import { expect } from 'chai';
import { ModelDownloads } from 'model-download';
import type { TransformersModule } from 'model-download/adapters/transformers';
import type { StateStorage } from 'model-download/core';
import { memoryStorage } from '../support/memory-storage.js';

const HOST = 'https://hub.example/';
const ADDRESS = `${HOST}own/model/resolve/main/`;
const OPTIONAL = 'generation_config.json';
const platformFetch = globalThis.fetch;

/** A device that several visits share, and a server. */
class Stage {
  readonly storage: StateStorage = memoryStorage().storage;
  readonly requested: string[] = [];
  readonly files = new Map([['config.json', '{"model_type":"bert"}']]);
  isOnline = true;
  readonly #cache = new Map<string, Response>();

  readonly fetch: typeof globalThis.fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith(HOST)) return platformFetch(input, init);
    if (!this.isOnline) return Promise.reject(new TypeError('Failed to fetch'));
    this.requested.push(url);
    const body = this.files.get(url.slice(ADDRESS.length));
    const headers = { 'Content-Length': String(body?.length), 'Content-Type': 'application/octet-stream' };
    return Promise.resolve(body === undefined ? new Response(null, { status: 404 }) : new Response(body, { headers }));
  };

  /** Loads the model as a new visit whose runtime reads some files. Resolves with how often the server was asked for `OPTIONAL`. */
  async visit(version: string, { reads = [OPTIONAL], error }: { reads?: readonly string[]; error?: Error } = {}): Promise<number> {
    const before = this.#requests(OPTIONAL);
    const customCache = {
      match: (url: string) => Promise.resolve(this.#cache.get(url)?.clone()),
      put: (url: string, response: Response) => Promise.resolve(void this.#cache.set(url, response)),
    };
    const env = { version, remoteHost: HOST, useBrowserCache: false, useCustomCache: true, customCache, fetch: this.fetch };
    const pipeline = async (): Promise<unknown> => {
      const fetch: typeof globalThis.fetch = (url) => (version.startsWith('4') ? env : globalThis).fetch(url);
      for (const file of ['config.json', ...reads]) {
        if (await customCache.match(ADDRESS + file)) continue;
        const response = await fetch(ADDRESS + file);
        if (response.ok) await customCache.put(ADDRESS + file, new Response(await response.arrayBuffer()));
      }
      if (error) throw error;
      return 'loaded';
    };
    const downloads = new ModelDownloads({
      storage: this.storage,
      transformers: { env, pipeline } as unknown as TransformersModule,
      models: { own: { task: 'fill-mask', model: 'own/model' } },
      recovery: 'automatic',
      automaticAttempts: 0,
    });
    try {
      await downloads.load('own');
    } finally {
      downloads.dispose();
    }
    return this.#requests(OPTIONAL) - before;
  }

  #requests(file: string): number {
    return this.requested.filter((url) => url === ADDRESS + file).length;
  }
}

for (const [version, other] of [
  ['2.17.2', '2.17.1'],
  ['3.8.1', '3.7.0'],
  ['4.3.1', '4.3.2'],
] as const) {
  describe(`an optional file that is missing, with Transformers.js ${version}`, () => {
    let stage: Stage;

    beforeEach(() => {
      stage = new Stage();
      globalThis.fetch = stage.fetch;
    });

    afterEach(() => {
      globalThis.fetch = platformFetch;
    });

    it('is not requested again, so that a visit without a network works', async () => {
      expect(await stage.visit(version)).to.equal(1);
      expect(await stage.visit(version)).to.equal(0);
      stage.isOnline = false;
      expect(await stage.visit(version)).to.equal(0);
    });

    it('is requested by a load with another version', async () => {
      await stage.visit(version);
      expect(await stage.visit(other)).to.equal(1);
    });

    it('is requested if no earlier load has', async () => {
      await stage.visit(version, { reads: [] });
      stage.files.set(OPTIONAL, '{}');
      expect(await stage.visit(version)).to.equal(1);
    });

    it('is requested after a failed load, and then stored if it exists', async () => {
      await stage.visit(version);
      stage.files.set(OPTIONAL, '{}');
      expect(await stage.visit(version), 'with all files of the first visit').to.equal(0);
      const error: unknown = await stage.visit(version, { error: new Error('bad config') }).catch((cause: unknown) => cause);
      expect(error).to.include({ message: 'bad config' });
      expect(await stage.visit(version)).to.equal(1);
      expect(await stage.visit(version)).to.equal(0);
    });

    it('stays known after a load that a broken connection has ended', async () => {
      await stage.visit(version);
      stage.isOnline = false;
      const ended: unknown = await stage.visit(version, { error: new TypeError('Failed to fetch') }).catch((cause: unknown) => cause);
      expect(ended).to.include({ message: 'Failed to fetch' });
      expect(await stage.visit(version)).to.equal(0);
    });

    it('is not requested if the server has deleted it after it was stored', async () => {
      stage.files.set(OPTIONAL, '{}');
      expect(await stage.visit(version)).to.equal(1);
      stage.files.delete(OPTIONAL);
      expect(await stage.visit(version)).to.equal(0);
    });
  });
}
