import { expect } from 'chai';
import { openDirectory } from '#dist/transfer/store/open-directory.js';
import { SegmentFiles } from '#dist/transfer/store/segment-files.js';
import { writeFile } from '#dist/transfer/store/write-file.js';
import { useFakeTimers } from '../../support/fake-timers.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { stubGlobal } from '../../support/stub-global.js';

const refuse = (): never => {
  throw new DOMException('refused', 'SecurityError');
};

describe('the directory of the segments', () => {
  let timers: ReturnType<typeof useFakeTimers>;
  let restore: () => void;

  beforeEach(() => (timers = useFakeTimers()));
  afterEach(() => {
    restore();
    timers.restore();
  });

  for (const [what, navigator] of [
    ['is missing', undefined],
    ['is missing, as over plain HTTP', {}],
    ['is missing, as in old browsers', { storage: {} }],
    ['throws', { storage: { getDirectory: refuse } }],
    [
      'rejects, as in some private windows',
      { storage: { getDirectory: () => Promise.reject(new DOMException('refused', 'SecurityError')) } },
    ],
  ] as const) {
    it(`does not exist where the file system ${what}`, async () => {
      restore = stubGlobal('navigator', { value: navigator });
      expect(await openDirectory()).to.equal(undefined);
      expect(await rejectionOf(writeFile('a', new Uint8Array(1)))).to.include({ name: 'NotSupportedError' });
    });
  }

  it('does not exist while the file system hangs, which delays a realm by one second', async () => {
    let respond: () => void = () => undefined;
    const storage = { getDirectory: () => new Promise((_, reject) => (respond = () => reject(new Error('late')))) };
    restore = stubGlobal('navigator', { value: { storage } });
    const files = new SegmentFiles();
    const deleting = files.delete(['a']);
    await timers.clock.advanceAsync(1_000, 500);
    await deleting;
    await files.deleteLost(new Set(), 0);
    // The file may exist: its segment is not deleted.
    expect(await rejectionOf(files.open('a'))).to.include({ name: 'NotReadableError' });
    expect(timers.clock.pending).to.equal(0);
    respond();
  });
});
