import { expect } from 'chai';
import { DownloadFailure, type ProgressInfo } from 'model-download/core';
import { DownloadQueue, type DownloadTaskOptions } from '#dist/core/internal.js';
import { DownloadRun } from '#dist/core/task/download-run.js';
import { settle } from '../../support/fake-clock.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { FakeTransfer, FILE, heldLoads, MB, takenSlot } from '../../support/task-parts.js';
import { download, progress, sendFile } from '../../support/transformers-events.js';

/** A run whose loads the test ends. It has not started. */
function runOf(given: Partial<DownloadTaskOptions<string>> = {}) {
  const parts = heldLoads(given);
  return { ...parts, run: new DownloadRun<string>(parts.options) };
}

/** A run whose first load runs, with one caller. */
async function startedRun(given: Partial<DownloadTaskOptions<string>> = {}) {
  const parts = runOf(given);
  const result = parts.run.join({});
  // Not every test handles the failure.
  result.catch(() => undefined);
  parts.run.start();
  await settle();
  return { ...parts, result, context: parts.loads[0]!.context };
}

const cut = (): TypeError => new TypeError('Failed to fetch');

describe('DownloadRun', () => {
  it('is pending without figures or a failure until it is started, and asks for no load', async () => {
    const { run, loads, state } = runOf();
    await settle();
    expect([run.isPending, run.aggregate, run.failure, state()]).to.deep.equal([true, undefined, undefined, undefined]);
    expect(loads).to.have.lengthOf(0);
  });

  it('gives its result to each caller, and has ended then', async () => {
    const { run, loads, result, state, clock } = await startedRun();
    const late = run.join({});
    loads[0]!.resolve('model');
    expect(await Promise.all([result, late, run.join({})])).to.deep.equal(['model', 'model', 'model']);
    expect([run.isPending, run.failure]).to.deep.equal([false, undefined]);
    expect(run.aggregate).to.include({ status: 'ready', overallProgress: 100 });
    expect(state()?.status).to.equal('completed');
    await run.settled();
    expect(clock.pending, 'the clean-up of the stored state').to.equal(1);
  });

  it('settles without a rejection when it fails, and keeps the failure', async () => {
    const cause = new Error('something else');
    const { run, loads, result, state } = await startedRun({ interactive: false });
    loads[0]!.reject(cause);
    await run.settled();
    expect(await rejectionOf(result)).to.equal(cause);
    expect(run.failure).to.include({ code: 'unknown', cause });
    expect([run.isPending, state()?.status]).to.deep.equal([false, 'failed']);
  });

  it('reports the last figures to its callers before it gives them the result', async () => {
    const { run, loads, context } = await startedRun();
    const order: (string | undefined)[] = [];
    const result = run.join({ onProgress: ({ status, progress: percent }) => order.push(`${status} ${percent}`) });
    void result.then((value) => order.push(value));
    sendFile(context.progress_callback, FILE, 10 * MB);
    loads[0]!.resolve('model');
    await result;
    expect(order.slice(-2)).to.deep.equal(['ready 100', 'model']);
  });

  it('reports nothing more after its end', async () => {
    const received: ProgressInfo[] = [];
    const { run, loads, clock, context } = await startedRun();
    const result = run.join({ onProgress: (info) => received.push(info) });
    loads[0]!.resolve('model');
    await result;
    const count = received.length;
    sendFile(context.progress_callback, FILE, 10 * MB);
    context.report({ status: 'plan', name: 'm', files: [] });
    await clock.advanceAsync(2_000);
    expect(received).to.have.lengthOf(count);
    expect(run.aggregate?.totalDownloaded).to.equal(0);
  });

  it('fails when its plan throws, and asks for a plan again with each attempt', async () => {
    let plans = 0;
    const plan = (): never => {
      plans += 1;
      throw cut();
    };
    const { run, loads, clock } = runOf({ plan, automaticAttempts: 1, interactive: false });
    const result = rejectionOf(run.join({}));
    run.start();
    await settle();
    await clock.advanceAsync(1_000);
    expect(await result).to.be.instanceOf(TypeError);
    expect([plans, loads.length]).to.deep.equal([2, 0]);
  });

  it('counts a silence of stallAfter as a stall', async () => {
    const { context, clock, state } = await startedRun({ stallAfter: 2_000 });
    context.progress_callback(download(FILE));
    context.progress_callback(progress(FILE, MB, 10 * MB));
    await clock.advanceAsync(1_000);
    expect(state()?.status).to.equal('downloading');
    await clock.advanceAsync(1_000);
    expect(state()?.status).to.equal('stalled');
  });

  it('shares the rate of updates with the other downloads of its queue', async () => {
    const updatesIn = async (others: number): Promise<number> => {
      const queue = new DownloadQueue();
      for (let other = 0; other < others; other++) takenSlot(queue);
      const { context, clock, received } = await startedRun({ queue, interval: 50 });
      const before = received.length;
      for (let part = 1; part <= 60; part++) {
        context.progress_callback(progress(FILE, part * 1_000, 10 * MB));
        clock.advance(10);
      }
      return received.length - before;
    };
    expect(await updatesIn(0)).to.equal(13);
    expect(await updatesIn(3)).to.equal(4);
  });

  it('is not started when a listener cancels it first', async () => {
    const { run, loads, states, clock } = runOf();
    states.subscribe('phi', ({ status }) => {
      if (status === 'queued') run.cancel();
    });
    const result = rejectionOf(run.join({}));
    run.start();
    await settle();
    expect(await result).to.include({ name: 'AbortError' });
    expect([loads.length, clock.pending]).to.deep.equal([0, 0]);
  });

  it('loads nothing when a listener cancels it as its attempt begins', async () => {
    const { run, loads, states, clock } = runOf();
    states.subscribe('phi', ({ status }) => {
      if (status === 'checking') run.cancel();
    });
    const result = rejectionOf(run.join({}));
    run.start();
    await settle();
    expect(await result).to.include({ name: 'AbortError' });
    expect([loads.length, clock.pending]).to.deep.equal([0, 0]);
  });

  describe('writes nothing into the states of the next run', () => {
    /** Ends a run by a cancel `ticks` microtasks after `act`, and returns the status of the next one. */
    const statusAfter = async (
      ticks: number,
      act: (parts: Awaited<ReturnType<typeof startedRun>>) => void,
    ): Promise<string | undefined> => {
      const parts = await startedRun({ transfer: new FakeTransfer(), automaticAttempts: 0 });
      act(parts);
      for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
      if (!parts.run.isPending) return undefined;
      parts.run.cancel();
      parts.states.startDownload('phi');
      await settle();
      return parts.state()?.status;
    };

    it('when it is cancelled as its load resolves', async () => {
      const statuses = [];
      for (let ticks = 0; ticks < 12; ticks++) statuses.push(await statusAfter(ticks, ({ loads }) => loads[0]!.resolve('late')));
      expect(new Set(statuses)).to.deep.equal(new Set(['queued', undefined]));
    });

    for (const action of ['retry', 'restart'] as const) {
      it(`when it is cancelled right after a ${action}`, async () => {
        for (let ticks = 0; ticks < 12; ticks++) {
          const status = await statusAfter(ticks, ({ context, run }) => {
            void rejectionOf(context.recover(cut()));
            void run[action]();
          });
          expect(status, `${ticks}`).to.equal('queued');
        }
      });
    }
  });

  it('shows what its loader reports', async () => {
    const { context, clock, run, state } = await startedRun({ transfer: new FakeTransfer() });
    const about = { status: 'transfer', name: 'm', file: FILE, total: 10 * MB } as const;
    context.report({ ...about, phase: 'receiving', loaded: 4 * MB, stored: 3 * MB });
    await clock.advanceAsync(100);
    expect(state()).to.include({ status: 'downloading', bytesDownloaded: 4 * MB, progress: 40, totalBytes: 10 * MB });
    expect(run.aggregate).to.include({ bytesFromCache: 3 * MB, bytesFromNetwork: MB });
  });

  it('counts bytes of the runtime as read from this device only if it has a transfer', async () => {
    for (const transfer of [new FakeTransfer(), undefined]) {
      const { context, clock, run } = await startedRun({ transfer });
      context.progress_callback(progress(FILE, 4 * MB, 10 * MB));
      await clock.advanceAsync(100);
      expect(run.aggregate?.bytesFromCache).to.equal(transfer ? 4 * MB : 0);
    }
  });

  it('never reports a failed attempt to its callers while it recovers', async () => {
    const statuses: string[] = [];
    const { run, loads, context, clock, state } = await startedRun();
    void rejectionOf(run.join({ onProgress: ({ status }) => statuses.push(status) }));
    for (const loaded of [MB, 2 * MB]) context.progress_callback(progress(FILE, loaded, 10 * MB));
    loads[0]!.reject(cut());
    await clock.advanceAsync(500);
    expect(state()).to.include({ status: 'waiting', bytesDownloaded: 2 * MB });
    expect(statuses).to.deep.equal(['download']);
  });

  it('does not settle before its end', async () => {
    const { run, loads } = await startedRun();
    let isSettled = false;
    void run.settled().then(() => (isSettled = true));
    await settle();
    expect(isSettled).to.equal(false);
    loads[0]!.resolve('model');
    await settle();
    expect(isSettled).to.equal(true);
  });

  it('can be cancelled by a caller that is notified of its progress', async () => {
    const { run, context, clock, state } = await startedRun();
    const result = rejectionOf(run.join({ onProgress: () => run.cancel('Enough.') }));
    context.progress_callback(progress(FILE, MB, 10 * MB));
    expect(await result).to.include({ name: 'AbortError', message: 'Enough.' });
    expect(state()).to.include({ status: 'cancelled', bytesDownloaded: MB });
    await clock.advanceAsync(2_000);
    expect(clock.pending).to.equal(0);
  });

  it('keeps its first end', async () => {
    const { run, loads, result, state } = await startedRun();
    run.cancel('first');
    run.cancel('second');
    loads[0]!.resolve('late');
    await settle();
    expect(await rejectionOf(result)).to.include({ message: 'first' });
    const plain = await startedRun();
    plain.run.cancel();
    expect(await rejectionOf(plain.result)).to.include({ message: 'The download was cancelled.' });
    expect(state()?.status).to.equal('cancelled');
    const done = await startedRun();
    done.loads[0]!.resolve('model');
    await done.result;
    done.run.cancel();
    done.run.pause();
    done.run.resume();
    done.run.retry();
    await done.run.restart();
    expect([done.run.failure, done.state()?.status]).to.deep.equal([undefined, 'completed']);
  });

  it('reads its progress every second only while bytes are due', async () => {
    const { received, context, clock } = await startedRun();
    const before = received.length;
    await clock.advanceAsync(5_000);
    expect(received.length, 'while it checks').to.equal(before);
    context.progress_callback(download(FILE));
    context.progress_callback(progress(FILE, MB, 10 * MB));
    await clock.advanceAsync(500);
    const since = received.length;
    await clock.advanceAsync(3_000);
    expect(received.length - since, 'in silence').to.equal(3);
  });
});

describe('an attempt of a run', () => {
  it('aborts its signal with the error that it threw', async () => {
    const cause = cut();
    const { context, loads } = await startedRun();
    loads[0]!.reject(cause);
    await settle();
    expect(context.signal.aborted).to.equal(true);
    expect(context.signal.reason).to.equal(cause);
  });

  it('aborts its signal with an AbortError after a cancel', async () => {
    const { run, context } = await startedRun();
    run.cancel('The page was closed.');
    expect(context.signal.reason).to.be.instanceOf(DOMException);
    expect(context.signal.reason).to.include({ name: 'AbortError', message: 'The page was closed.' });
  });

  it('recovers no transfer after its end', async () => {
    const { context, loads, clock, state } = await startedRun();
    const cause = cut();
    loads[0]!.reject(cause);
    await settle();
    expect(await rejectionOf(context.recover(new TypeError('terminated')))).to.equal(cause);
    expect(state(), 'of the attempt itself').to.include({ status: 'waiting', attempt: 1 });
    await clock.advanceAsync(1_000);
    expect(await rejectionOf(context.recover(new TypeError('terminated')))).to.equal(cause);
    expect(state()?.status).to.equal('checking');
  });

  it('restores the attempts of its run by 256 KiB of new bytes', async () => {
    const { loads, clock, state } = await startedRun({ automaticAttempts: 1 });
    const failWith = async (loaded: number): Promise<void> => {
      const { context, reject } = loads.at(-1)!;
      context.progress_callback(progress(FILE, loaded, 10 * MB));
      reject(cut());
      await settle();
    };
    await failWith(300_000);
    expect(state()?.status).to.equal('waiting');
    await clock.advanceAsync(1_000);
    await failWith(600_000);
    expect(state(), 'new bytes').to.include({ status: 'waiting', attempt: 1 });
    await clock.advanceAsync(1_000);
    await failWith(600_000);
    expect(state(), 'the same bytes').to.include({ status: 'failed' });
  });

  it('counts the bytes that no update has shown before it failed', async () => {
    const { loads, clock, state } = await startedRun({ automaticAttempts: 1 });
    for (const loaded of [300_000, 600_000, 900_000]) {
      const { context, reject } = loads.at(-1)!;
      context.progress_callback(progress(FILE, 1, 10 * MB));
      context.progress_callback(progress(FILE, loaded, 10 * MB));
      reject(cut());
      await settle();
      expect(state(), `${loaded}`).to.include({ status: 'waiting', attempt: 1 });
      await clock.advanceAsync(1_000);
    }
  });

  it('has no effect on the figures of the next attempt', async () => {
    const received: ProgressInfo[] = [];
    const { run, loads, context, clock } = await startedRun();
    void rejectionOf(run.join({ onProgress: (info) => received.push(info) }));
    loads[0]!.reject(cut());
    await settle();
    await clock.advanceAsync(1_000);
    expect(loads).to.have.lengthOf(2);
    sendFile(context.progress_callback, FILE, 10 * MB);
    context.report({ status: 'share', name: 'm', share: 0.5, phase: 'download' });
    await clock.advanceAsync(1_000);
    expect(received).to.deep.equal([]);
    expect(run.aggregate?.totalDownloaded).to.equal(0);
  });

  it('restores them by the bytes before a transfer breaks, too', async () => {
    const { context, clock, state } = await startedRun({ automaticAttempts: 1 });
    for (const loaded of [300_000, 600_000, 900_000]) {
      context.progress_callback(progress(FILE, loaded, 10 * MB));
      void context.recover(cut());
      await settle();
      expect(state(), `${loaded}`).to.include({ status: 'waiting', attempt: 1 });
      await clock.advanceAsync(1_000);
    }
  });
});

describe('a paused run', () => {
  it('continues with the files as of now', async () => {
    const transfer = new FakeTransfer();
    const { run, context, state } = await startedRun({ transfer });
    run.pause();
    context.progress_callback(download(FILE));
    context.progress_callback(progress(FILE, MB, 10 * MB));
    run.resume();
    expect([state()?.status, state()?.bytesDownloaded, transfer.calls]).to.deep.equal(['checking', MB, ['pause', 'resume']]);
  });

  it('needs no slot for an attempt that begins while it is paused', async () => {
    const queue = new DownloadQueue(1);
    const { run, loads, clock, state } = await startedRun({ transfer: new FakeTransfer(), queue });
    run.pause();
    takenSlot(queue);
    loads[0]!.reject(cut());
    await settle();
    await clock.advanceAsync(1_000);
    expect(loads).to.have.lengthOf(2);
    expect([state()?.status, queue.running]).to.deep.equal(['paused', 1]);
  });

  it('continues after a pause during its wait for a slot', async () => {
    const queue = new DownloadQueue(1);
    takenSlot(queue);
    const { run, loads, state } = runOf({ transfer: new FakeTransfer(), queue });
    void rejectionOf(run.join({}));
    run.start();
    await settle();
    expect(state()?.status).to.equal('queued');
    run.pause();
    await settle();
    expect(loads).to.have.lengthOf(0);
    run.resume();
    await settle();
    expect([loads.length, state()?.status, queue.running]).to.deep.equal([1, 'checking', 2]);
  });

  it('continues after a pause during the wait of a recovery for a slot', async () => {
    const queue = new DownloadQueue(1);
    const { run, context, clock, state } = await startedRun({ transfer: new FakeTransfer(), queue });
    const outcome = context.recover(new DownloadFailure('rate-limited', '429', { retryAfter: 90_000 })).then(() => 'recovered');
    await settle();
    takenSlot(queue);
    await clock.advanceAsync(90_000, 1_000);
    expect(state()?.status).to.equal('queued');
    run.pause();
    run.resume();
    await settle();
    expect(await Promise.race([outcome, settle()])).to.equal('recovered');
    expect([state()?.status, queue.running]).to.deep.equal(['checking', 2]);
  });

  it('is paused with its first transfer if it had none before', async () => {
    const transfer = new FakeTransfer();
    transfer.canPause = false;
    const { run, context, state } = await startedRun({ transfer });
    run.pause();
    context.report({ status: 'plan', name: 'm', files: [] });
    expect([state()?.status, transfer.calls], 'requests that begin later wait').to.deep.equal(['checking', ['pause']]);
    transfer.canPause = true;
    context.progress_callback(download(FILE));
    expect([state()?.status, state()?.can.resume]).to.deep.equal(['paused', true]);
    run.resume();
    expect([state()?.status, transfer.calls]).to.deep.equal(['checking', ['pause', 'resume']]);
  });

  it('remains paused in its next attempt, whose transfer begins without a pause', async () => {
    const transfer = new FakeTransfer();
    const { run, loads, clock, state } = await startedRun({ transfer });
    run.pause();
    loads[0]!.reject(cut());
    await settle();
    await clock.advanceAsync(1_000);
    expect([loads.length, state()?.status, transfer.calls]).to.deep.equal([2, 'paused', ['pause', 'pause']]);
  });

  it('continues when it is restarted', async () => {
    const transfer = new FakeTransfer();
    const { run, context, loads, clock, state } = await startedRun({ transfer });
    sendFile(context.progress_callback, FILE, MB);
    loads[0]!.reject(cut());
    await settle();
    run.pause();
    await run.restart();
    await settle();
    await clock.advanceAsync(1_000);
    expect([loads.length, state()?.status, transfer.calls.at(-1)]).to.deep.equal([2, 'checking', 'resume']);
  });

  it('cannot be paused after its end', async () => {
    const transfer = new FakeTransfer();
    const ended = await startedRun({ transfer });
    ended.run.cancel();
    ended.run.pause();
    expect([transfer.calls, ended.state()?.status]).to.deep.equal([[], 'cancelled']);
  });

  it('can be cancelled, and cannot be resumed then', async () => {
    const transfer = new FakeTransfer();
    const { run, result, state, clock } = await startedRun({ transfer });
    run.pause();
    run.cancel();
    run.resume();
    expect(transfer.calls).to.deep.equal(['pause']);
    expect(await rejectionOf(result)).to.include({ name: 'AbortError' });
    expect([state()?.status, clock.pending]).to.deep.equal(['cancelled', 0]);
  });

  it('cannot be resumed if it ended before its first transfer', async () => {
    const transfer = new FakeTransfer();
    transfer.canPause = false;
    const { run, state } = await startedRun({ transfer });
    run.pause();
    run.cancel();
    run.resume();
    expect([state()?.status, transfer.calls]).to.deep.equal(['cancelled', ['pause']]);
  });
});

describe('a restart of a run', () => {
  it('has no effect without a wait', async () => {
    const transfer = new FakeTransfer();
    const { run, loads } = await startedRun({ transfer });
    await run.restart();
    await settle();
    expect([transfer.calls, loads.length]).to.deep.equal([[], 1]);
  });

  it('takes a slot without a wait once the bytes are deleted', async () => {
    const queue = new DownloadQueue(1);
    const { run, loads, state } = await startedRun({ transfer: new FakeTransfer(), queue, automaticAttempts: 0 });
    loads[0]!.reject(cut());
    await settle();
    takenSlot(queue);
    await run.restart();
    await settle();
    expect([loads.length, queue.running, state()?.status]).to.deep.equal([2, 2, 'checking']);
  });

  it('takes no slot when the run was cancelled during the deletion', async () => {
    const queue = new DownloadQueue(1);
    const transfer = new FakeTransfer();
    let finish: () => void = () => undefined;
    transfer.discarded = new Promise((resolve) => (finish = resolve));
    const { run, loads, state } = await startedRun({ transfer, queue, automaticAttempts: 0 });
    loads[0]!.reject(cut());
    await settle();
    const restarted = run.restart();
    run.cancel();
    finish();
    await restarted;
    expect([loads.length, queue.running, state()?.status]).to.deep.equal([1, 0, 'cancelled']);
  });

  it('rejects when the bytes cannot be deleted, and waits on', async () => {
    const transfer = new FakeTransfer();
    const cause = new Error('blocked');
    const { run, loads, state } = await startedRun({ transfer, automaticAttempts: 0 });
    loads[0]!.reject(cut());
    await settle();
    transfer.discarded = Promise.reject(cause);
    expect(await rejectionOf(run.restart())).to.equal(cause);
    expect(state()?.status).to.equal('failed');
    run.retry();
    await settle();
    expect([loads.length, state()?.status]).to.deep.equal([2, 'checking']);
  });
});

describe('the slot of a download in the queue', () => {
  const limited = (retryAfter: number): DownloadFailure => new DownloadFailure('rate-limited', '429', { httpStatus: 429, retryAfter });

  it('is free while the download waits for the user, and acquired again after the answer', async () => {
    const queue = new DownloadQueue(1);
    const { run, context } = await startedRun({ queue, automaticAttempts: 0 });
    void context.recover(cut());
    await settle();
    expect(queue.running).to.equal(0);
    run.retry();
    await settle();
    expect(queue.running).to.equal(1);
  });

  it('is kept during a short wait, and free during a long one', async () => {
    const queue = new DownloadQueue(1);
    const { context, clock } = await startedRun({ queue });
    void context.recover(limited(2_000));
    await settle();
    expect(queue.running).to.equal(1);
    await clock.advanceAsync(2_000);
    void context.recover(limited(60_000));
    await settle();
    expect(queue.running, 'a minute').to.equal(1);
    await clock.advanceAsync(60_000, 1_000);
    void context.recover(limited(3_600_000));
    await settle();
    expect(queue.running).to.equal(0);
  });

  it('is requested again after a long wait, behind the others', async () => {
    const queue = new DownloadQueue(1);
    const { context, clock, state } = await startedRun({ queue });
    context.progress_callback(download(FILE));
    const recovered = context.recover(limited(90_000));
    await settle();
    const other = takenSlot(queue);
    await clock.advanceAsync(90_000, 1_000);
    expect(state()?.status).to.equal('queued');
    other.release();
    await recovered;
    expect(state()?.status).to.equal('checking');
    expect(queue.running).to.equal(1);
  });

  it('is acquired at once when the user ends a long wait', async () => {
    const queue = new DownloadQueue(1);
    const { run, context } = await startedRun({ queue });
    const recovered = context.recover(limited(90_000));
    await settle();
    takenSlot(queue);
    run.retry();
    await recovered;
    expect(queue.running).to.equal(2);
  });
});

describe('a model that starts slowly', () => {
  it('is marked so once, after 30 s, and not once it is usable', async () => {
    const { loads, clock, states, state, result, context } = await startedRun();
    sendFile(context.progress_callback, FILE, 10 * MB);
    await clock.advanceAsync(29_000, 1_000);
    expect(state()).to.include({ status: 'preparing', isSlowToStart: undefined });
    let changes = 0;
    states.subscribe('phi', () => (changes += 1));
    await clock.advanceAsync(60_000, 1_000);
    expect(state()).to.include({ status: 'preparing', isSlowToStart: true });
    expect(changes).to.equal(1);
    loads[0]!.resolve('model');
    await result;
    expect(state()).to.include({ status: 'completed', isSlowToStart: undefined });
  });

  it('is not marked so while its bytes arrive', async () => {
    const { context, clock, state } = await startedRun();
    const { progress_callback } = context;
    progress_callback(download(FILE));
    for (let second = 1; second < 60; second++) {
      progress_callback(progress(FILE, second * 1_000, 10 * MB));
      await clock.advanceAsync(1_000, 500);
    }
    expect(state()).to.include({ status: 'downloading', isSlowToStart: undefined });
    sendFile(progress_callback, FILE, 10 * MB);
    await clock.advanceAsync(29_000, 1_000);
    expect(state(), 'counted from the last byte').to.include({ status: 'preparing', isSlowToStart: undefined });
    await clock.advanceAsync(2_000, 1_000);
    expect(state()).to.include({ status: 'preparing', isSlowToStart: true });
  });
});
