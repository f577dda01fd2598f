import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { CachePartialStore, PARTIAL_CACHE, type PartialFile, type Segment } from 'model-download/transfer';
import { openCache } from '#dist/transfer/store/open-cache.js';
import { forgetPartials } from './held-file.js';

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

/** Checks that each byte is of the body that was found, after any actions of other stores. */
async function checkReading(store: CachePartialStore): Promise<void> {
  const held = await store.find(FILE);
  if (!held) return;
  const bytes = await readAll(store, held);
  expect(bytes.length).to.be.at.most(held.length);
  expect(bytes).to.deep.equal([...contentOf(held.writtenBy, 0, bytes.length)]);
}

describe('bodies in the Cache Storage of the browser', () => {
  beforeEach(forgetPartials);
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

  for (const [what, length] of [
    ['shorter', 2],
    ['longer', 4],
  ] as const) {
    it(`end at a segment that is ${what} than its key says`, async () => {
      const store = new CachePartialStore();
      await writeAll(store, 'a', [3, 3, 3]);
      const cache = (await openCache(PARTIAL_CACHE))!;
      const second = (await cache.keys()).find(({ url }) => new URL(url).searchParams.get('start') === '3')!;
      await cache.put(second, new Response(contentOf('a', 3, length)));
      expect(await readAll(store, (await store.find(FILE))!)).to.deep.equal([...contentOf('a', 0, 3)]);
      expect((await store.find(FILE))?.length).to.equal(3);
    });
  }

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
