import { expect } from 'chai';
import { largeLength, pauseReadingEntries } from '#dist/model/device/large-entries.js';
import { until } from '../../support/until.js';

/** A body of pieces, which records how many were read and whether it was cancelled. */
function bodyOf(pieces: number) {
  const seen = { read: 0, isCancelled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(stream) {
        // As from a disk: each piece arrives in a task of its own.
        await new Promise((resolve) => setTimeout(resolve));
        if (seen.read === pieces) {
          stream.close();
          return;
        }
        seen.read += 1;
        stream.enqueue(new Uint8Array(10));
      },
      cancel: () => void (seen.isCancelled = true),
    },
    { highWaterMark: 0 },
  );
  return { body, seen };
}

const empty = (): ReadableStream<Uint8Array> => bodyOf(0).body;

describe('largeLength', () => {
  it('reads each entry once in the background, one after another', async () => {
    const [one, two] = [bodyOf(3), bodyOf(4)];
    expect(largeLength('one', 100, one.body)).to.equal(undefined);
    expect(largeLength('two', 100, two.body)).to.equal(undefined);
    const again = bodyOf(1);
    expect(largeLength('two', 100, again.body)).to.equal(undefined);
    await until(() => largeLength('two', 100, empty()) !== undefined);
    expect([largeLength('one', 100, empty()), largeLength('two', 100, empty())]).to.deep.equal([30, 40]);
    expect(again.seen).to.deep.equal({ read: 0, isCancelled: true });
  });

  it('reads an entry with another noted length', async () => {
    largeLength('three', 100, bodyOf(3).body);
    await until(() => largeLength('three', 100, empty()) === 30);
    expect(largeLength('three', 50, bodyOf(5).body)).to.equal(undefined);
    await until(() => largeLength('three', 50, empty()) === 50);
  });

  it('stops for a load, reads nothing until all loads have ended, and forgets what it knew', async () => {
    largeLength('known', 100, bodyOf(1).body);
    await until(() => largeLength('known', 100, empty()) === 10);
    const [endless, next] = [bodyOf(Infinity), bodyOf(1)];
    largeLength('endless', 100, endless.body);
    largeLength('next', 100, next.body);
    await until(() => endless.seen.read > 0);
    const resume = [pauseReadingEntries(), pauseReadingEntries()];
    await until(() => endless.seen.isCancelled && next.seen.isCancelled);
    resume[0]?.();
    const during = bodyOf(1);
    expect(largeLength('known', 100, during.body)).to.equal(undefined);
    expect(during.seen).to.deep.equal({ read: 0, isCancelled: true });
    resume[1]?.();
    largeLength('known', 100, bodyOf(2).body);
    await until(() => largeLength('known', 100, empty()) === 20);
  });

  it('goes on after an entry that cannot be read', async () => {
    const broken = new ReadableStream<Uint8Array>({ pull: (stream) => stream.error(new Error('disk')) });
    largeLength('broken', 100, broken);
    largeLength('right', 100, bodyOf(2).body);
    await until(() => largeLength('right', 100, empty()) === 20);
  });
});
