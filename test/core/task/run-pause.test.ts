import { expect } from 'chai';
import { MultiFileProgressTracker } from 'model-download/core';
import { DownloadQueue, DownloadStates, QueueSlot, type TransferControl } from '#dist/core/internal.js';
import { RunPause } from '#dist/core/task/run-pause.js';
import { TaskStates } from '#dist/core/task/task-states.js';
import { FakeClock, settle } from '../../support/fake-clock.js';
import { FakeTransfer, MB, takenSlot } from '../../support/task-parts.js';
import { download, progress } from '../../support/transformers-events.js';

const KEY = 'phi';

/** The pause of a run that has started, and has requested its slot of the queue. */
function pauseOf(transfer: TransferControl | undefined, queue = new DownloadQueue(1)) {
  const clock = new FakeClock();
  const manager = new DownloadStates({ clock });
  const states = new TaskStates({ modelKey: KEY, modelName: 'Phi-3', states: manager, transfer }, () => true);
  const slot = new QueueSlot(queue);
  const turn = slot.acquire();
  states.start();
  if (!turn) states.run(undefined);
  return { pause: new RunPause({ transfer, slot, states }), queue, slot, turn, clock, state: () => manager.getState(KEY) };
}

/** A transfer that has not requested a file. */
function idleTransfer(): FakeTransfer {
  const transfer = new FakeTransfer();
  transfer.canPause = false;
  return transfer;
}

/** The files of a run with 4 of 10 MB. */
function aggregateOf(clock: FakeClock) {
  const tracker = new MultiFileProgressTracker(undefined, { clock });
  tracker.handleFileProgress(download('model.onnx'));
  tracker.handleFileProgress(progress('model.onnx', 4 * MB, 10 * MB));
  return tracker.getSnapshot();
}

describe('RunPause', () => {
  it('stops the transfer once, and continues it once', () => {
    const transfer = new FakeTransfer();
    const { pause, state } = pauseOf(transfer);
    pause.resume(undefined);
    expect(transfer.calls, 'not paused').to.deep.equal([]);
    pause.pause();
    pause.pause();
    expect(state()).to.include({ status: 'paused', kept: true });
    expect(state()?.can).to.include({ pause: false, resume: true });
    pause.resume(undefined);
    pause.resume(undefined);
    expect(transfer.calls).to.deep.equal(['pause', 'resume']);
    expect(state()?.status).to.equal('checking');
  });

  it('can pause again after a resume', () => {
    const transfer = new FakeTransfer();
    const { pause, state } = pauseOf(transfer);
    pause.pause();
    pause.resume(undefined);
    pause.pause();
    expect([state()?.status, transfer.calls]).to.deep.equal(['paused', ['pause', 'resume', 'pause']]);
  });

  it('shows the files as of the resume', () => {
    const { pause, clock, state } = pauseOf(new FakeTransfer());
    pause.pause();
    pause.resume(aggregateOf(clock));
    expect(state()).to.include({ status: 'checking', bytesDownloaded: 4 * MB });
  });

  it('gives its slot to the next download, and takes one without a wait when it is resumed', () => {
    const { pause, queue } = pauseOf(new FakeTransfer());
    expect(queue.running).to.equal(1);
    pause.pause();
    expect(queue.running).to.equal(0);
    takenSlot(queue);
    pause.resume(undefined);
    expect(queue.running).to.equal(2);
  });

  it('has no effect without a transfer', () => {
    const { pause, queue, state } = pauseOf(undefined);
    const before = state();
    pause.pause();
    pause.check();
    pause.hold();
    pause.resume(undefined);
    expect([state(), queue.running]).to.deep.equal([before, 1]);
  });

  describe('before the first request of a file', () => {
    it('lets the run continue, and takes effect with the request', () => {
      const transfer = idleTransfer();
      const { pause, queue, state } = pauseOf(transfer);
      pause.pause();
      pause.check();
      expect([state()?.status, queue.running, transfer.calls], 'requests that begin later wait').to.deep.equal(['checking', 1, ['pause']]);
      transfer.canPause = true;
      expect(state()?.status, 'not before an event').to.equal('checking');
      pause.check();
      expect([state()?.status, queue.running, transfer.calls]).to.deep.equal(['paused', 0, ['pause']]);
    });

    it('takes effect once', () => {
      const transfer = idleTransfer();
      const { pause, state } = pauseOf(transfer);
      pause.pause();
      transfer.canPause = true;
      pause.check();
      const paused = state();
      pause.check();
      expect(state(), 'written once').to.equal(paused);
      pause.resume(undefined);
      pause.check();
      expect([state()?.status, transfer.calls]).to.deep.equal(['checking', ['pause', 'resume']]);
    });

    it('takes effect at a second call if there is a request by then', () => {
      const transfer = idleTransfer();
      const { pause, state } = pauseOf(transfer);
      pause.pause();
      transfer.canPause = true;
      pause.pause();
      expect(state()?.status).to.equal('paused');
    });

    it('has no effect if the run was resumed first, which keeps its slot and its state', () => {
      const transfer = idleTransfer();
      const { pause, queue, clock, state } = pauseOf(transfer);
      const before = state();
      pause.pause();
      pause.resume(aggregateOf(clock));
      expect(transfer.calls).to.deep.equal(['pause', 'resume']);
      transfer.canPause = true;
      pause.check();
      expect([state(), queue.running, transfer.calls]).to.deep.equal([before, 1, ['pause', 'resume']]);
    });

    it('takes effect at once while the run waits for its slot, when no loader runs', async () => {
      const queue = new DownloadQueue(1);
      takenSlot(queue);
      const { pause, slot, turn, state } = pauseOf(idleTransfer(), queue);
      expect([slot.isWaiting, state()?.status]).to.deep.equal([true, 'queued']);
      pause.pause();
      expect([slot.isWaiting, state()?.status]).to.deep.equal([false, 'paused']);
      let hasTurn = false;
      void turn?.then(() => (hasTurn = true));
      await settle();
      expect(hasTurn).to.equal(false);
      pause.resume(undefined);
      await settle();
      expect([hasTurn, queue.running]).to.deep.equal([true, 2]);
    });
  });

  describe('of an attempt that begins', () => {
    it('stops its transfer if the run is paused', () => {
      const transfer = new FakeTransfer();
      const { pause } = pauseOf(transfer);
      pause.pause();
      pause.hold();
      expect(transfer.calls).to.deep.equal(['pause', 'pause']);
    });

    it('stops its transfer if a pause waits for a request', () => {
      const transfer = idleTransfer();
      const { pause, state } = pauseOf(transfer);
      pause.pause();
      pause.hold();
      expect([state()?.status, transfer.calls]).to.deep.equal(['checking', ['pause', 'pause']]);
      transfer.canPause = true;
      pause.check();
      expect(state()?.status).to.equal('paused');
    });

    it('has no effect on a run that is not paused, or not any more', () => {
      const transfer = new FakeTransfer();
      const { pause } = pauseOf(transfer);
      pause.hold();
      pause.pause();
      pause.resume(undefined);
      pause.hold();
      expect(transfer.calls).to.deep.equal(['pause', 'resume']);
    });
  });
});
