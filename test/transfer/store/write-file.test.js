import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from '../../support/suite.js';
import { writeFile } from '../../../dist/transfer/store/write-file.js';
import { FakeFiles } from './fake-files.js';

describe('writeFile', () => {
  it('writes all bytes, closes the file, and returns their hash', async (test) => {
    const disk = FakeFiles.install(test);
    const bytes = Uint8Array.of(1, 2);
    assert.equal(await writeFile('a', bytes), createHash('sha256').update(bytes).digest('hex'));
    const file = disk.entries.get('a');
    assert.deepEqual([[...(file?.bytes ?? [])], file?.isOpen], [[1, 2], false]);
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
  });
});
