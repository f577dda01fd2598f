import { expect } from '@open-wc/testing';
import type { FetchLike } from 'model-download/core';
import { CachePartialStore, MemoryPartialStore, PARTIAL_CACHE, type DownloadFetchOptions, type Segment } from 'model-download/transfer';
import { sweep } from '#dist/transfer/internal.js';
import { deferred } from '../../support/deferred.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { bytesOf, HeldFile, LINK, MEDIUM, MiB, readUntil, sha256, starts, forgetPartials } from './held-file.js';
import { until } from '../../support/until.js';

afterEach(forgetPartials);

/** A store that calls `meanwhile` at its first look-up. */
function lookingUp(meanwhile: () => void): MemoryPartialStore {
  let isFirst = true;
  return new (class extends MemoryPartialStore {
    override find(url: string): ReturnType<MemoryPartialStore['find']> {
      if (isFirst) meanwhile();
      isFirst = false;
      return super.find(url);
    }
  })();
}

describe('a download that is paused', () => {
  it('closes its connection at once, and continues after the received bytes', async () => {
    const file = new HeldFile(MEDIUM);
    await file.scope.control({ bandwidth: 6 * MiB });
    const visit = file.visit();
    const body = await readUntil(await visit(file.url), 4 * MiB);
    const rest = body.rest();
    const received = body.read();
    visit.pause();
    await until(async () => (await file.answers())[0]?.aborted === true);
    expect(body.read()).to.be.lessThan(file.size);
    expect(visit.isActive).to.equal(true);
    visit.resume();
    expect(await sha256(await rest)).to.equal(await file.hash());
    // How many bytes were in transit depends on the machine.
    const places = starts(await file.answers());
    expect(places).to.have.lengthOf(2);
    expect(places[1]).to.be.within(received, file.size - 1);
  });

  it('continues after a second pause within the first, as of a page that is hidden and then frozen', async () => {
    const file = new HeldFile(MEDIUM);
    await file.scope.control({ bandwidth: 6 * MiB });
    const stored = deferred();
    const store = new (class extends MemoryPartialStore {
      override async append(segment: Segment): Promise<void> {
        await stored.promise;
        await super.append(segment);
      }
    })();
    const visit = file.visit({ store });
    const rest = (await readUntil(await visit(file.url), 4 * MiB)).rest();
    visit.pause();
    // Its connection is closed, and the received bytes are still being stored.
    await until(async () => (await file.answers())[0]?.aborted === true);
    visit.pause();
    visit.resume();
    stored.resolve(undefined);
    expect(await sha256(await rest)).to.equal(await file.hash());
    expect(starts(await file.answers())).to.have.lengthOf(2);
  });

  it('starts no new request', async () => {
    const file = new HeldFile(MEDIUM);
    const visit = file.visit();
    visit.pause();
    const response = visit(file.url);
    await until(() => visit.isActive);
    expect(await file.answers()).to.have.lengthOf(0);
    visit.resume();
    await (await response).arrayBuffer();
    expect(await file.answers()).to.have.lengthOf(1);
  });
});

describe('a download that is paused while it looks for stored bytes', () => {
  it('opens no connection before it is resumed', async () => {
    const file = new HeldFile(MEDIUM);
    const paused = deferred();
    const visit = file.visit({
      store: lookingUp(() => {
        visit.pause();
        paused.resolve(undefined);
      }),
    });
    const response = visit(file.url);
    await paused.promise;
    await until(() => file.reports.at(-1)?.phase === 'waiting');
    expect(await file.answers()).to.have.lengthOf(0);
    visit.resume();
    expect(await sha256(await bytesOf(await response))).to.equal(await file.hash());
    expect(await file.answers()).to.have.lengthOf(1);
  });
});

describe('a download that is aborted', () => {
  it('rejects with the reason, closes its connection, and keeps the received bytes', async () => {
    const file = new HeldFile(MEDIUM);
    // The server sends no more than this, however late a busy machine reads and aborts.
    await file.scope.control({ bandwidth: 6 * MiB, stallAfter: 5 * MiB });
    const controller = new AbortController();
    const body = await readUntil(await file.visit({ signal: controller.signal })(file.url), 4 * MiB);
    const rest = rejectionOf(body.rest());
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await rest).to.equal(reason);
    await until(async () => (await file.answers())[0]?.aborted === true);

    await file.scope.control({ bandwidth: 0, stallAfter: null });
    const response = await file.visit()(file.url);
    expect(await sha256(await response.arrayBuffer())).to.equal(await file.hash());
    expect(await file.surplus(), 'sent, and not read before the abort').to.be.within(0, MiB);
  });

  it('follows the caller’s own signal, before and after the response', async () => {
    const file = new HeldFile(MEDIUM);
    const visit = file.visit();
    const aborted = AbortSignal.abort(new Error('before'));
    expect(await rejectionOf(visit(file.url, { signal: aborted }))).to.equal(aborted.reason);
    const controller = new AbortController();
    const response = await visit(file.url, { signal: controller.signal });
    controller.abort(new Error('after'));
    expect(await rejectionOf(bytesOf(response))).to.equal(controller.signal.reason);
  });

  it('leaves nothing that blocks the next one, however early it was aborted', async () => {
    const file = new HeldFile(MEDIUM);
    const visit = file.visit();
    for (const delay of [() => undefined, () => Promise.resolve(), () => navigator.locks.query()]) {
      const controller = new AbortController();
      const response = rejectionOf(visit(file.url, { signal: controller.signal }));
      await delay();
      controller.abort(new Error('at once'));
      expect(await response).to.equal(controller.signal.reason);
    }
    expect((await visit(file.url)).status).to.equal(200);
  });

  it('opens no connection after it', async () => {
    const file = new HeldFile(MEDIUM);
    const controller = new AbortController();
    const store = lookingUp(() => controller.abort(new Error('while it looked')));
    expect(await rejectionOf(file.visit({ store, signal: controller.signal })(file.url))).to.equal(controller.signal.reason);
    expect(await file.answers()).to.have.lengthOf(0);
  });

  it('is caused by a reader that cancels the body', async () => {
    const file = new HeldFile(MEDIUM);
    await file.scope.control({ bandwidth: 5 * MiB });
    const visit = file.visit();
    const body = await readUntil(await visit(file.url), MiB);
    await body.reader.cancel();
    await until(async () => (await file.answers())[0]?.aborted === true);
    expect(visit.isActive).to.equal(false);
  });
});

describe('the next visit', () => {
  it('continues with the stored bytes of the one before, and loses at most one segment', async () => {
    const file = new HeldFile(MEDIUM);
    let storing = 0;
    const store = new (class extends CachePartialStore {
      override async append(segment: Segment): Promise<void> {
        storing += 1;
        await super.append(segment);
        storing -= 1;
      }
    })(file.scope.remoteHost);
    await file.scope.control({ bandwidth: 6 * MiB });
    // A visit that just ends: nothing is flushed, and nothing more is read.
    const body = await readUntil(await file.visit({ store })(file.url), 6.5 * MiB);
    const read = Math.floor(body.read() / MiB) * MiB;
    const heldBytes = async (): Promise<number> => (await store.find(file.url))?.length ?? 0;
    await until(async () => storing === 0 && (await heldBytes()) >= read);
    // The layer may be a portion ahead of its reader.
    const held = await heldBytes();
    expect(held).to.be.within(read, read + 2 * MiB);

    const lock = { random: () => 0, namespace: `${file.scope.remoteHost}next` };
    const next = file.visit({ ...lock, store });
    const response = await next(file.url);
    expect(await sha256(await response.arrayBuffer())).to.equal(await file.hash());
    const [, ...later] = await file.answers();
    expect(later[0]?.range).to.equal(`bytes=${held}-`);
    expect(
      starts(later).every((start) => start >= held),
      JSON.stringify(later),
    ).to.equal(true);
    expect(file.reports.at(-1)).to.include({ phase: 'done', loaded: file.size });
  });

  it('continues a file without a hash only if the server lets the page see that it is not compressed', async () => {
    for (const exposeAll of [true, false]) {
      const file = new HeldFile({ ...MEDIUM, file: 'tokenizer.json' });
      const options: DownloadFetchOptions = { segmentSize: 4_000, lookUp: () => Promise.resolve(undefined) };
      const store = new CachePartialStore(file.scope.remoteHost);
      let held: number | undefined;
      do {
        await file.scope.control({ cutAfter: 16_000, cutTimes: 1, match: file.file, exposeAll });
        const first = file.visit({ ...options, store, recover: (cause) => Promise.reject(cause) });
        expect(await rejectionOf(first(file.url).then(bytesOf))).to.be.instanceOf(Error);
        await until(async () => (await navigator.locks.query()).held?.length === 0);
        held = (await store.find(file.url))?.length;
        // A browser that is busy can drop all bytes of a connection that breaks.
      } while (exposeAll && held === undefined);
      // The browser's cache may also request a range, which the layer does not see.
      const ranges: (string | null)[] = [];
      const recorded: FetchLike = (input, init) => {
        ranges.push(new Headers(init?.headers).get('Range'));
        return fetch(input, init);
      };
      const response = await file.visit({ ...options, store, fetch: recorded, namespace: `${file.scope.remoteHost}next` })(file.url);
      expect(await sha256(await response.arrayBuffer())).to.equal(await file.hash());
      expect(ranges).to.deep.equal([exposeAll ? `bytes=${held}-` : null]);
    }
  });

  it('requests one byte from the server if the whole file is stored, since access can change', async () => {
    const file = new HeldFile(MEDIUM);
    const store = new CachePartialStore(file.scope.remoteHost);
    const bytes = new Uint8Array(await (await fetch(file.url)).arrayBuffer());
    await store.append({ url: file.url, start: 0, bytes, total: file.size, validator: '"x"', writtenBy: 'x', keptAt: Date.now() });
    const response = await file.visit()(file.url);
    expect(await sha256(await response.arrayBuffer())).to.equal(await file.hash());
    const [, second] = await file.answers();
    expect(second?.range).to.equal(`bytes=${file.size - 1}-`);
  });

  it('does not deliver a whole file that was damaged on the disk', async () => {
    const file = new HeldFile(MEDIUM);
    const store = new CachePartialStore(file.scope.remoteHost);
    const bytes = new Uint8Array(file.size);
    await store.append({ url: file.url, start: 0, bytes, total: file.size, validator: '"x"', writtenBy: 'x', keptAt: Date.now() });
    const response = await file.visit()(file.url);
    expect(await rejectionOf(bytesOf(response))).to.include({ code: 'corrupt' });
    expect(await store.find(file.url)).to.equal(undefined);
  });
});

describe('two callers of one file', () => {
  it('cause one download', async () => {
    const file = new HeldFile(MEDIUM);
    const visit = file.visit();
    const both = await Promise.all([visit(file.url), visit(file.url)].map(async (response) => (await response).arrayBuffer()));
    const hash = await file.hash();
    for (const bytes of both) expect(await sha256(bytes)).to.equal(hash);
    expect(await file.surplus(), 'its last byte, which shows the version').to.be.within(0, 1);
  });

  it('let the second continue when the first is aborted', async () => {
    const file = new HeldFile(MEDIUM);
    await file.scope.control({ bandwidth: 6 * MiB });
    const first = new AbortController();
    const visit = file.visit();
    const body = await readUntil(await visit(file.url, { signal: first.signal }), 4 * MiB);
    const second = visit(file.url);
    first.abort();
    await rejectionOf(body.rest());
    expect(await sha256(await (await second).arrayBuffer())).to.equal(await file.hash());
    const [start = 0, ...others] = await file.continuations();
    expect(start).to.be.at.least(body.read());
    expect(others).to.deep.equal([]);
  });
});

describe('a disk that is full', () => {
  it('costs the next visit the bytes, and this one nothing', async () => {
    const file = new HeldFile(MEDIUM);
    class FullStore extends MemoryPartialStore {
      override append(segment: Segment): Promise<void> {
        if (segment.start < 3 * MiB) return super.append(segment);
        return Promise.reject(new DOMException('no room', 'QuotaExceededError'));
      }
    }
    const store = new FullStore();
    const causes: unknown[] = [];
    await file.scope.control({ bandwidth: LINK, cutAfter: 8 * MiB, cutTimes: 1, match: file.file });
    const response = await file.visit({ store, onFull: (cause) => causes.push(cause) })(file.url);
    expect(await sha256(await response.arrayBuffer())).to.equal(await file.hash());
    expect(causes.map((cause) => (cause as Error).name)).to.deep.equal(['QuotaExceededError']);
    expect(await store.find(file.url), 'makes room for the caller’s own copy').to.equal(undefined);
  });
});

describe('segments behind a gap', () => {
  it('are deleted after another tab has deleted those before them', async () => {
    const url = 'https://example.test/gap.onnx';
    const [writing, deleting] = [new CachePartialStore(), new CachePartialStore()];
    const piece = { url, bytes: Uint8Array.from([1, 2]), total: 10, validator: '"a"', writtenBy: 'a', keptAt: Date.now() };
    await writing.append({ ...piece, start: 0 });
    await deleting.delete(url);
    await writing.append({ ...piece, start: 2 });
    expect(await deleting.list()).to.deep.equal([]);
    expect(await (await caches.open(PARTIAL_CACHE)).keys()).to.have.lengthOf(0);
  });
});

for (const [name, create] of [
  ['Cache Storage', () => new CachePartialStore()],
  ['Cache Storage with a namespace', () => new CachePartialStore('app/one?')],
  ['memory', () => new MemoryPartialStore()],
] as const) {
  describe(`unfinished files in ${name}`, () => {
    const url = 'https://example.test/model.onnx';
    const segment = (start: number, bytes: number[], more: Partial<Segment> = {}): Segment => ({
      url,
      start,
      bytes: Uint8Array.from(bytes),
      total: 10,
      validator: '"a"',
      writtenBy: 'a',
      keptAt: Date.now(),
      ...more,
    });
    const read = async (store: CachePartialStore | MemoryPartialStore, start: number, end?: number): Promise<number[]> => {
      const bytes: number[] = [];
      const held = await store.find(url);
      if (held) for await (const piece of store.read(held, start, end)) bytes.push(...piece);
      return bytes;
    };

    it('are found up to the first gap, and read from any offset', async () => {
      const store = create();
      expect(await store.find(url)).to.equal(undefined);
      await store.append(segment(0, [0, 1, 2]));
      await store.append(segment(3, [3, 4]));
      expect(await store.find(url)).to.include({ length: 5, total: 10, validator: '"a"' });
      expect(await read(store, 0)).to.deep.equal([0, 1, 2, 3, 4]);
      expect(await read(store, 1, 4)).to.deep.equal([1, 2, 3]);
      expect(await store.list()).to.have.lengthOf(1);
    });

    it('are replaced by another version, and by one that starts at another offset', async () => {
      const store = create();
      await store.append(segment(0, [0, 1, 2]));
      await store.append(segment(0, [9], { validator: '"b"', writtenBy: 'b' }));
      expect(await read(store, 0)).to.deep.equal([9]);
      await store.append(segment(5, [5], { validator: '"b"', writtenBy: 'b' }));
      expect(await store.find(url)).to.equal(undefined);
    });

    it('are deleted one by one, after a week, or when another cache has the whole file', async () => {
      const store = create();
      const others = ['https://example.test/old', 'https://example.test/whole', 'https://example.test/new'];
      const week = 7 * 24 * 3_600_000;
      await store.append(segment(0, [1], { url: others[0]!, keptAt: Date.now() - week - 1_000 }));
      await store.append(segment(0, [1], { url: others[1]! }));
      await store.append(segment(0, [1], { url: others[2]!, keptAt: Date.now() - week + 60_000 }));
      await store.append(segment(0, [1]));
      await store.delete(url);
      const whole = new Response('0123456789', { headers: { 'Content-Length': '10' } });
      await sweep({ store, readWhole: (address) => Promise.resolve(address === others[1] ? whole : undefined) });
      expect((await store.list()).map((file) => file.url)).to.deep.equal([others[2]]);
    });
  });
}
