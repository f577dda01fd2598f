import { expect } from 'chai';
import { DownloadQueue } from '#dist/core/internal.js';
import { settle } from '../../support/fake-clock.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { FILE, MB, takenSlot, taskOf } from '../../support/task-parts.js';
import { download, progress, sendFile } from '../../support/transformers-events.js';

describe('a load right after the end of another', () => {
  it('starts a new one in the same moment as a cancel', async () => {
    const { task, loads, statuses, state } = taskOf();
    const first = rejectionOf(task.join());
    await settle();
    task.cancel();
    expect(state()?.status, 'over at once').to.equal('cancelled');
    expect(task.isRunning).to.equal(false);
    const second = task.join();
    await settle();
    expect(await first).to.have.property('name', 'AbortError');
    loads[1]!.resolve('second');
    expect(await second).to.equal('second');
    expect(statuses()).to.deep.equal(['queued', 'checking', 'cancelled', 'queued', 'checking', 'preparing', 'completed']);
  });

  it('starts a new one after the only caller has left, as when React mounts a component twice', async () => {
    const { task, loads } = taskOf();
    const controller = new AbortController();
    const first = rejectionOf(task.join({ signal: controller.signal }));
    const reason = new Error('unmounted');
    controller.abort(reason);
    const second = task.join({ signal: new AbortController().signal });
    await settle();
    expect(await first).to.equal(reason);
    loads.at(-1)!.resolve('model');
    expect(await second).to.equal('model');
    expect(loads[0]!.context.signal.aborted).to.equal(true);
  });

  it('starts a new one from a listener that is notified of the cancel', async () => {
    const { task, loads, states, state } = taskOf();
    rejectionOf(task.join()).catch(() => undefined);
    await settle();
    const results: Promise<string>[] = [];
    const end = states.subscribe('phi', ({ status }) => {
      if (status === 'cancelled') results.push(task.join());
    });
    task.cancel();
    end();
    await settle();
    expect(state()?.status).to.equal('checking');
    loads[1]!.resolve('second');
    expect(await results[0]).to.equal('second');
  });

  it('receives nothing of the one before: no event, no result, no failure', async () => {
    const { task, loads, clock, state } = taskOf();
    void rejectionOf(task.join());
    await settle();
    const { progress_callback } = loads[0]!.context;
    progress_callback(progress(FILE, 5 * MB, 10 * MB));
    task.cancel();
    const second = task.join();
    sendFile(progress_callback, FILE, 10 * MB);
    loads[0]!.resolve('late');
    await clock.advanceAsync(2_000);
    expect(state()).to.include({ status: 'checking', bytesDownloaded: 0 });
    loads[1]!.resolve('second');
    expect(await second).to.equal('second');
  });

  it('follows a cancel whose state has the latest bytes, also those that the throttle held back', async () => {
    const { task, loads, state } = taskOf();
    void rejectionOf(task.join());
    await settle();
    const { progress_callback } = loads[0]!.context;
    progress_callback(download(FILE));
    for (const megabytes of [1, 2, 3]) progress_callback(progress(FILE, megabytes * MB, 10 * MB));
    task.cancel();
    expect(state()).to.include({ status: 'cancelled', bytesDownloaded: 3 * MB });
  });

  it('is not delayed by a recovery of the one before, which ends its wait', async () => {
    const { task, loads, clock, state } = taskOf();
    void rejectionOf(task.join());
    await settle();
    const waiting = rejectionOf(loads[0]!.context.recover(new TypeError('Failed to fetch')));
    await settle();
    task.cancel();
    expect(await waiting).to.include({ code: 'aborted' });
    void rejectionOf(task.join());
    await settle();
    expect(await rejectionOf(loads[0]!.context.recover(new TypeError('Failed to fetch')))).to.be.instanceOf(DOMException);
    expect(state()?.status, 'the new load does not wait').to.equal('checking');
    task.cancel();
    await settle();
    expect(clock.pending).to.equal(0);
  });

  it('has one slot of the queue, not two', async () => {
    const queue = new DownloadQueue(1);
    const { task, loads } = taskOf({ queue });
    void rejectionOf(task.join());
    await settle();
    task.cancel();
    const second = task.join();
    expect(queue.running).to.equal(1);
    loads[0]!.reject(new TypeError('Failed to fetch'));
    await settle();
    expect(queue.running).to.equal(1);
    loads[1]!.resolve('second');
    await second;
    expect(queue.running).to.equal(0);
  });

  it('never starts when it is cancelled as it gets its slot', async () => {
    const queue = new DownloadQueue(1);
    const before = takenSlot(queue);
    const { task, loads, clock } = taskOf({ queue });
    const result = rejectionOf(task.join());
    await settle();
    before.release();
    task.cancel();
    await settle();
    expect(await result).to.have.property('name', 'AbortError');
    expect(loads).to.have.lengthOf(0);
    expect(queue.running).to.equal(0);
    expect(clock.pending).to.equal(0);
  });

  it('leaves no timer when a listener cancels it as it starts', async () => {
    const { task, states, loads, clock } = taskOf();
    states.subscribe('phi', ({ status }) => {
      if (status === 'queued') task.cancel();
    });
    expect(await rejectionOf(task.join())).to.have.property('name', 'AbortError');
    expect(loads).to.have.lengthOf(0);
    expect(clock.pending).to.equal(0);
  });
});

describe('after a load', () => {
  it('a transfer that breaks receives the cause, and keeps neither a timer nor a slot of the queue', async () => {
    const queue = new DownloadQueue(1);
    const { task, loads, clock } = taskOf({ queue });
    const result = task.join();
    await settle();
    loads[0]!.resolve('model');
    await result;
    const cause = new TypeError('Failed to fetch');
    expect(await rejectionOf(loads[0]!.context.recover(cause))).to.equal(cause);
    expect(queue.running).to.equal(0);
    await clock.advanceAsync(5_000);
    expect(clock.pending).to.equal(0);
  });
});
