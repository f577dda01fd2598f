// A store whose bytes are in files: the entries name them.
import assert from 'node:assert/strict';
import { describe, it } from '../../support/suite.js';
import { CachePartialStore, PARTIAL_CACHE } from '../../../dist/transfer/index.js';
import { SegmentFiles } from '../../../dist/transfer/store/segment-files.js';
import { FakeCaches, refusal, stub, TestClock } from '../ports-support.js';
import { FakeFiles, writingLease } from './fake-files.js';
import { contentOf, FILE, readAll, segmentOf } from './store-support.js';

/** A store with the segments at 0, 3 and 6. */
async function filled(test) {
  const disk = FakeFiles.install(test);
  const caches = new FakeCaches();
  stub(test, 'caches', { value: caches });
  const clock = new TestClock();
  const store = new CachePartialStore('', clock, new SegmentFiles(writingLease().open));
  for (const start of [0, 3, 6]) await store.append(segmentOf('a', start, 3));
  const entries = caches.entries.get(PARTIAL_CACHE) ?? new Map();
  const names = [...entries.keys()].map((key) => new URL(key).searchParams.get('file') ?? '');
  return { disk, caches, store, clock, entries, names };
}

describe('CachePartialStore with files', () => {
  it('has the bytes in files that empty entries name, and reads them', async (test) => {
    const { disk, store, entries, names } = await filled(test);
    assert.deepEqual([...disk.entries.keys()], names);
    assert.deepEqual(
      [...entries.values()].map(({ length }) => length),
      [0, 0, 0],
    );
    const held = await store.find(FILE);
    assert.equal(held?.length, 9);
    assert.deepEqual(await readAll(store, held, 1), [...contentOf('a', 1, 8)]);
  });

  it('continues in entries if the platform refuses files, and reads both', async (test) => {
    const { disk, store, entries } = await filled(test);
    disk.failure = 'NotSupportedError';
    await store.append(segmentOf('a', 9, 3));
    assert.deepEqual(
      [...entries.values()].map(({ length }) => length),
      [0, 0, 0, 3],
    );
    assert.deepEqual(await readAll(store, await store.find(FILE)), [...contentOf('a', 0, 12)]);
  });

  for (const [what, damage] of Object.entries({
    'has disappeared': (disk, name) => disk.entries.delete(name),
    'is shorter': (disk, name) => Object.assign(disk.entries.get(name), { bytes: new Uint8Array(2) }),
    'is longer': (disk, name) => Object.assign(disk.entries.get(name), { bytes: new Uint8Array(4) }),
  })) {
    it(`ends before a file that ${what}, which is known before a server is asked for what follows`, async (test) => {
      const { disk, store, entries, names } = await filled(test);
      const before = await store.find(FILE);
      damage(disk, names[1]);
      assert.equal((await store.find(FILE))?.length, 3);
      assert.deepEqual([entries.size, [...disk.entries.keys()]], [2, [names[0], names[2]]]);
      assert.deepEqual(await readAll(store, before), [...contentOf('a', 0, 3)]);
    });

    it(`is read up to a file that ${what} meanwhile`, async (test) => {
      const { disk, store, entries, names } = await filled(test);
      const held = await store.find(FILE);
      damage(disk, names[1]);
      assert.deepEqual(await readAll(store, held), [...contentOf('a', 0, 3)]);
      assert.equal(entries.size, 2);
    });
  }

  it('is read up to a file with other bytes, as after a loss of power', async (test) => {
    const { disk, store, entries, names } = await filled(test);
    Object.assign(disk.entries.get(names[1]) ?? {}, { bytes: new Uint8Array(3) });
    assert.deepEqual(await readAll(store, await store.find(FILE)), [...contentOf('a', 0, 3)]);
    assert.equal(entries.size, 2);
    assert.equal((await store.find(FILE))?.length, 3);
  });

  it('returns the bytes of files and entries as one blob, up to the end of a segment', async (test) => {
    const { disk, store } = await filled(test);
    disk.failure = 'NotSupportedError';
    await store.append(segmentOf('a', 9, 3));
    const held = await store.find(FILE);
    const bytesOf = async (blob) => [...new Uint8Array(await blob.arrayBuffer())];
    assert.deepEqual(await bytesOf(await store.blob(held, 12)), [...contentOf('a', 0, 12)]);
    assert.deepEqual(await bytesOf(await store.blob(held, 6)), [...contentOf('a', 0, 6)]);
    assert.equal(await store.blob(held, 5), undefined, 'within a segment');
    assert.equal(await store.blob(held, 15), undefined, 'beyond the last one');
    assert.equal(await store.blob({ ...held, writtenBy: 'b' }, 12), undefined, 'of another body');
  });

  it('returns no blob if a file is missing or has another length', async (test) => {
    const { disk, store, names } = await filled(test);
    const held = await store.find(FILE);
    Object.assign(disk.entries.get(names[1]) ?? {}, { bytes: new Uint8Array(2) });
    assert.equal(await store.blob(held, 9), undefined);
    disk.entries.delete(names[1]);
    assert.equal(await store.blob(held, 9), undefined);
  });

  it('reads at most 16 MiB of entries into a blob', async (test) => {
    const { disk, store } = await filled(test);
    disk.failure = 'NotSupportedError';
    const mebibytes = async (start, count) => store.append({ ...segmentOf('a', start, 0), bytes: new Uint8Array(count * 1024 * 1024) });
    await mebibytes(9, 16);
    const held = await store.find(FILE);
    assert.equal((await store.blob(held, held.length))?.size, held.length);
    await store.append(segmentOf('a', held.length, 3));
    assert.equal(await store.blob(held, held.length + 3), undefined);
  });

  it('keeps the segment of a file that cannot be opened now, and does not count it', async (test) => {
    const { disk, store, names } = await filled(test);
    const held = await store.find(FILE);
    const file = disk.entries.get(names[1]);
    const { getFile } = Object.getPrototypeOf(file);
    Object.assign(file ?? {}, { getFile: () => Promise.reject(new DOMException('in use', 'NotReadableError')) });
    assert.equal((await store.find(FILE))?.length, 3);
    await assert.rejects(readAll(store, held), { name: 'NotReadableError' });
    Object.assign(file ?? {}, { getFile });
    assert.deepEqual(await readAll(store, await store.find(FILE)), [...contentOf('a', 0, 9)]);
  });

  it('deletes the files of a deleted download, of a replaced one, and of segments behind a gap', async (test) => {
    const { disk, store, entries, names } = await filled(test);
    await store.append(segmentOf('b', 0, 3));
    assert.equal(
      names.some((name) => disk.entries.has(name)),
      false,
    );
    assert.deepEqual([entries.size, disk.entries.size], [1, 1]);
    await store.delete(FILE);
    assert.deepEqual([entries.size, disk.entries.size], [0, 0]);
  });

  it('deletes the file of a segment that was being written when its download was deleted', async (test) => {
    const { disk, caches, store, entries } = await filled(test);
    caches.before = async (operation) => {
      if (operation !== 'put') return;
      caches.before = async () => undefined;
      await store.delete(FILE);
    };
    await store.append(segmentOf('a', 9, 3));
    assert.deepEqual([entries.size, disk.entries.size], [0, 0]);
  });

  it('leaves no file if the entry cannot be stored', async (test) => {
    const { disk, caches, store, names } = await filled(test);
    caches.before = (operation) => (operation === 'put' ? Promise.reject(refusal('QuotaExceededError')) : Promise.resolve(undefined));
    await assert.rejects(store.append(segmentOf('a', 9, 3)), { name: 'QuotaExceededError' });
    assert.deepEqual([...disk.entries.keys()], names);
  });

  it('deletes old files that no entry of any namespace names, at the next deletion', async (test) => {
    const { disk, caches, store, clock } = await filled(test);
    const other = new CachePartialStore('other', clock, new SegmentFiles(writingLease().open));
    await other.append(segmentOf('b', 0, 3));
    disk.add('lost', 0);
    const isOld = { lastModified: -3_600_001 };
    for (const file of disk.entries.values()) Object.assign(file, isOld);
    await store.delete('https://hub.example/another.onnx');
    assert.equal(disk.entries.size, 4, 'all but the lost one');
    assert.equal(disk.entries.has('lost'), false);
    assert.equal(caches.entries.get(PARTIAL_CACHE)?.size, 4);
  });
});
