import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { systemClock, type Clock } from 'model-download/core';
import { CachePartialStore, PARTIAL_CACHE, type Chunk, type PartialFile, type Segment } from 'model-download/transfer';
import { openCache } from '#dist/transfer/store/open-cache.js';
import { openDirectory } from '#dist/transfer/store/open-directory.js';
import { SegmentFiles } from '#dist/transfer/store/segment-files.js';
import { deleteFiles } from '../../support/delete-files.js';
import { until } from '../../support/until.js';
import { forgetPartials, isWebKit } from './held-file.js';

const FILE = 'https://hub.example/model.onnx';

/** The bytes of a body: no two bodies have the same byte at the same place. */
const contentOf = (body: string, start: number, length: number) =>
  Uint8Array.from({ length }, (_, index) => (start + index) * 7 + body.charCodeAt(0));

const segment = (body: string, start: number, length: number): Segment => ({
  url: FILE,
  start,
  bytes: contentOf(body, start, length),
  total: undefined,
  validator: undefined,
  writtenBy: body,
  keptAt: start,
});

async function readAll(store: CachePartialStore, held: PartialFile): Promise<number[]> {
  const bytes: number[] = [];
  for await (const piece of store.read(held, 0)) bytes.push(...piece);
  return bytes;
}

async function writeAll(store: CachePartialStore, body: string, lengths: readonly number[]): Promise<void> {
  let start = 0;
  for (const length of lengths) {
    await store.append(segment(body, start, length));
    start += length;
  }
}

/** Damages the segment at `start`: it has other bytes, and its key stays. */
async function replaceBytes(start: number, bytes: Chunk): Promise<void> {
  const cache = (await openCache(PARTIAL_CACHE))!;
  const request = (await cache.keys()).find(({ url }) => new URL(url).searchParams.get('start') === String(start))!;
  const file = new URL(request.url).searchParams.get('file');
  if (file === null) return cache.put(request, new Response(bytes));
  const writable = await (await (await openDirectory())!.getFileHandle(file)).createWritable();
  await writable.write(bytes);
  await writable.close();
}

/** The lengths of the entries of all segments. */
async function entrySizes(): Promise<number[]> {
  const cache = (await openCache(PARTIAL_CACHE))!;
  const sizes = (await cache.keys()).map(async (key) => (await (await cache.match(key))!.arrayBuffer()).byteLength);
  return Promise.all(sizes);
}

async function fileNames(): Promise<string[]> {
  const names: string[] = [];
  const directory = await openDirectory();
  if (directory) for await (const name of directory.keys()) names.push(name);
  return names;
}

/** Checks that each byte is of the body that was found, after any actions of other stores. */
async function checkReading(store: CachePartialStore): Promise<void> {
  const held = await store.find(FILE);
  if (!held) return;
  const bytes = await readAll(store, held);
  expect(bytes.length).to.be.at.most(held.length);
  expect(bytes).to.deep.equal([...contentOf(held.writtenBy, 0, bytes.length)]);
}

describe('bodies in the Cache Storage of the browser', () => {
  beforeEach(async () => {
    await forgetPartials();
    // Files are written once the worker runs, which remains for ten seconds.
    await until(async () => isWebKit || (await new SegmentFiles().write(new Uint8Array(1))) !== undefined);
    await deleteFiles();
  });
  afterEach(forgetPartials);

  it('are read as they were written, or end early, while other tabs delete and replace them', async () => {
    const bodies = fc.array(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 6 }), { minLength: 2, maxLength: 3 });
    const property = fc.asyncProperty(bodies, fc.nat(2), async (written, deletions) => {
      const store = new CachePartialStore();
      await Promise.all([
        ...written.map((lengths, index) => writeAll(new CachePartialStore(), 'abc'.charAt(index), lengths)),
        ...Array.from({ length: deletions }, () => new CachePartialStore().delete(FILE)),
        checkReading(store),
        checkReading(store),
        store.list(),
      ]);
      await checkReading(store);
      await store.delete(FILE);
      expect(await store.find(FILE)).to.equal(undefined);
    });
    await fc.assert(property, { numRuns: 50 });
  });

  for (const [what, bytes] of [
    ['is shorter than its key says', contentOf('a', 3, 2)],
    ['is longer than its key says', contentOf('a', 3, 4)],
    ['has other bytes', new Uint8Array(3)],
  ] as const) {
    it(`end at a segment that ${what}`, async function () {
      // The segments of WebKitGTK are entries, whose bytes only the browser changes.
      if (isWebKit && what === 'has other bytes') this.skip();
      const store = new CachePartialStore();
      await writeAll(store, 'a', [3, 3, 3]);
      const held = (await store.find(FILE))!;
      await replaceBytes(3, bytes);
      expect(await readAll(store, held)).to.deep.equal([...contentOf('a', 0, 3)]);
      expect((await store.find(FILE))?.length).to.equal(3);
    });
  }

  it('are in files where a worker can write them, else in the entries', async () => {
    const store = new CachePartialStore();
    await writeAll(store, 'a', [3, 3]);
    const [sizes, files] = [await entrySizes(), await fileNames()];
    if (files.length === 0) expect(sizes).to.deep.equal([3, 3]);
    else expect([sizes, files.length]).to.deep.equal([[0, 0], 2]);
    // WebKitGTK has directories, and cannot write.
    expect(files.length > 0, 'in this engine').to.equal(!isWebKit);
    await store.delete(FILE);
    expect([await entrySizes(), await fileNames()]).to.deep.equal([[], []]);
  });

  it('end at a file that was deleted, and continue after a store that had no files', async function () {
    if (isWebKit) this.skip();
    const entries = new CachePartialStore('', undefined, new SegmentFiles(() => Promise.resolve(undefined)));
    const store = new CachePartialStore();
    await entries.append(segment('a', 0, 3));
    await store.append(segment('a', 3, 3));
    await entries.append(segment('a', 6, 3));
    const held = (await store.find(FILE))!;
    expect(await readAll(store, held)).to.deep.equal([...contentOf('a', 0, 9)]);
    await deleteFiles();
    expect(await readAll(store, held)).to.deep.equal([...contentOf('a', 0, 3)]);
    expect((await store.find(FILE))?.length, 'the next visit continues there').to.equal(3);
  });

  it('leave no file after a crash for longer than an hour and the next deletion', async function () {
    if (isWebKit) this.skip();
    const store = new CachePartialStore();
    await writeAll(store, 'a', [3, 3]);
    // The user deletes the entries only.
    await caches.delete(PARTIAL_CACHE);
    await store.delete(FILE);
    expect(await fileNames()).to.have.lengthOf(2);
    const inAnHour: Clock = { ...systemClock, now: () => systemClock.now() + 3_700_000 };
    const later = new CachePartialStore('', inAnHour);
    await later.append(segment('b', 0, 3));
    await later.delete('https://hub.example/another.onnx');
    expect(await fileNames()).to.have.lengthOf(1);
    expect(await readAll(later, (await later.find(FILE))!)).to.deep.equal([...contentOf('b', 0, 3)]);
  });

  it('are separated by namespaces, whatever their names', async () => {
    const names = ['', '.', '..', '../partial', 'a/b', 'a?b=c', '%2E', '#', '\ud800', '\udfff', ' '];
    const stores = names.map((name) => new CachePartialStore(name));
    for (const [index, store] of stores.entries()) await store.append(segment(String.fromCharCode(97 + index), 0, 2));
    for (const [index, store] of stores.entries()) {
      const [held, ...others] = await store.list();
      expect(held?.writtenBy).to.equal(String.fromCharCode(97 + index));
      expect(others).to.deep.equal([]);
      await store.delete(FILE);
    }
    expect(await (await openCache(PARTIAL_CACHE))?.keys()).to.deep.equal([]);
  });
});
