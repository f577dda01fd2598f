import { expect } from 'chai';
import { DownloadFailure, type Connectivity } from 'model-download/core';
import type { RetryDecision } from '#dist/core/internal.js';
import { RecoveryWait } from '#dist/core/failure/recovery-wait.js';
import { FakeClock, settle } from '../../support/fake-clock.js';

const count = { attempt: 1, maxAttempts: 3 };
const timed = (delay: number): RetryDecision => ({ kind: 'wait', delay, ...count });
const offline = (delay: number): RetryDecision => ({ kind: 'wait-for-connection', delay, ...count });
const ASK: RetryDecision = { kind: 'ask', ...count };

class FakeConnectivity implements Connectivity {
  readonly listeners = new Set<() => void>();

  isOnline(): boolean {
    return false;
  }

  onOnline(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  goOnline(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

/** A wait for `decision`, and how it has ended: `waiting`, `over`, or the reason. */
function waitFor(decision: RetryDecision, earliest = -Infinity, connectivity: FakeConnectivity | undefined = new FakeConnectivity()) {
  const clock = new FakeClock();
  const wait = new RecoveryWait(decision, { clock, connectivity, earliest });
  let outcome: unknown = 'waiting';
  wait.promise.then(
    () => (outcome = 'over'),
    (reason: unknown) => (outcome = reason),
  );
  const outcomeAfter = async (duration: number): Promise<unknown> => {
    clock.advance(duration);
    await settle();
    return outcome;
  };
  return { clock, wait, connectivity, outcomeAfter, outcome: () => outcome };
}

describe('RecoveryWait', () => {
  it('ends after the delay of the decision, and not before', async () => {
    const { wait, outcomeAfter } = waitFor(timed(2_000));
    expect(wait).to.include({ delay: 2_000, isManual: false });
    expect(await outcomeAfter(1_999)).to.equal('waiting');
    expect(await outcomeAfter(1)).to.equal('over');
  });

  it('lasts until the earliest time of the next attempt if the delay is shorter', async () => {
    const { wait, outcomeAfter } = waitFor(timed(10), 1_000);
    expect(wait.delay).to.equal(1_000);
    expect(await outcomeAfter(999)).to.equal('waiting');
    expect(await outcomeAfter(1)).to.equal('over');
  });

  it('has the delay of the decision if the earliest time is over', () => {
    const { wait } = waitFor(timed(10), -5_000);
    expect(wait.delay).to.equal(10);
  });

  it('does not end by itself while the user is asked', async () => {
    const { clock, wait, outcomeAfter } = waitFor(ASK, 1_000);
    expect(wait).to.include({ delay: undefined, isManual: true });
    expect(clock.pending).to.equal(0);
    expect(await outcomeAfter(3_600_000)).to.equal('waiting');
    wait.goOn();
    expect(await outcomeAfter(0)).to.equal('over');
  });

  it('ends at once when goOn() is called', async () => {
    const { wait, outcomeAfter } = waitFor(timed(60_000), 60_000);
    wait.goOn();
    expect(await outcomeAfter(0)).to.equal('over');
  });

  it('rejects with the reason of an end, and keeps its first outcome', async () => {
    const reason = new DownloadFailure('aborted', 'cancelled');
    const { wait, outcomeAfter } = waitFor(timed(60_000));
    wait.end(reason);
    wait.goOn();
    wait.end(new DownloadFailure('aborted', 'again'));
    expect(await outcomeAfter(60_000)).to.equal(reason);
  });

  it('listens for the connection only if the device is offline', () => {
    expect(waitFor(timed(5)).connectivity?.listeners.size).to.equal(0);
    expect(waitFor(ASK).connectivity?.listeners.size).to.equal(0);
    expect(waitFor(offline(5)).connectivity?.listeners.size).to.equal(1);
  });

  it('ends when the connection returns', async () => {
    const { connectivity, outcomeAfter } = waitFor(offline(30_000));
    connectivity?.goOnline();
    expect(await outcomeAfter(0)).to.equal('over');
  });

  it('ends after its delay although the platform reports no connection', async () => {
    const { outcomeAfter } = waitFor(offline(30_000));
    expect(await outcomeAfter(29_999)).to.equal('waiting');
    expect(await outcomeAfter(1)).to.equal('over');
  });

  it('ends after its delay on a platform that reports no connections', async () => {
    const clock = new FakeClock();
    const wait = new RecoveryWait(offline(500), { clock, connectivity: undefined, earliest: 0 });
    clock.advance(500);
    await wait.promise;
    wait.release();
    expect(clock.pending).to.equal(0);
  });

  it('waits for the earliest time when the connection returns before, with one timer', async () => {
    const { clock, connectivity, outcomeAfter } = waitFor(offline(30_000), 1_000);
    clock.advance(400);
    connectivity?.goOnline();
    connectivity?.goOnline();
    expect(clock.pending).to.equal(1);
    expect(await outcomeAfter(599)).to.equal('waiting');
    expect(await outcomeAfter(1)).to.equal('over');
  });

  it('ends at once when the connection returns at the earliest time', async () => {
    const { clock, connectivity, outcome } = waitFor(offline(30_000), 1_000);
    clock.advance(1_000);
    connectivity?.goOnline();
    await settle();
    // Without a timer: `outcomeAfter` would run one that is due.
    expect(outcome()).to.equal('over');
  });

  it('has neither a timer nor a subscription after its release', async () => {
    const { clock, wait, connectivity, outcomeAfter } = waitFor(offline(1_000));
    wait.release();
    wait.release();
    expect([clock.pending, connectivity?.listeners.size]).to.deep.equal([0, 0]);
    expect(await outcomeAfter(5_000)).to.equal('waiting');
  });
});
