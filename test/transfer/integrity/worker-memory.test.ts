import { expect } from 'chai';
import type * as memory from '#dist/transfer/integrity/worker-memory.js';

const KiB = 1024;
const MiB = 1024 * KiB;

type Memory = typeof memory;

let copies = 0;

/** A copy of the module: workers of other tests may run, and have returned memory. */
const freshCopy = async (): Promise<Memory> =>
  (await import(`${import.meta.resolve('#dist/transfer/integrity/worker-memory.js')}?${++copies}`)) as Memory;

describe('the memory of segments, and of copies for workers', () => {
  let keepMemory: Memory['keepMemory'];
  let releaseMemory: Memory['releaseMemory'];
  let returnMemory: Memory['returnMemory'];
  let takeMemory: Memory['takeMemory'];

  beforeEach(async () => {
    ({ keepMemory, releaseMemory, returnMemory, takeMemory } = await freshCopy());
    keepMemory();
  });

  it('has the requested length, and is used again for chunks of about the same length', () => {
    const first = takeMemory(300 * KiB);
    expect([first.length, first.byteOffset]).to.deep.equal([300 * KiB, 0]);
    returnMemory(first);
    const larger = takeMemory(400 * KiB);
    expect(larger.length).to.equal(400 * KiB);
    expect(larger.buffer).to.equal(first.buffer);
    expect(takeMemory(300 * KiB).buffer, 'while it is in use').not.to.equal(first.buffer);
  });

  it('is new if all that waits is too short', () => {
    const short = takeMemory(1);
    returnMemory(short);
    const long = takeMemory(MiB);
    expect(long.length).to.equal(MiB);
    expect(long.buffer).not.to.equal(short.buffer);
    expect(takeMemory(1).buffer).to.equal(short.buffer);
  });

  it('is the smallest that suffices', () => {
    const [large, small] = [takeMemory(4 * MiB), takeMemory(MiB)];
    for (const memory of [large, small]) returnMemory(memory);
    expect(takeMemory(MiB).buffer).to.equal(small.buffer);
    expect(takeMemory(MiB).buffer, 'that of a segment stays for the next segment').not.to.equal(large.buffer);
    expect(takeMemory(2 * MiB).buffer).to.equal(large.buffer);
  });

  it('is not kept while no worker runs, whose end would free it', () => {
    releaseMemory();
    const memory = takeMemory(MiB);
    expect(returnMemory(memory)).to.equal(false);
    keepMemory();
    expect(takeMemory(MiB).buffer).not.to.equal(memory.buffer);
    expect(returnMemory(memory)).to.equal(true);
  });

  it('may have no bytes', () => {
    expect(takeMemory(0)).to.have.lengthOf(0);
  });

  it('is not kept once 12 MiB wait, nor after it was transferred or released', () => {
    const all = Array.from({ length: 13 }, () => takeMemory(MiB));
    for (const memory of all) returnMemory(memory);
    const again = Array.from({ length: 13 }, () => takeMemory(MiB).buffer);
    expect(again.filter((buffer) => all.some((memory) => memory.buffer === buffer))).to.have.lengthOf(12);

    const transferred = takeMemory(MiB);
    structuredClone(transferred, { transfer: [transferred.buffer] });
    returnMemory(transferred);
    expect(takeMemory(0).buffer).not.to.equal(transferred.buffer);

    const released = takeMemory(MiB);
    returnMemory(released);
    releaseMemory();
    keepMemory();
    expect(takeMemory(MiB).buffer).not.to.equal(released.buffer);
  });
});
