import assert from 'node:assert/strict';
import { describe, it } from '../../support/suite.js';
import { SegmentFiles } from '../../../dist/transfer/store/segment-files.js';
import { stub } from '../ports-support.js';
import { FakeFiles, writingLease } from './fake-files.js';

const BYTES = [1, 2, 3];
const HOUR = 3_600_000;
const bytes = () => Uint8Array.from(BYTES);

/** A file system, a worker, and the files of a store. */
function open(test) {
  const disk = FakeFiles.install(test);
  const worker = writingLease();
  return { disk, worker, files: new SegmentFiles(worker.open) };
}

describe('SegmentFiles.write', () => {
  it('writes a new file for each segment, on the disk, and returns the memory', async (test) => {
    const { disk, worker, files } = open(test);
    const first = bytes();
    const [one, two] = [await files.write(first), await files.write(bytes())];
    assert.notEqual(one.file, two.file);
    assert.deepEqual([...disk.entries.keys()], [one.file, two.file]);
    assert.deepEqual([[...one.bytes], first.length], [BYTES, 0], 'the memory was transferred');
    assert.equal(disk.flushes, 2);
    assert.deepEqual([...(await files.read(one.file ?? ''))], BYTES);
    assert.equal(worker.closes, 2, 'the worker is released');
  });

  it('does not take memory that contains other bytes, too', async (test) => {
    const { files } = open(test);
    const memory = Uint8Array.from([0, ...BYTES]);
    const { file } = await files.write(memory.subarray(1));
    assert.deepEqual([...memory], [0, ...BYTES]);
    assert.deepEqual([...(await files.read(file ?? ''))], BYTES);
  });

  for (const [what, navigator] of Object.entries({
    'without such files': { storage: {} },
    'with insecure pages': {},
    'of Node': undefined,
  })) {
    it(`returns the bytes on a platform ${what}, and asks for no worker`, async (test) => {
      stub(test, 'navigator', { value: navigator });
      const worker = writingLease();
      const files = new SegmentFiles(worker.open);
      assert.deepEqual(await files.write(bytes()), { file: undefined, bytes: bytes() });
      await files.deleteLost(new Set(), 0);
      assert.equal(worker.leases, 0);
    });
  }

  it('returns the bytes if there is no worker', async (test) => {
    FakeFiles.install(test);
    const files = new SegmentFiles(() => undefined);
    assert.deepEqual(await files.write(bytes()), { file: undefined, bytes: bytes() });
    assert.deepEqual(await new SegmentFiles().write(bytes()), { file: undefined, bytes: bytes() }, 'as by default in Node');
  });

  for (const failsAt of /** @type {const} */ (['open', 'write'])) {
    it(`returns the bytes if the platform refuses at the ${failsAt}, leaves no file, and does not try again`, async (test) => {
      const { disk, worker, files } = open(test);
      Object.assign(disk, { failure: 'NotSupportedError', failsAt });
      assert.deepEqual(await files.write(bytes()), { file: undefined, bytes: bytes() });
      assert.equal(disk.entries.size, 0);
      await files.write(bytes());
      assert.deepEqual([worker.leases, worker.closes], [1, 1]);
    });
  }

  it('rejects while the disk is full, and leaves no file', async (test) => {
    const { disk, files } = open(test);
    for (const fault of [{ failure: 'QuotaExceededError' }, { failure: '', room: 2 }]) {
      Object.assign(disk, fault);
      await assert.rejects(files.write(bytes()), { name: 'QuotaExceededError' });
      assert.equal(disk.entries.size, 0);
    }
    disk.room = Infinity;
    assert.notEqual((await files.write(bytes())).file, undefined);
  });

  it('rejects if the worker ends, and releases it', async (test) => {
    const { worker, files } = open(test);
    worker.end = new Error('ended');
    await assert.rejects(files.write(bytes()), worker.end);
    assert.equal(worker.closes, 1);
  });
});

describe('SegmentFiles', () => {
  it('has no bytes of a file that does not exist, and rejects for one that cannot be read', async (test) => {
    const { disk, files } = open(test);
    assert.equal(await files.read('none'), undefined);
    disk.add('unreadable', 0);
    assert.equal(await files.read('none'), undefined);
    Object.assign(disk.entries.get('unreadable') ?? {}, { getFile: () => Promise.reject(new DOMException('in use', 'NotReadableError')) });
    await assert.rejects(files.read('unreadable'), { name: 'NotReadableError' });
  });

  it('deletes files, also if one of them is in use or does not exist', async (test) => {
    const { disk, files } = open(test);
    await files.delete(['none']);
    for (const name of ['a', 'b', 'c']) disk.add(name, 0);
    const handle = await disk.entries.get('b')?.createSyncAccessHandle();
    await files.delete([]);
    await files.delete(['none', 'a', 'b']);
    assert.deepEqual([...disk.entries.keys()], ['b', 'c']);
    handle?.close();
  });

  it('deletes the files that no entry names, once they are an hour old', async (test) => {
    const { disk, files } = open(test);
    await files.deleteLost(new Set(), FakeFiles.now);
    disk.add('young', HOUR);
    for (const name of ['old', 'named', 'unreadable', 'directory']) disk.add(name, HOUR + 1);
    Object.assign(disk.entries.get('directory') ?? {}, { kind: 'directory' });
    Object.assign(disk.entries.get('unreadable') ?? {}, { getFile: () => Promise.reject(new Error('in use')) });
    await files.deleteLost(new Set(['named']), FakeFiles.now);
    assert.deepEqual([...disk.entries.keys()], ['young', 'named', 'unreadable', 'directory']);
  });
});
