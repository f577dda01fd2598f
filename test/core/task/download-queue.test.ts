import { expect } from 'chai';
import { ProgressStateManager, type DownloadLoaderContext } from 'model-download/core';
import { DownloadQueue, DownloadTask, type TransferControl } from '#dist/core/internal.js';
import { FakeClock, settle } from '../../support/fake-clock.js';
import { FakeTransfer } from '../../support/task-parts.js';

/** A load that the test ends. */
class HeldLoad {
  readonly task: DownloadTask<string>;
  isRunning = false;
  end: (result: string) => void = () => undefined;
  fail: (cause: unknown) => void = () => undefined;

  constructor(modelKey: string, queue: DownloadQueue, states: ProgressStateManager, transfer?: TransferControl) {
    const load = (_context: DownloadLoaderContext): Promise<string> => {
      this.isRunning = true;
      return new Promise<string>((resolve, reject) => ([this.end, this.fail] = [resolve, reject])).finally(() => (this.isRunning = false));
    };
    this.task = new DownloadTask({
      modelKey,
      modelName: modelKey,
      load,
      queue,
      states,
      transfer,
      clock: new FakeClock(),
      automaticAttempts: 0,
    });
  }
}

/** A number of loads in one queue, joined in their order. */
async function loadsOf(count: number, limit: number | undefined, transfer?: TransferControl) {
  const states = new ProgressStateManager({ clock: new FakeClock() });
  const queue = new DownloadQueue(limit);
  const loads = Array.from({ length: count }, (_, index) => new HeldLoad(`model-${index}`, queue, states, transfer));
  const results = loads.map(({ task }) => task.join());
  for (const result of results) result.catch(() => undefined);
  await settle();
  const running = (): number[] => loads.flatMap(({ isRunning }, index) => (isRunning ? [index] : []));
  const status = (index: number): string | undefined => states.getState(`model-${index}`)?.status;
  return { loads, results, running, status };
}

describe('downloads that share a queue', () => {
  it('run up to the limit, and the next one in order when one has ended', async () => {
    const { loads, results, running, status } = await loadsOf(5, 2);
    expect(running()).to.deep.equal([0, 1]);
    expect(status(2)).to.equal('queued');
    loads[1]?.end('one');
    expect(await results[1]).to.equal('one');
    await settle();
    expect(running()).to.deep.equal([0, 2]);
    loads[0]?.end('zero');
    loads[2]?.end('two');
    await settle();
    expect(running()).to.deep.equal([3, 4]);
  });

  it('all run at once without a limit', async () => {
    expect((await loadsOf(4, undefined)).running()).to.deep.equal([0, 1, 2, 3]);
  });

  it('leave the queue when they are cancelled, waiting or not', async () => {
    const { loads, running, status } = await loadsOf(4, 1);
    loads[1]?.task.cancel();
    await settle();
    expect(status(1)).to.equal('cancelled');
    loads[0]?.task.cancel();
    await settle();
    expect(running().at(-1)).to.equal(2);
    expect(loads[1]?.isRunning).to.equal(false);
  });

  it('let others run while one is paused, and start a resumed one without a wait', async () => {
    const { loads, running, status } = await loadsOf(3, 1, new FakeTransfer());
    loads[0]?.task.pause();
    await settle();
    expect(running()).to.deep.equal([0, 1]);
    loads[0]?.task.resume();
    await settle();
    expect([status(0), status(1), status(2)]).to.deep.equal(['checking', 'checking', 'queued']);
    loads[1]?.end('one');
    await settle();
    // The resumed one has the slot now.
    expect(status(2)).to.equal('queued');
  });

  it('let others run while one waits for the user, whose retry starts without a wait', async () => {
    const { loads, running, status } = await loadsOf(3, 1);
    loads[0]?.fail(new TypeError('Failed to fetch'));
    await settle();
    expect(status(0)).to.equal('failed');
    expect(running()).to.deep.equal([1]);
    loads[0]?.task.retry();
    await settle();
    expect(running()).to.deep.equal([0, 1]);
    expect(status(2)).to.equal('queued');
  });

  it('reject a limit that is not a number from 1 up', () => {
    for (const limit of [0, -1, NaN])
      expect(() => new DownloadQueue(limit), `${limit}`).to.throw(RangeError, `concurrency must be a number from 1 up, got ${limit}`);
  });
});
