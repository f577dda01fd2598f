import assert from 'node:assert/strict';
import { describe, it } from '../../support/suite.js';
import { writeFile } from '../../../dist/transfer/store/write-file.js';
import { FakeFiles } from './fake-files.js';

describe('writeFile', () => {
  it('writes all bytes to the disk, and closes the file', async (test) => {
    const disk = FakeFiles.install(test);
    await writeFile('a', Uint8Array.of(1, 2));
    const file = disk.entries.get('a');
    assert.deepEqual([[...(file?.bytes ?? [])], file?.isOpen, disk.flushes], [[1, 2], false, 1]);
  });

  it('closes and deletes a file that it cannot write', async (test) => {
    const disk = FakeFiles.install(test);
    for (const fault of /** @type {const} */ ([
      { failure: 'InvalidStateError', failsAt: 'write' },
      { failure: '', room: 1 },
    ])) {
      Object.assign(disk, fault);
      await assert.rejects(writeFile('a', Uint8Array.of(1, 2)), { name: fault.failure || 'QuotaExceededError' });
      // An open file could not be deleted.
      assert.equal(disk.entries.size, 0);
    }
    assert.equal(disk.flushes, 0);
  });
});
