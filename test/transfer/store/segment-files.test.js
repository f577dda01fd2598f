import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
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
  it('writes a new file for each segment, with its hash, and leaves the bytes to the caller', async (test) => {
    const { disk, worker, files } = open(test);
    const given = bytes();
    const [one, two] = [await files.write(given), await files.write(given)];
    assert.ok(one && two && one.file !== two.file);
    assert.deepEqual([...disk.entries.keys()], [one.file, two.file]);
    assert.equal(one.sha256, createHash('sha256').update(given).digest('hex'));
    assert.deepEqual([...given], BYTES);
    assert.deepEqual([...((await files.read(one)) ?? [])], BYTES);
    assert.equal(worker.closes, 2, 'the worker is released');
  });

  for (const [what, navigator] of Object.entries({
    'without such files': { storage: {} },
    'with insecure pages': {},
    'of Node': undefined,
  })) {
    it(`writes nothing on a platform ${what}, and asks for no worker`, async (test) => {
      stub(test, 'navigator', { value: navigator });
      const worker = writingLease();
      const files = new SegmentFiles(worker.open);
      assert.equal(await files.write(bytes()), undefined);
      await files.deleteLost(new Set(), 0);
      assert.equal(worker.leases, 0);
    });
  }

  it('writes nothing if there is no worker, and asks again', async (test) => {
    FakeFiles.install(test);
    const worker = writingLease();
    let runs = false;
    const files = new SegmentFiles(async () => (runs ? worker.open() : undefined));
    assert.equal(await files.write(bytes()), undefined);
    runs = true;
    assert.notEqual(await files.write(bytes()), undefined);
    assert.equal(await new SegmentFiles().write(bytes()), undefined, 'as by default in Node');
  });

  for (const failsAt of /** @type {const} */ (['open', 'write'])) {
    it(`writes nothing if the platform refuses at the ${failsAt}, leaves no file, and does not try again`, async (test) => {
      const { disk, worker, files } = open(test);
      Object.assign(disk, { failure: 'NotSupportedError', failsAt });
      assert.equal(await files.write(bytes()), undefined);
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
    assert.notEqual(await files.write(bytes()), undefined);
  });

  it('writes nothing more if the worker ends, and releases it', async (test) => {
    const { worker, files } = open(test);
    worker.reply = () => Promise.reject(new Error('ended'));
    const given = bytes();
    assert.equal(await files.write(given), undefined);
    assert.deepEqual([...given], BYTES);
    await files.write(given);
    assert.deepEqual([worker.leases, worker.closes], [1, 1]);
  });
});

describe('SegmentFiles', () => {
  it('has no bytes of a file that does not exist or is damaged, and rejects for one that cannot be read', async (test) => {
    const { disk, files } = open(test);
    const written = await files.write(bytes());
    assert.ok(written);
    const file = disk.entries.get(written.file) ?? {};
    for (const damage of [
      [1, 2, 4],
      [1, 2],
      [1, 2, 3, 4],
      [0, 0, 0],
    ]) {
      Object.assign(file, { bytes: Uint8Array.from(damage) });
      assert.equal(await files.read(written), undefined, damage.join());
    }
    Object.assign(file, { getFile: () => Promise.reject(new DOMException('in use', 'NotReadableError')) });
    await assert.rejects(files.read(written), { name: 'NotReadableError' });
    disk.entries.clear();
    assert.equal(await files.read(written), undefined);
    disk.exists = false;
    assert.equal(await files.read(written), undefined, 'with its directory');
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
