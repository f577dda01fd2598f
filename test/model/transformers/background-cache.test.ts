import { expect } from 'chai';
import { BackgroundCache } from '#dist/model/transformers/background-cache.js';
import { createDownloadFetch } from '#dist/transfer/index.js';
import { deferred } from '../../support/deferred.js';
import { useFakeTimers } from '../../support/fake-timers.js';
import { until } from '../../support/until.js';

const FILE = 'https://hub.example/own/model/resolve/main/onnx/model.onnx';
const CONFIG = 'https://hub.example/own/model/resolve/main/config.json';
const RUNTIME = 'https://cdn.example/ort-wasm-simd-threaded.asyncify.wasm';
const MIB = 1024 * 1024;

/** A response of the runtime, which stores all bytes of a file at once. */
const responseOf = (bytes: BodyInit, length: number): Response =>
  new Response(bytes, { headers: { 'Content-Length': String(length), 'Content-Type': 'application/octet-stream' } });

/** A response of which no byte arrives. */
const silent = (): Response => new Response(new ReadableStream<Uint8Array>(), { headers: { 'Content-Type': 'application/wasm' } });

/** A cache whose writes end when the test lets them. */
function slowCache() {
  const entries = new Map<string, Response>();
  const writes: ((cause?: Error) => void)[] = [];
  const cache = {
    match: (url: string) => Promise.resolve(entries.get(url)?.clone()),
    delete: (url: string) => Promise.resolve(entries.delete(url)),
    put: (url: string, response: Response) => {
      const { promise, resolve, reject } = deferred<undefined>();
      writes.push((cause) => {
        if (!cause) entries.set(url, response);
        if (cause) reject(cause);
        else resolve(undefined);
      });
      return promise;
    },
  };
  /** Ends the next write, when it has begun. */
  const end = async (cause?: Error): Promise<void> => {
    await until(() => writes.length > 0);
    writes.shift()?.(cause);
  };
  return { entries, writes, end, open: () => Promise.resolve(cache as unknown as Cache) };
}

/** Resolves with whether a promise has settled after all that can follow now. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  promise.then(
    () => (settled = true),
    () => (settled = true),
  );
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  return settled;
}

/** A body of the transfer layer. @param calls Receives the names of the methods that change its stored bytes. */
const bodyOf = (length: number, blob: Blob | undefined, isStored = true, calls: string[] = []) => ({
  length,
  headers: responseOf('', length).headers,
  blob: () => Promise.resolve(blob),
  isStored: () => Promise.resolve(isStored),
  allowDeletion: () => void calls.push('allowDeletion'),
  delete: () => Promise.resolve(void calls.push('delete')),
});

/** A copy that is running. */
interface Copy {
  /** Resolves when the bytes in the store are not needed any more. */
  readonly released: Promise<void> | undefined;
  /** Ends the write. */
  readonly end: () => Promise<void>;
}

/** Ends a copy, and expects that the bytes in the store are held until then. */
async function expectCopied(cache: BackgroundCache, url: string, { released, end }: Copy): Promise<void> {
  const copying = cache.copying(url);
  expect(await isSettled(released ?? Promise.resolve()), 'released').to.equal(false);
  await end();
  await released;
  expect(await copying).to.equal(true);
  expect(cache.copying(url)).to.equal(undefined);
}

describe('BackgroundCache', () => {
  let warnings: unknown[];
  const { warn } = console;

  beforeEach(() => {
    warnings = [];
    console.warn = (...values) => void warnings.push(...(values as unknown[]));
  });

  afterEach(() => void (console.warn = warn));

  it('lets the runtime continue while a small file is written, and finds the file once it is', async () => {
    const { end, open } = slowCache();
    let idle = 0;
    const cache = new BackgroundCache(open, () => (idle += 1));
    await cache.put(CONFIG, responseOf('{}', 2));
    expect(cache.isWriting).to.equal(true);
    const found = cache.match(CONFIG);
    const settled = cache.settled((url) => url === CONFIG);
    expect(await isSettled(found)).to.equal(false);
    expect(await isSettled(settled)).to.equal(false);
    expect(await isSettled(cache.settled((url) => url !== CONFIG)), 'other files').to.equal(true);
    await end();
    expect(await (await found)?.text()).to.equal('{}');
    await settled;
    expect([cache.isWriting, idle]).to.deep.equal([false, 1]);
  });

  it('does not look up a file that is known to be missing', async () => {
    let opened = 0;
    const open = () => ((opened += 1), caches.open('none'));
    let isMissing = true;
    const cache = new BackgroundCache(
      open,
      () => undefined,
      (url) => isMissing && url === CONFIG,
    );
    expect([await cache.match(CONFIG), opened]).to.deep.equal([undefined, 0]);
    isMissing = false;
    expect([await cache.match(CONFIG), opened]).to.deep.equal([undefined, 1]);
    await caches.delete('none');
  });

  it('lets the runtime wait for files of more than 16 MiB in memory together, and for one of unknown length', async () => {
    const { end, open } = slowCache();
    const cache = new BackgroundCache(open, () => undefined);
    await cache.put(`${FILE}_data`, responseOf('', 10 * MIB));
    const second = cache.put(FILE, responseOf('', 10 * MIB));
    const third = cache.put(CONFIG, new Response('{}'));
    expect([await isSettled(second), await isSettled(third)]).to.deep.equal([false, false]);
    for (let count = 0; count < 3; count++) await end();
    await Promise.all([second, third]);
    await cache.put(FILE, responseOf('', 10 * MIB));
    expect(cache.isWriting).to.equal(true);
    await end();
  });

  it('copies a file from the store of the transfer layer as soon as the runtime looks it up, so that it does not store it', async () => {
    const { entries, end, open } = slowCache();
    const cache = new BackgroundCache(open, () => undefined);
    const bytes = new Uint8Array(5 * MIB).fill(7);
    const released = cache.hold(FILE, bodyOf(bytes.length, new Blob([bytes])));
    const found = await cache.match(FILE);
    await expectCopied(cache, FILE, { released, end });
    for (const response of [found, entries.get(FILE)]) {
      expect(Object.fromEntries(response?.headers ?? [])).to.deep.equal({
        'content-length': String(bytes.length),
        'content-type': 'application/octet-stream',
      });
      const read = new Uint8Array((await response?.arrayBuffer()) ?? new ArrayBuffer());
      expect([read.length, read.every((byte) => byte === 7)]).to.deep.equal([bytes.length, true]);
    }
  });

  for (const { what, blob } of [
    { what: 'is incomplete', blob: undefined },
    { what: 'has another length', blob: new Blob(['short']) },
  ]) {
    it(`lets the runtime store its own bytes if the stored file ${what}`, async () => {
      const { entries, end, open } = slowCache();
      const cache = new BackgroundCache(open, () => undefined);
      const bytes = new Uint8Array(17 * MIB).fill(1);
      const released = cache.hold(FILE, bodyOf(bytes.length, blob));
      expect(await cache.match(FILE)).to.equal(undefined);
      const storing = cache.put(FILE, responseOf(bytes, bytes.length));
      expect(await isSettled(storing)).to.equal(false);
      expect(cache.copying(FILE)).to.equal(undefined);
      await end();
      await storing;
      await released;
      expect((await entries.get(FILE)?.arrayBuffer())?.byteLength).to.equal(bytes.length);
    });
  }

  for (const { what, causes, calls } of [
    { what: 'fails', causes: ['UnknownError'], calls: [] },
    { what: 'has no room, even without its parts', causes: ['QuotaExceededError', 'QuotaExceededError'], calls: ['delete'] },
  ]) {
    it(`reports a copy that ${what}, which is not stored`, async () => {
      const { end, open } = slowCache();
      const cache = new BackgroundCache(open, () => undefined);
      const made: string[] = [];
      const released = cache.hold(FILE, bodyOf(5 * MIB, new Blob([new Uint8Array(5 * MIB)]), true, made));
      await cache.match(FILE);
      const copying = cache.copying(FILE);
      for (const name of causes) await end(new DOMException('refused', name));
      expect(await copying).to.equal(false);
      await released;
      expect(await cache.match(FILE)).to.equal(undefined);
      expect(made).to.deep.equal(calls);
      expect(warnings).to.have.lengthOf(1);
      expect(String(warnings[0])).to.contain(causes[0]);
    });
  }

  for (const url of [FILE, RUNTIME]) {
    it(`deletes the parts of ${url} if there is no room beside them, and stores the file from memory`, async () => {
      const { entries, end, open } = slowCache();
      const cache = new BackgroundCache(open, () => undefined);
      const bytes = new Uint8Array(5 * MIB).fill(7);
      const calls: string[] = [];
      const hold = (): Promise<void> | undefined => cache.hold(url, bodyOf(bytes.length, new Blob([bytes]), true, calls));
      const early = url === FILE ? hold() : undefined;
      await (url === FILE ? cache.match(url) : cache.put(url, silent()));
      const released = early ?? hold();
      const copying = cache.copying(url);
      await end(new DOMException('no room', 'QuotaExceededError'));
      await end();
      await released;
      expect(await copying).to.equal(true);
      expect(calls).to.deep.equal(['delete', 'allowDeletion']);
      const stored = new Uint8Array((await entries.get(url)?.arrayBuffer()) ?? []);
      expect(stored.length === bytes.length && stored.every((byte) => byte === 7)).to.equal(true);
      expect(warnings).to.deep.equal([]);
    });
  }

  it('stores a small file again after the copies if there is no room beside them', async () => {
    const { entries, writes, end, open } = slowCache();
    const cache = new BackgroundCache(open, () => undefined);
    const bytes = new Uint8Array(5 * MIB);
    void cache.hold(FILE, bodyOf(bytes.length, new Blob([bytes])));
    await cache.match(FILE);
    await cache.put(CONFIG, responseOf('{}', 2));
    const stored = cache.settled((url) => url === CONFIG);
    await until(() => writes.length === 2);
    writes.splice(1, 1)[0]?.(new DOMException('no room', 'QuotaExceededError'));
    expect(await isSettled(stored)).to.equal(false);
    expect(writes, 'the copy alone').to.have.lengthOf(1);
    await end();
    await end();
    await stored;
    expect([...entries.keys()]).to.deep.equal([FILE, CONFIG]);
    expect(await entries.get(CONFIG)?.text()).to.equal('{}');
    expect(warnings).to.deep.equal([]);
  });

  it('rejects if a file for which the runtime waits cannot be stored', async () => {
    const { end, open } = slowCache();
    const cache = new BackgroundCache(open, () => undefined);
    const storing = cache.put(FILE, responseOf('', 17 * MIB));
    expect(await isSettled(storing)).to.equal(false);
    await end(new Error('no room'));
    expect(await storing.catch((error: unknown) => String(error))).to.equal('Error: no room');
  });

  it('stores the file of the runtime when it has arrived, for which the runtime does not wait', async () => {
    const { entries, end, open } = slowCache();
    const cache = new BackgroundCache(open, () => undefined);
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    await cache.put(RUNTIME, new Response(readable, { headers: { 'Content-Length': '26000000' } }));
    const written = cache.settled((url) => url === RUNTIME);
    expect(cache.copying(RUNTIME), 'only in memory').to.equal(undefined);
    const writer = writable.getWriter();
    await writer.write(new TextEncoder().encode('code'));
    await writer.close();
    await end();
    await written;
    expect(await entries.get(RUNTIME)?.text()).to.equal('code');
  });

  it('copies the file of the runtime from the store once that has all of it, and holds it until then', async () => {
    const { entries, end, open } = slowCache();
    const cache = new BackgroundCache(open, () => undefined);
    await cache.put(RUNTIME, silent());
    const code = new Uint8Array(5 * MIB).fill(3);
    const released = cache.hold(RUNTIME, bodyOf(code.length, new Blob([code])));
    await cache.safe();
    await expectCopied(cache, RUNTIME, { released, end });
    const entry = entries.get(RUNTIME);
    expect(entry?.headers.get('Content-Type')).to.equal('application/wasm');
    const stored = new Uint8Array((await entry?.arrayBuffer()) ?? []);
    expect([stored.length, stored[0], stored.at(-1)]).to.deep.equal([code.length, 3, 3]);
    expect(cache.hold(RUNTIME, bodyOf(code.length, undefined)), 'once it is stored').to.equal(undefined);
  });

  it('is safe as soon as all parts of the file of the runtime are stored, which asking for them begins', async () => {
    const { entries, end, open } = slowCache();
    const cache = new BackgroundCache(open, () => undefined);
    const code = new Uint8Array(5 * MIB).fill(3);
    let isBegun = false;
    const body = { ...bodyOf(code.length, undefined), isStored: () => Promise.resolve(isBegun) };
    body.blob = () => {
      isBegun = true;
      return Promise.resolve(new Blob([code]));
    };
    const fetch = createDownloadFetch({
      fetch: () => Promise.resolve(new Response(code, { headers: { 'Content-Length': String(code.length) } })),
      onComplete: (url) => cache.hold(url, body),
    });
    cache.noteRequest(RUNTIME, true);
    const response = await fetch(RUNTIME);
    await cache.put(RUNTIME, response.clone());
    await response.arrayBuffer();
    await cache.safe();
    expect([cache.isWriting, entries.size]).to.deep.equal([true, 0]);
    await end();
    await cache.settled(() => true);
    expect((await entries.get(RUNTIME)?.arrayBuffer())?.byteLength).to.equal(code.length);
  });

  const wrongParts: Readonly<Record<string, ReturnType<typeof bodyOf>>> = {
    'is missing': bodyOf(5 * MIB, undefined),
    'has another length': bodyOf(5 * MIB, new Blob(['short'])),
    'cannot be read': { ...bodyOf(5 * MIB, undefined), blob: () => Promise.reject(new Error('no file')) },
  };
  for (const [what, body] of Object.entries(wrongParts)) {
    it(`stores the runtime's own bytes of its file if the stored file ${what}`, async () => {
      const { entries, end, open } = slowCache();
      const cache = new BackgroundCache(open, () => undefined);
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      await cache.put(RUNTIME, new Response(readable));
      const released = cache.hold(RUNTIME, body);
      const writer = writable.getWriter();
      await writer.write(new TextEncoder().encode('code'));
      await writer.close();
      await end();
      await released;
      expect(await entries.get(RUNTIME)?.text()).to.equal('code');
    });
  }

  it('is safe once the file of the runtime has failed, and releases it', async () => {
    const { open } = slowCache();
    const cache = new BackgroundCache(open, () => undefined);
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    await cache.put(RUNTIME, new Response(readable));
    const released = cache.hold(RUNTIME, bodyOf(5 * MIB, undefined, false));
    await writable.abort(new TypeError('network error'));
    await cache.safe();
    await released;
    expect([cache.isWriting, warnings.length]).to.deep.equal([false, 1]);
  });

  it('holds neither small files nor that of the runtime', () => {
    const cache = new BackgroundCache(slowCache().open, () => undefined);
    expect(cache.hold(CONFIG, bodyOf(4 * MIB - 1, undefined))).to.equal(undefined);
    expect(cache.hold(RUNTIME, bodyOf(26 * MIB, undefined))).to.equal(undefined);
  });

  it('releases a file that is not stored within five seconds, at the end of the load, and when another one takes its place', async () => {
    const timers = useFakeTimers();
    try {
      const cache = new BackgroundCache(slowCache().open, () => undefined);
      const late = cache.hold(FILE, bodyOf(5 * MIB, undefined));
      timers.clock.advance(4_999);
      expect(await isSettled(late ?? Promise.resolve())).to.equal(false);
      timers.clock.advance(1);
      await late;
      const first = cache.hold(FILE, bodyOf(5 * MIB, undefined));
      const second = cache.hold(FILE, bodyOf(5 * MIB, undefined));
      await first;
      expect(await isSettled(second ?? Promise.resolve())).to.equal(false);
      cache.releaseAll();
      await second;
    } finally {
      timers.restore();
    }
  });

  for (const isStored of [true, false]) {
    it(`is safe ${isStored ? 'before' : 'only after'} a file is copied whose parts are ${isStored ? '' : 'not '}all stored`, async () => {
      const { end, open } = slowCache();
      const cache = new BackgroundCache(open, () => undefined);
      void cache.hold(FILE, bodyOf(5 * MIB, new Blob([new Uint8Array(5 * MIB)]), isStored));
      await cache.match(FILE);
      const safe = cache.safe();
      expect(await isSettled(safe)).to.equal(isStored);
      await end();
      await safe;
    });
  }

  it('is safe once the files that are only in memory are written, or have failed', async () => {
    const { end, open } = slowCache();
    const cache = new BackgroundCache(open, () => undefined);
    await cache.safe();
    await cache.put(CONFIG, responseOf('{}', 2));
    await cache.put(RUNTIME, responseOf('code', 4));
    const safe = cache.safe();
    await end();
    expect(await isSettled(safe)).to.equal(false);
    await end(new Error('no room'));
    await safe;
  });

  it('deletes a file only after it was written', async () => {
    const { entries, end, open } = slowCache();
    const cache = new BackgroundCache(open, () => undefined);
    await cache.put(CONFIG, responseOf('{}', 2));
    const deleting = cache.delete(CONFIG);
    expect(await isSettled(deleting)).to.equal(false);
    await end();
    expect(await deleting).to.equal(true);
    expect(entries.size).to.equal(0);
  });

  it('finds nothing and lets the runtime continue if the cache cannot be opened', async () => {
    const cache = new BackgroundCache(
      () => Promise.reject(new DOMException('blocked', 'SecurityError')),
      () => undefined,
    );
    expect(await cache.match(CONFIG)).to.equal(undefined);
    await cache.put(CONFIG, responseOf('{}', 2));
    await cache.settled(() => true);
    expect(warnings).to.have.lengthOf(1);
  });
});
