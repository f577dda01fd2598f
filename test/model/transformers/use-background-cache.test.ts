import { expect } from 'chai';
import { addRoute } from '#dist/model/transformers/fetch-hook.js';
import { runtimeCacheOf } from '#dist/model/transformers/runtime-cache.js';
import type { BackgroundCache } from '#dist/model/transformers/background-cache.js';
import { backgroundWrites } from '#dist/model/transformers/background-writes.js';
import { backgroundStorageOf, useBackgroundCache } from '#dist/model/transformers/use-background-cache.js';
import { deferred } from '../../support/deferred.js';
import { useFakeTimers } from '../../support/fake-timers.js';

const FILE = 'https://hub.example/own/model/resolve/main/config.json';
const NAME = 'background-test';

type Env = Record<string, unknown>;

const moduleWith = (env: Env) => ({
  env: { version: '4.3.1', useBrowserCache: true, useCustomCache: false, customCache: null, cacheKey: NAME, ...env } as Env,
  pipeline: () => Promise.resolve(undefined),
});

/** The cache that a module uses now. */
const backgroundCacheOf = ({ env }: { readonly env: Env }): BackgroundCache | undefined =>
  backgroundWrites.get(env) as BackgroundCache | undefined;

const own = { match: () => Promise.resolve(undefined), put: () => Promise.resolve() };

describe('useBackgroundCache()', () => {
  afterEach(() => caches.delete(NAME));

  for (const version of ['2.17.2', '3.8.1', '4.3.1']) {
    it(`sets a cache in version ${version} during the loads that use it, and takes it out after the last one`, () => {
      const transformers = moduleWith({ version });
      const before = { ...transformers.env };
      const uses = [useBackgroundCache(transformers), useBackgroundCache(transformers)];
      const cache = backgroundCacheOf(transformers);
      // Version 2 prefers the browser's cache.
      expect(transformers.env).to.include({ useCustomCache: true, customCache: cache, useBrowserCache: version !== '2.17.2' });
      uses[0]?.leave();
      expect(transformers.env.customCache).to.equal(cache);
      uses[1]?.leave();
      expect(transformers.env).to.deep.equal(before);
      expect(backgroundCacheOf(transformers)).to.equal(undefined);
    });
  }

  for (const { what, env } of [
    { what: 'does not use the cache of the browser', env: { useBrowserCache: false } },
    { what: 'uses a cache of the page', env: { useCustomCache: true, customCache: own } },
    { what: 'has a cache of the page that is not used now', env: { customCache: own } },
  ]) {
    it(`changes nothing if the module ${what}`, () => {
      const transformers = moduleWith(env);
      const before = { ...transformers.env };
      expect(useBackgroundCache(transformers)).to.equal(undefined);
      expect(backgroundCacheOf(transformers)).to.equal(undefined);
      expect(transformers.env).to.deep.equal(before);
    });
  }

  it('changes nothing in frozen settings', () => {
    const transformers = moduleWith({});
    const before = { ...transformers.env };
    Object.freeze(transformers.env);
    useBackgroundCache(transformers)?.leave();
    expect(transformers.env).to.deep.equal(before);
  });

  it('sets no cache that the module would not use', () => {
    const transformers = moduleWith({});
    Object.defineProperty(transformers.env, 'useCustomCache', { value: false, writable: false });
    useBackgroundCache(transformers);
    expect(transformers.env.customCache).to.equal(null);
  });

  it('leaves a cache that the page has set meanwhile', () => {
    const transformers = moduleWith({});
    const use = useBackgroundCache(transformers);
    Object.assign(transformers.env, { useCustomCache: true, customCache: own });
    use?.leave();
    expect(transformers.env).to.include({ useCustomCache: true, customCache: own });
  });

  for (const { what, version, change } of [
    { what: 'removes ours', version: '4.3.1', change: { customCache: null } },
    { what: 'lets the module use no custom cache', version: '4.3.1', change: { useCustomCache: false } },
    { what: 'lets version 2 use no cache', version: '2.17.2', change: { useBrowserCache: false } },
  ] as const) {
    it(`gives a module its own settings and the new one as soon as the page ${what}`, () => {
      const transformers = moduleWith({ version });
      const before = { ...transformers.env };
      const use = useBackgroundCache(transformers);
      Object.assign(transformers.env, change);
      expect(transformers.env).to.deep.equal({ ...before, ...change });
      expect(useBackgroundCache(transformers), 'a later load').to.equal(undefined);
      use?.leave();
      expect(transformers.env).to.deep.equal({ ...before, ...change });
    });
  }

  it('lets a load wait until its files are safe, for ten seconds at most', async () => {
    const timers = useFakeTimers();
    try {
      const transformers = moduleWith({});
      const use = useBackgroundCache(transformers);
      await use?.safe();
      const never = new Response(new ReadableStream(), { headers: { 'Content-Length': '2' } });
      await backgroundCacheOf(transformers)?.put(FILE, never);
      let isSafe = false;
      const safe = use?.safe().then(() => (isSafe = true));
      timers.clock.advance(9_999);
      await Promise.resolve();
      expect(isSafe).to.equal(false);
      timers.clock.advance(1);
      await safe;
    } finally {
      timers.restore();
    }
  });

  it('stays until the last file is written, so that the page itself finds it', async () => {
    const transformers = moduleWith({});
    const use = useBackgroundCache(transformers);
    const cache = backgroundCacheOf(transformers);
    const arrived = deferred<undefined>();
    const body = new ReadableStream({
      async start(controller) {
        await arrived.promise;
        controller.enqueue(new TextEncoder().encode('{}'));
        controller.close();
      },
    });
    await cache?.put(FILE, new Response(body, { headers: { 'Content-Length': '2' } }));
    use?.leave();
    expect(transformers.env.customCache).to.equal(cache);
    const written = cache?.settled(() => true);
    arrived.resolve(undefined);
    await written;
    expect(transformers.env.customCache).to.equal(null);
    expect(await (await (await caches.open(NAME)).match(FILE))?.text()).to.equal('{}');
  });
});

describe('backgroundStorageOf()', () => {
  const body = {
    length: 5_000_000,
    headers: new Headers(),
    blob: () => Promise.resolve(undefined),
    isStored: () => Promise.resolve(false),
    allowDeletion: () => undefined,
    delete: () => Promise.resolve(),
  };

  it("holds no file of a module that uses no such cache, or loads from the page's own server", () => {
    const transformers = moduleWith({});
    expect(backgroundStorageOf(transformers)).to.equal(undefined);
    const use = useBackgroundCache(transformers);
    expect(backgroundStorageOf(transformers)).to.not.equal(undefined);
    expect(backgroundStorageOf(transformers, { local_files_only: true })).to.equal(undefined);
    transformers.env.allowRemoteModels = false;
    expect(backgroundStorageOf(transformers)).to.equal(undefined);
    use?.leave();
  });

  it('holds files only while the module receives our responses unchanged', async () => {
    const fetch = (): Promise<Response> => Promise.resolve(new Response());
    const transformers = moduleWith({ fetch });
    const use = useBackgroundCache(transformers);
    const storage = backgroundStorageOf(transformers);
    expect(storage?.hold(FILE, body), 'without a route').to.equal(undefined);
    const leaveRoute = addRoute(transformers, { matches: () => true, fetch });
    const held = storage?.hold(FILE, body);
    expect(held).to.not.equal(undefined);
    transformers.env.fetch = () => fetch();
    expect(storage?.hold(FILE, body), 'wrapped by the page').to.equal(undefined);
    leaveRoute();
    use?.leave();
    await held;
  });

  it('holds no further file once the page has set a cache of its own', () => {
    const fetch = (): Promise<Response> => Promise.resolve(new Response());
    const transformers = moduleWith({ fetch });
    const use = useBackgroundCache(transformers);
    const storage = backgroundStorageOf(transformers);
    const leaveRoute = addRoute(transformers, { matches: () => true, fetch });
    transformers.env.customCache = own;
    expect(storage?.hold(FILE, body)).to.equal(undefined);
    leaveRoute();
    use?.leave();
  });
});

describe('runtimeCacheOf() during a background write', () => {
  afterEach(() => caches.delete(NAME));

  /** A module that is writing a file, until `end()`. */
  async function writing(env: Env = {}) {
    const transformers = moduleWith(env);
    const use = useBackgroundCache(transformers);
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    await backgroundCacheOf(transformers)?.put(FILE, new Response(readable, { headers: { 'Content-Length': '2' } }));
    const end = async (): Promise<void> => {
      const writer = writable.getWriter();
      await writer.write(new TextEncoder().encode('{}'));
      await writer.close();
      use?.leave();
    };
    const cache = runtimeCacheOf(transformers);
    if (!cache) throw new Error('Expected a cache');
    return { cache, end };
  }

  for (const version of ['2.17.2', '4.3.1']) {
    it(`finds and lists the file once it is written, in version ${version}`, async () => {
      const { cache, end } = await writing({ version });
      const [found, entries] = [cache.match(FILE), cache.entries((url) => url === FILE)];
      await end();
      expect(await (await found)?.text()).to.equal('{}');
      expect([...(await entries).keys()]).to.deep.equal([FILE]);
      await cache.delete(FILE);
    });
  }

  for (const version of ['2.17.2', '3.8.1']) {
    it(`reads the default cache in version ${version}, which has no setting for another`, async () => {
      const entries = await caches.open('transformers-cache');
      await entries.put(FILE, new Response('{}'));
      const cache = runtimeCacheOf(moduleWith({ version }));
      expect(await (await cache?.match(FILE))?.text()).to.equal('{}');
      await entries.delete(FILE);
    });
  }

  it('deletes a file that was being written', async () => {
    const { cache, end } = await writing();
    const removing = cache.remove((url) => url === FILE);
    await end();
    await removing;
    expect(await cache.match(FILE)).to.equal(undefined);
  });

  it('finds nothing, and rejects to list and to delete, if the write never ends', async () => {
    const timers = useFakeTimers();
    try {
      const { cache } = await writing();
      const calls = [cache.match(FILE), cache.delete(FILE), cache.entries(() => true), cache.remove(() => true)];
      const outcomes = Promise.allSettled(calls);
      await timers.clock.advanceAsync(30_000, 1_000);
      expect((await outcomes).map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : String(outcome.reason)))).to.deep.equal([
        undefined,
        false,
        'DownloadFailure: No response within 10 s',
        'DownloadFailure: No response within 10 s',
      ]);
    } finally {
      timers.restore();
    }
  });
});
