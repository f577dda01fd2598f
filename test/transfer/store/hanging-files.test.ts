import { expect } from 'chai';
import { SegmentFiles } from '#dist/transfer/store/segment-files.js';
import type { WrittenFile } from '#dist/transfer/integrity/hash-protocol.js';
import { settle } from '../../support/fake-clock.js';
import { useFakeTimers } from '../../support/fake-timers.js';
import { stubGlobal } from '../../support/stub-global.js';
import { bytesOf } from '../../support/transfer-parts.js';

describe('a write that does not end', () => {
  let timers: ReturnType<typeof useFakeTimers>;
  let restore: () => void;
  let removed: string[];

  beforeEach(() => {
    timers = useFakeTimers();
    removed = [];
    const directory = { removeEntry: (name: string) => Promise.resolve(void removed.push(name)) };
    const root = { getDirectoryHandle: () => Promise.resolve(directory) };
    restore = stubGlobal('navigator', { value: { storage: { getDirectory: () => Promise.resolve(root) } } });
  });

  afterEach(() => {
    restore();
    timers.restore();
  });

  it('delays a segment by three seconds, after which no more files are written', async () => {
    const names: string[] = [];
    let end: (result: WrittenFile) => void = () => undefined;
    let closes = 0;
    const write = (name: string): Promise<WrittenFile> => {
      names.push(name);
      return new Promise((resolve) => (end = resolve));
    };
    const files = new SegmentFiles(() => Promise.resolve({ write, close: () => (closes += 1) }));
    const writing = files.write(bytesOf(1, 2));
    await settle();
    await timers.clock.advanceAsync(3_000, 500);
    expect(await writing).to.equal(undefined);
    expect(await files.write(bytesOf(3))).to.equal(undefined);
    expect([names.length, closes, removed]).to.deep.equal([1, 0, []]);

    end({ sha256: 'late' });
    await settle();
    expect([closes, removed], 'nothing names its file').to.deep.equal([1, names]);
    expect(timers.clock.pending).to.equal(0);
  });
});
