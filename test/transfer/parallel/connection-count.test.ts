import { expect } from 'chai';
import { ConnectionCount } from '#dist/transfer/parallel/connection-count.js';

/** Runs a count over seconds of constant rates, in bytes per ms, for each number of connections. Returns the numbers at their ends. */
function run(count: ConnectionCount, ...seconds: readonly ((connections: number) => number)[]): number[] {
  let bytes = 0;
  return seconds.map((rate, second) => {
    for (let now = second * 1_000; now < (second + 1) * 1_000; now += 100) {
      bytes += rate(count.value) * 100;
      if (count.isWaiting) count.settle(now);
      count.sample(bytes, now);
    }
    return count.value;
  });
}

const limited = (connections: number): number => 3_000 * Math.min(connections, 4);
const full = (): number => 12_000;

describe('ConnectionCount', () => {
  it('doubles the number of connections while that makes the download faster', () => {
    const count = new ConnectionCount(4, 3_000);
    expect(count.value).to.equal(1);
    expect(run(count, limited, limited, limited, limited)).to.deep.equal([2, 4, 4, 4]);
    expect(count.isDecided).to.equal(true);
  });

  it('goes back to one if the line is full', () => {
    const count = new ConnectionCount(4, 12_000);
    expect(run(count, full, full, full)).to.deep.equal([2, 1, 1]);
    expect(count.isDecided).to.equal(true);
  });

  it('keeps two if four are not faster', () => {
    const count = new ConnectionCount(4, 3_000);
    const two = (connections: number): number => 3_000 * Math.min(connections, 2);
    expect(run(count, two, two, two, two)).to.deep.equal([2, 4, 2, 2]);
    expect(count.isDecided).to.equal(true);
  });

  it('stays below its largest number', () => {
    for (const most of [2, 3]) {
      const count = new ConnectionCount(most, 3_000);
      run(count, limited, limited, limited, limited);
      expect(count.value).to.equal(most);
      expect(count.isDecided).to.equal(true);
    }
  });

  it('waits until the first connection has a steady rate', () => {
    const growing = new ConnectionCount(4, 500);
    expect(
      run(
        growing,
        () => 1_000,
        () => 4_000,
        full,
        full,
      ),
    ).to.deep.equal([1, 1, 1, 2]);
    // Some servers limit a connection after its first bytes.
    const falling = new ConnectionCount(4, 30_000);
    expect(run(falling, limited, limited, limited)).to.deep.equal([1, 2, 4]);
  });

  it('compares with the best rate of one connection: a busy page reads less for a moment', () => {
    const count = new ConnectionCount(4, 12_000);
    expect(run(count, () => 10_500, full, full, full).at(-1)).to.equal(1);
  });

  it('measures again after a restart', () => {
    const count = new ConnectionCount(4, 3_000);
    run(count, limited, limited, limited);
    count.restart(2_000);
    expect({ value: count.value, isDecided: count.isDecided }).to.deep.equal({ value: 1, isDecided: false });
    expect(run(count, limited, limited, limited, limited, limited, limited)).to.deep.equal([1, 1, 1, 2, 4, 4]);
  });
});
