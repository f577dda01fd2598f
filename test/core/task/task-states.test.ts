import { expect } from 'chai';
import {
  DownloadFailure,
  MultiFileProgressTracker,
  ProgressStateManager,
  type AggregateProgressInfo,
  type FailureCode,
  type RecoveryState,
} from 'model-download/core';
import { NO_ACTIONS, type TransferControl } from '#dist/core/internal.js';
import { TaskStates } from '#dist/core/task/task-states.js';
import { FakeClock } from '../../support/fake-clock.js';
import { FakeTransfer } from '../../support/task-parts.js';

const KEY = 'phi';

const TRANSFER = new FakeTransfer();

const NOTHING = new MultiFileProgressTracker(undefined, { clock: new FakeClock() }).getSnapshot();

/** An aggregate of a transfer with half of 100 bytes. */
const half = (fields: Partial<AggregateProgressInfo> = {}): AggregateProgressInfo => ({
  ...NOTHING,
  status: 'download',
  overallProgress: 50,
  totalDownloaded: 50,
  totalSize: 100,
  speed: 10,
  timeRemaining: 5,
  ...fields,
});

const failureOf = (code: FailureCode): DownloadFailure => new DownloadFailure(code, 'broken');

const waiting = (code: FailureCode = 'network'): RecoveryState => ({
  status: 'waiting',
  failure: failureOf(code),
  attempt: 1,
  maxAttempts: 3,
  retryAt: 99,
});

const failed = (code: FailureCode, canRetry: boolean): RecoveryState => ({
  status: 'failed',
  failure: failureOf(code),
  attempt: 0,
  maxAttempts: 3,
  canRetry,
});

interface Given {
  readonly transfer?: TransferControl | undefined;
  readonly canRestart?: boolean;
  readonly startsModel?: boolean;
}

function statesOf({ transfer, canRestart = true, startsModel }: Given) {
  const manager = new ProgressStateManager({ clock: new FakeClock() });
  const states = new TaskStates({ modelKey: KEY, modelName: 'Phi', states: manager, transfer, startsModel }, () => canRestart);
  states.start();
  states.run(NOTHING);
  return { states, state: () => manager.getState(KEY) };
}

describe('TaskStates', () => {
  it('writes the figures of an aggregate by its status', () => {
    const { states, state } = statesOf({ transfer: TRANSFER });
    expect(state()).to.include({ status: 'checking', modelName: 'Phi' });
    states.progress(half(), 0);
    expect(state()).to.include({ status: 'downloading', progress: 50, bytesDownloaded: 50, totalBytes: 100, speed: 10, timeRemaining: 5 });
    expect(state()).to.have.property('kept', true);
    states.progress(half({ stalled: true, speed: 0, timeRemaining: undefined }), 0);
    expect(state()).to.include({ status: 'stalled', speed: 0 });
    states.progress(half({ status: 'loading' }), 0);
    expect(state()).to.include({ status: 'preparing' });
    states.progress(half({ status: 'ready' }), 0);
    expect(state()).to.include({ status: 'preparing' });
    states.complete();
    expect(state()).to.include({ status: 'completed', progress: 100, kept: true });
  });

  it('marks a load of files only as cached', () => {
    const { states, state } = statesOf({ startsModel: false });
    states.complete();
    expect(state()).to.include({ status: 'idle', cached: true });
  });

  it('has no speed while paused or waiting, even with late bytes', () => {
    const { states, state } = statesOf({ transfer: TRANSFER });
    states.pause();
    states.progress(half(), 0);
    expect(state()).to.include({ status: 'paused', bytesDownloaded: 50, speed: undefined, timeRemaining: undefined });
    states.resume(half());
    expect(states.isPaused).to.equal(false);
    states.recover(waiting(), half());
    states.progress(half(), 0);
    expect(state()).to.include({ status: 'waiting', speed: undefined, timeRemaining: undefined, retryAt: 99 });
  });

  it('writes the last bytes with a failure', () => {
    const { states, state } = statesOf({});
    states.recover(failed('network', true), half({ status: 'failed' }));
    expect(state()).to.include({ status: 'failed', bytesDownloaded: 50, totalBytes: 100, progress: 50, error: 'broken' });
  });

  it('offers a pause only with a transfer, and a resume only while paused', () => {
    expect(statesOf({}).state()?.can).to.include({ pause: false, cancel: true });
    const { states, state } = statesOf({ transfer: TRANSFER });
    expect(state()?.can).to.deep.equal({ ...NO_ACTIONS, pause: true, cancel: true });
    states.pause();
    expect(state()?.can).to.deep.equal({ ...NO_ACTIONS, resume: true, cancel: true });
  });

  it('offers no pause while it waits, when no transfer runs', () => {
    const { states, state } = statesOf({ transfer: TRANSFER });
    states.recover(waiting(), half());
    expect(state()?.can).to.include({ pause: false, cancel: true, retry: true });
    states.progress(half(), 0);
    expect(state()).to.include({ status: 'waiting' });
    expect(state()?.can.pause).to.equal(false);
    states.recover({ ...waiting(), status: 'running' }, half());
    expect(state()?.can).to.include({ pause: true, retry: false });
  });

  it('offers a restart only while it waits, with stored bytes that can be deleted', () => {
    const offers = (canRestart: boolean, aggregate: AggregateProgressInfo): boolean | undefined => {
      const { states, state } = statesOf({ transfer: TRANSFER, canRestart });
      states.recover(waiting(), aggregate);
      return state()?.can.restart;
    };
    expect(offers(true, half())).to.equal(true);
    expect(offers(false, half())).to.equal(false);
    expect(offers(true, NOTHING)).to.equal(false);
    const { states, state } = statesOf({ transfer: TRANSFER });
    states.recover(waiting(), half());
    states.discard();
    states.recover(waiting(), NOTHING);
    expect(state()?.can).to.include({ restart: false, retry: true });
  });

  it('offers a restart after a final failure that damaged files may have caused', () => {
    const restartAfter = (code: FailureCode, transfer?: TransferControl): boolean | undefined => {
      const { states, state } = statesOf({ transfer });
      states.recover(failed(code, false), half());
      return state()?.can.restart;
    };
    for (const code of ['runtime', 'corrupt', 'changed'] as const) expect(restartAfter(code, TRANSFER), code).to.equal(true);
    expect(restartAfter('http', TRANSFER)).to.equal(false);
    expect(restartAfter('corrupt')).to.equal(false);
  });

  it('ends as cancelled after an abort, else as failed', () => {
    const cancelled = statesOf({});
    cancelled.states.end(failureOf('aborted'));
    expect(cancelled.state()).to.include({ status: 'cancelled', failureCode: undefined });
    expect(cancelled.state()?.can).to.include({ retry: true, cancel: false });
    const broken = statesOf({});
    broken.states.end(failureOf('http'));
    expect(broken.state()).to.include({ status: 'failed', failureCode: 'http' });
  });

  it('is slow to start after 30 s of preparation, and due until it has written this state', () => {
    const { states, state } = statesOf({});
    states.progress(half({ status: 'loading' }), 1_000);
    expect([states.isDue(30_999), states.isDue(31_000)]).to.deep.equal([false, true]);
    states.progress(half({ status: 'loading' }), 31_000);
    expect(state()).to.include({ status: 'preparing', isSlowToStart: true });
    expect(states.isDue(40_000)).to.equal(false);
    states.progress(half(), 41_000);
    expect(state()?.isSlowToStart).to.equal(undefined);
    expect(states.isDue(41_000)).to.equal(true);
  });

  it('is due while bytes arrive or are due, and not before a start or while it checks', () => {
    const manager = new ProgressStateManager({ clock: new FakeClock() });
    const unknown = new TaskStates({ modelKey: KEY, modelName: 'Phi', states: manager }, () => true);
    expect(unknown.isDue(0)).to.equal(false);
    const { states } = statesOf({});
    expect(states.isDue(0)).to.equal(false);
    states.progress(half({ stalled: true }), 0);
    expect(states.isDue(0)).to.equal(true);
    states.progress(half(), 0);
    expect(states.isDue(0)).to.equal(true);
  });

  it('keeps its figures when it continues without new ones', () => {
    const { states, state } = statesOf({});
    states.progress(half(), 0);
    states.run(undefined, { attempt: 2, maxAttempts: 3 });
    expect(state()).to.include({ status: 'checking', bytesDownloaded: 50, totalBytes: 100, attempt: 2 });
    expect(states.aggregate).to.include({ totalDownloaded: 50 });
    states.run(NOTHING);
    expect(state()).to.include({ bytesDownloaded: 0 });
    expect(states.aggregate).to.equal(NOTHING);
  });

  it('offers a restart by the bytes of any update, not only of the last', () => {
    const { states, state } = statesOf({ transfer: TRANSFER });
    states.progress(NOTHING, 0);
    states.recover(waiting(), NOTHING);
    expect(state()?.can.restart).to.equal(false);
    states.progress(half(), 0);
    states.progress(NOTHING, 0);
    states.recover(waiting(), NOTHING);
    expect(state()?.can.restart).to.equal(true);
    states.discard();
    states.progress(NOTHING, 0);
    states.recover(waiting(), undefined);
    expect(state()?.can.restart).to.equal(false);
  });

  it('measures the start of a model from its last byte, and again after a wait', () => {
    const { states, state } = statesOf({});
    const loading = half({ status: 'loading' });
    states.progress(half(), 0);
    states.progress(loading, 40_000);
    expect(state()?.isSlowToStart).to.equal(undefined);
    states.recover(waiting(), loading);
    states.recover({ ...waiting(), status: 'running' }, loading);
    states.progress(loading, 80_000);
    expect(state()).to.include({ status: 'preparing', isSlowToStart: undefined });
    states.progress(loading, 110_000);
    expect(state()).to.include({ isSlowToStart: true });
  });

  it('writes at its end whether the bytes are stored', () => {
    for (const kept of [true, false]) {
      const transfer = Object.assign(new FakeTransfer(), { kept });
      const completed = statesOf({ transfer });
      completed.states.complete();
      const broken = statesOf({ transfer });
      broken.states.end(failureOf('http'));
      const cancelled = statesOf({ transfer });
      cancelled.states.end(failureOf('aborted'));
      expect([completed, broken, cancelled].map(({ state }) => state()?.kept)).to.deep.equal([kept, kept, kept]);
    }
  });

  it('keeps the final failure that recovery has written', () => {
    const { states, state } = statesOf({ transfer: TRANSFER });
    states.recover(failed('corrupt', false), half());
    const written = state();
    states.end(failureOf('corrupt'));
    expect(state()).to.equal(written);
    expect(written?.can.restart).to.equal(true);
  });

  it('is neither paused nor waiting after its end', () => {
    const { states } = statesOf({ transfer: TRANSFER });
    states.pause();
    states.end(failureOf('aborted'));
    expect(states.isPaused).to.equal(false);
    const completed = statesOf({ transfer: TRANSFER });
    completed.states.pause();
    completed.states.complete();
    expect(completed.states.isPaused).to.equal(false);
  });

  it('can be paused without a transfer', () => {
    const { states, state } = statesOf({});
    states.pause();
    expect(state()).to.include({ status: 'paused' });
    expect(state()?.kept).to.equal(undefined);
    states.recover(waiting(), half());
    expect(state(), 'a wait during the pause').to.include({ status: 'paused', error: 'broken', failureCode: 'network' });
    expect(state()?.can).to.include({ retry: false, resume: true });
  });
});
