import { expect } from 'chai';
import type { ProgressInfo } from 'model-download/core';
import { settle } from '../../support/fake-clock.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { FakeTransfer, FILE, MB, taskOf } from '../../support/task-parts.js';
import { download, progress, sendFile } from '../../support/transformers-events.js';

describe('DownloadTask', () => {
  it('goes through the states of a load', async () => {
    const { task, loads, statuses, clock, state } = taskOf();
    const result = task.join();
    await settle();
    const send = loads[0]!.context.progress_callback;
    send(download(FILE));
    await clock.advanceAsync(1_000);
    send(progress(FILE, 5 * MB, 10 * MB));
    await clock.advanceAsync(1_000);
    sendFile(send, FILE, 10 * MB);
    await clock.advanceAsync(200);
    expect(state()).to.include({ status: 'preparing', progress: 100 });
    loads[0]!.resolve('model');
    expect(await result).to.equal('model');
    expect(statuses()).to.deep.equal(['queued', 'checking', 'downloading', 'preparing', 'completed']);
    expect(clock.pending, 'only the clean-up of the persisted state is left').to.equal(1);
  });

  it('has no figures and ignores actions before its first load', async () => {
    const { task, loads, state } = taskOf();
    expect([task.aggregate, task.failure, task.isRunning]).to.deep.equal([undefined, undefined, false]);
    task.cancel();
    task.pause();
    task.resume();
    await task.restart();
    await task.settled();
    expect([loads.length, state()]).to.deep.equal([0, undefined]);
    task.retry();
    await settle();
    expect([loads.length, task.isRunning, state()?.status]).to.deep.equal([1, true, 'checking']);
  });

  it('keeps the figures and the failure of its last load, until the next one starts', async () => {
    const { task, loads, clock } = taskOf({ interactive: false, automaticAttempts: 0 });
    const result = rejectionOf(task.join());
    await settle();
    loads[0]!.context.progress_callback(progress(FILE, 4 * MB, 10 * MB));
    await clock.advanceAsync(100);
    loads[0]!.reject(new TypeError('Failed to fetch'));
    await result;
    await task.settled();
    expect(task.aggregate).to.include({ totalDownloaded: 4 * MB });
    expect([task.failure?.code, task.isRunning]).to.deep.equal(['network', false]);
    void task.join().catch(() => undefined);
    await settle();
    expect(task.aggregate).to.include({ totalDownloaded: 0 });
    expect([task.failure, task.isRunning]).to.deep.equal([undefined, true]);
  });

  it('gives the result of a load to later callers without another one', async () => {
    const { task, loads } = taskOf();
    const first = task.join();
    await settle();
    let isSettled = false;
    void task.settled().then(() => (isSettled = true));
    await settle();
    expect(isSettled).to.equal(false);
    loads[0]!.resolve('model');
    expect([await first, await task.join(), task.isRunning]).to.deep.equal(['model', 'model', true]);
    task.retry();
    await settle();
    expect(loads).to.have.lengthOf(1);
  });

  it('calls beforeLoad before each load, and rejects with an error that it throws', async () => {
    const cause = new Error('no terms accepted');
    let calls = 0;
    const { task, loads, state } = taskOf({
      beforeLoad: () => {
        calls += 1;
        if (calls === 1) throw cause;
      },
    });
    const error = await rejectionOf(task.join());
    expect([error, loads.length, state()]).to.deep.equal([cause, 0, undefined]);
    void task.join();
    void task.join();
    await settle();
    expect([calls, loads.length]).to.deep.equal([2, 1]);
  });

  it('stalls by a timer, without any event, and continues with the next byte', async () => {
    const { task, loads, clock, state } = taskOf();
    void task.join();
    await settle();
    const send = loads[0]!.context.progress_callback;
    send(download(FILE));
    await clock.advanceAsync(1_000);
    send(progress(FILE, MB, 10 * MB));
    await clock.advanceAsync(6_500);
    expect(state()).to.include({ status: 'stalled', speed: 0, timeRemaining: undefined });
    send(progress(FILE, 2 * MB, 10 * MB));
    await clock.advanceAsync(200);
    expect(state()?.status).to.equal('downloading');
  });

  it('notifies every caller of the progress, at most ten times a second, the last always', async () => {
    const { task, loads, clock } = taskOf();
    const received: ProgressInfo[][] = [[], []];
    const results = received.map((list) => task.join({ onProgress: (info) => list.push(info) }));
    await settle();
    const send = loads[0]!.context.progress_callback;
    for (let part = 1; part <= 100; part++) {
      send(progress(FILE, (10 * MB * part) / 100, 10 * MB));
      clock.advance(10);
    }
    await clock.advanceAsync(200);
    loads[0]!.resolve('model');
    await Promise.all(results);
    for (const list of received) {
      expect(list.length).to.be.within(5, 15);
      expect(list.at(-1)).to.include({ status: 'ready', progress: 100, loaded: 10 * MB, name: 'Phi-3' });
    }
  });

  it('continues when a caller’s callback throws, and reports an uncaught error', async () => {
    const { task, loads, clock, state } = taskOf();
    let calls = 0;
    const result = task.join({
      onProgress: () => {
        calls += 1;
        throw new Error('from the page');
      },
    });
    await settle();
    sendFile(loads[0]!.context.progress_callback, FILE, 10 * MB);
    expect(calls).to.be.greaterThan(0);
    expect(() => clock.advance(200)).to.throw('from the page');
    loads[0]!.resolve('model');
    expect(await result).to.equal('model');
    expect(state()?.status).to.equal('completed');
  });

  it('starts a new attempt without earlier values after a failure, and counts it', async () => {
    const { task, loads, clock, state } = taskOf();
    void task.join();
    await settle();
    loads[0]!.context.progress_callback(progress(FILE, 5 * MB, 10 * MB));
    await clock.advanceAsync(200);
    loads[0]!.reject(new TypeError('Failed to fetch'));
    await settle();
    expect(state()).to.include({ status: 'waiting', failureCode: 'network', error: 'Failed to fetch', attempt: 1, maxAttempts: 3 });
    expect(state()?.can).to.include({ cancel: true, retry: true, pause: false });
    await clock.advanceAsync(1_000);
    expect(loads.length).to.equal(2);
    expect(state()).to.include({ status: 'checking', progress: 0, bytesDownloaded: 0, attempt: 1, error: undefined, retryAt: undefined });
  });

  it('shows the last bytes of an attempt that fails before the next update', async () => {
    const { task, loads, clock, state } = taskOf({ automaticAttempts: 0 });
    void task.join();
    await settle();
    loads[0]!.context.progress_callback(progress(FILE, 2 * MB, 10 * MB));
    await clock.advanceAsync(200);
    loads[0]!.context.progress_callback(progress(FILE, 4 * MB, 10 * MB));
    loads[0]!.context.progress_callback(progress(FILE, 5 * MB, 10 * MB));
    loads[0]!.reject(new TypeError('Failed to fetch'));
    await settle();
    expect(state()).to.include({ status: 'failed', bytesDownloaded: 5 * MB, progress: 50, totalBytes: 10 * MB });
  });

  it('ignores the events of an attempt that has ended', async () => {
    const { task, loads, clock, state } = taskOf({ automaticAttempts: 0 });
    void task.join();
    await settle();
    loads[0]!.reject(new TypeError('Failed to fetch'));
    await settle();
    task.retry();
    await settle();
    sendFile(loads[0]!.context.progress_callback, FILE, 10 * MB);
    await clock.advanceAsync(200);
    expect(state()).to.include({ status: 'checking', bytesDownloaded: 0, attempt: 1, maxAttempts: 3 });
  });

  it('is cancelled for every caller at once, and aborts the loader’s signal', async () => {
    const { task, loads, clock, state } = taskOf();
    const errors: unknown[] = [];
    for (let caller = 0; caller < 2; caller++) task.join().catch((error: unknown) => errors.push(error));
    await settle();
    task.cancel();
    await settle();
    expect(errors.map((error) => (error as Error).name)).to.deep.equal(['AbortError', 'AbortError']);
    expect(loads[0]!.context.signal.aborted).to.equal(true);
    expect(state()).to.include({ status: 'cancelled', failureCode: undefined });
    sendFile(loads[0]!.context.progress_callback, FILE, 10 * MB);
    loads[0]!.resolve('late');
    await clock.advanceAsync(10_000);
    expect(state()?.status).to.equal('cancelled');
    expect(clock.pending).to.equal(0);
  });

  it('starts again when it is retried after a cancel', async () => {
    const { task, loads, state } = taskOf();
    task.join().catch(() => undefined);
    await settle();
    task.cancel();
    await settle();
    task.retry();
    await settle();
    expect(state()?.status).to.equal('checking');
    loads[1]!.resolve('second');
    expect(await task.join()).to.equal('second');
  });

  it('rejects a caller whose signal has aborted, and starts nothing', async () => {
    const { task, loads } = taskOf();
    const reason = new Error('no longer wanted');
    const error = await rejectionOf(task.join({ signal: AbortSignal.abort(reason) }));
    expect(error).to.equal(reason);
    await settle();
    expect(loads.length).to.equal(0);
  });

  it('continues for the other callers when one is detached', async () => {
    const { task, loads, state } = taskOf();
    const controller = new AbortController();
    const left = rejectionOf(task.join({ signal: controller.signal }));
    const stayed = task.join();
    await settle();
    controller.abort(new Error('left'));
    expect(await left).to.have.property('message', 'left');
    expect(state()?.status).to.equal('checking');
    loads[0]!.resolve('model');
    expect(await stayed).to.equal('model');
  });

  describe('with a transfer', () => {
    it('pauses and continues in the same load', async () => {
      const transfer = new FakeTransfer();
      const { task, loads, state, clock } = taskOf({ transfer });
      const result = task.join();
      await settle();
      loads[0]!.context.progress_callback(progress(FILE, MB, 10 * MB));
      await clock.advanceAsync(200);
      expect(state()?.can).to.include({ pause: true, resume: false });
      task.pause();
      expect(state()).to.include({ status: 'paused', speed: undefined, kept: true });
      expect(state()?.can).to.include({ pause: false, resume: true, cancel: true });
      loads[0]!.context.progress_callback(progress(FILE, 2 * MB, 10 * MB));
      await clock.advanceAsync(10_000);
      expect(state(), 'whatever was still on its way').to.include({ status: 'paused', speed: undefined, timeRemaining: undefined });
      task.resume();
      expect(state()).to.include({ status: 'checking', bytesDownloaded: 2 * MB });
      loads[0]!.resolve('model');
      expect(await result).to.equal('model');
      expect(transfer.calls).to.deep.equal(['pause', 'resume']);
      expect(loads).to.have.lengthOf(1);
    });

    it('has no pause without a transfer that could stop', async () => {
      const transfer = new FakeTransfer();
      transfer.canPause = false;
      const { task, state } = taskOf({ transfer });
      void task.join();
      await settle();
      expect(state()?.can.pause).to.equal(false);
      task.pause();
      expect(state()?.status).to.equal('checking');
    });

    it('waits for a transfer that recovers, without another attempt', async () => {
      const { task, loads, state, clock, statuses } = taskOf({ transfer: new FakeTransfer() });
      const result = task.join();
      await settle();
      const { progress_callback, recover } = loads[0]!.context;
      progress_callback(progress(FILE, 4 * MB, 10 * MB));
      const recovered = recover(new TypeError('Failed to fetch'));
      await settle();
      expect(state()).to.include({ status: 'waiting', attempt: 1, failureCode: 'network', bytesDownloaded: 4 * MB });
      await clock.advanceAsync(1_000);
      await recovered;
      expect(state()).to.include({ status: 'checking', attempt: 1, failureCode: undefined, bytesDownloaded: 4 * MB });
      loads[0]!.resolve('model');
      expect(await result).to.equal('model');
      expect(loads).to.have.lengthOf(1);
      expect(statuses()).to.include.members(['waiting', 'completed']);
    });

    it('waits once for several files that break at once, and spends one attempt', async () => {
      const { task, loads, clock, state } = taskOf({ transfer: new FakeTransfer() });
      void task.join();
      await settle();
      const { recover } = loads[0]!.context;
      const both = Promise.all([recover(new TypeError('Failed to fetch')), recover(new TypeError('network error'))]);
      await clock.advanceAsync(1_000);
      await both;
      expect(state()).to.include({ attempt: 1 });
    });

    it('starts over without stored bytes, in another attempt', async () => {
      const transfer = new FakeTransfer();
      const { task, loads, state } = taskOf({ transfer, automaticAttempts: 0 });
      void task.join();
      await settle();
      const { progress_callback, recover, signal } = loads[0]!.context;
      progress_callback(progress(FILE, 4 * MB, 10 * MB));
      const recovered = recover(new TypeError('Failed to fetch')).catch((error: unknown) => loads[0]!.reject(error));
      await settle();
      expect(state()?.can).to.include({ retry: true, restart: true });
      await task.restart();
      await recovered;
      await settle();
      expect(transfer.calls).to.deep.equal(['discard']);
      expect(signal.aborted, 'the attempt is over').to.equal(true);
      expect(loads).to.have.lengthOf(2);
      expect(state()).to.include({ status: 'checking', attempt: 1, maxAttempts: 3 });
    });

    it('offers no restart before a byte is stored, or after the bytes were deleted', async () => {
      const { task, loads, state } = taskOf({ transfer: new FakeTransfer(), automaticAttempts: 0 });
      void task.join();
      await settle();
      loads[0]!.reject(new TypeError('Failed to fetch'));
      await settle();
      expect(state()).to.include({ status: 'failed' });
      expect(state()?.can).to.include({ retry: true, restart: false });
      task.retry();
      await settle();
      loads[1]!.context.progress_callback(progress(FILE, 4 * MB, 10 * MB));
      loads[1]!.reject(new TypeError('Failed to fetch'));
      await settle();
      expect(state()?.can.restart).to.equal(true);
      await task.restart();
      await settle();
      loads[2]!.reject(new TypeError('Failed to fetch'));
      await settle();
      expect(state()).to.include({ status: 'failed' });
      expect(state()?.can.restart).to.equal(false);
    });

    it('does not wait for the user again after a failure that it has given up on', async () => {
      const { task, loads, received } = taskOf({ transfer: new FakeTransfer(), automaticAttempts: 0, manualAttempts: 0 });
      const result = rejectionOf(task.join());
      await settle();
      const failure = await rejectionOf(loads[0]!.context.recover(new TypeError('Failed to fetch')));
      loads[0]!.reject(failure);
      expect(await result).to.be.instanceOf(TypeError);
      expect(received.filter(({ status }) => status === 'failed')).to.have.lengthOf(1);
    });
  });

  it('accepts a loader that throws before it returns a promise', async () => {
    const cause = new Error('of the page');
    const { task } = taskOf({
      load: () => {
        throw cause;
      },
      interactive: false,
    });
    const error = await rejectionOf(task.join());
    expect(error).to.equal(cause);
  });

  it('has a message for a loader that throws a value that is not an error', async () => {
    const words: unknown = 'plain text';
    const { task, state } = taskOf({ load: () => Promise.reject(words), interactive: false });
    const error = await rejectionOf(task.join());
    expect(error).to.include({ code: 'unknown', message: 'plain text' });
    expect(state()).to.include({ status: 'failed', error: 'plain text' });
  });
});
