import { expect } from 'chai';
import {
  DownloadFailure,
  DownloadRecoveryManager,
  type Connectivity,
  type DownloadRecoveryManagerOptions,
  type RecoveryState,
} from 'model-download/core';
import { FakeClock, settle } from '../../support/fake-clock.js';

const cut = (): TypeError => new TypeError('Failed to fetch');

/** A recovery with all its reports, and a load that fails the given number of times. */
function recoveryOf(failures: number, options: DownloadRecoveryManagerOptions = {}, failure: () => unknown = cut) {
  const clock = new FakeClock();
  const states: RecoveryState[] = [];
  const recovery = new DownloadRecoveryManager({ clock, random: () => 1, onChange: (state) => states.push(state), ...options });
  let calls = 0;
  const load = async (): Promise<string> => {
    calls += 1;
    // A load throws any value that the runtime throws.

    if (calls <= failures) throw failure();
    return Promise.resolve('model');
  };
  return { clock, recovery, states, calls: () => calls, run: () => recovery.run(load) };
}

/** The outcome of a promise, which a test can read before it settles. */
function watched<T>(promise: Promise<T>) {
  const outcome: { value?: T; error?: unknown } = {};
  promise.then(
    (value) => (outcome.value = value),
    (error: unknown) => (outcome.error = error),
  );
  return outcome;
}

class FakeConnectivity implements Connectivity {
  online: boolean | undefined = true;
  readonly listeners = new Set<() => void>();

  isOnline(): boolean | undefined {
    return this.online;
  }

  onOnline(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

describe('DownloadRecoveryManager', () => {
  it('resolves with the result of a load that succeeds, without a notification', async () => {
    const { run, states } = recoveryOf(0);
    expect(await run()).to.equal('model');
    expect(states).to.deep.equal([]);
  });

  it('retries automatically after a countdown that it reports', async () => {
    const { clock, run, states, calls } = recoveryOf(2);
    const outcome = watched(run());
    await settle();
    expect(states[0]).to.include({ status: 'waiting', attempt: 1, maxAttempts: 3, retryAt: clock.timeOrigin + 1_000 });
    await clock.advanceAsync(999);
    expect(calls()).to.equal(1);
    await clock.advanceAsync(1);
    expect(calls()).to.equal(2);
    expect(states[1]).to.include({ status: 'running', attempt: 1 });
    expect(states[2]).to.include({ status: 'waiting', attempt: 2, retryAt: clock.timeOrigin + 3_000 });
    await clock.advanceAsync(2_000);
    expect(outcome.value).to.equal('model');
    expect(clock.pending).to.equal(0);
  });

  it('waits for the user after three automatic attempts, and continues when the user retries', async () => {
    const { clock, recovery, run, states } = recoveryOf(4);
    const outcome = watched(run());
    await clock.advanceAsync(10_000);
    expect(states.at(-1)).to.include({ status: 'failed', attempt: 0, maxAttempts: 3, canRetry: true });
    expect(outcome).to.deep.equal({});
    expect(recovery.retry()).to.equal(true);
    await settle();
    expect(outcome.value).to.equal('model');
  });

  it('gives up after three attempts by the user, with the failure', async () => {
    const { recovery, run, states, calls } = recoveryOf(99, { automaticAttempts: 0 });
    const outcome = watched(run());
    for (let attempt = 0; attempt < 3; attempt++) {
      await settle();
      recovery.retry();
    }
    await settle();
    expect(calls()).to.equal(4);
    expect(states.at(-1)).to.include({ status: 'failed', attempt: 3, canRetry: false });
    expect(outcome.error).to.include({ code: 'network' });
    expect(recovery.retry()).to.equal(false);
  });

  it('can recover while an automatic attempt, or one by a user whom it may ask, is left', () => {
    const canRecover = (options: DownloadRecoveryManagerOptions): boolean => new DownloadRecoveryManager(options).canRecover;
    expect(canRecover({ interactive: false })).to.equal(true);
    expect(canRecover({ interactive: false, automaticAttempts: 0 })).to.equal(false);
    expect(canRecover({ automaticAttempts: 0 })).to.equal(true);
    expect(canRecover({ automaticAttempts: 0, manualAttempts: 0 })).to.equal(false);
  });

  it('rejects after the automatic attempts without a user to ask', async () => {
    const { clock, run, states } = recoveryOf(99, { interactive: false });
    const outcome = watched(run());
    await clock.advanceAsync(10_000);
    expect(outcome.error).to.include({ code: 'network' });
    expect(states.at(-1)).to.include({ status: 'failed', canRetry: false });
  });

  it('ends a countdown when the user retries', async () => {
    const { clock, recovery, run } = recoveryOf(1);
    const outcome = watched(run());
    await settle();
    recovery.retry();
    await settle();
    expect(outcome.value).to.equal('model');
    expect(clock.pending).to.equal(0);
    expect(recovery.policy.manualAttempt, 'spends no attempt').to.equal(0);
  });

  for (const [when, failures, automaticAttempts] of [
    ['while the load runs', 0, 3],
    ['during a countdown', 1, 3],
    ['while the user is asked', 1, 0],
  ] as const) {
    it(`ends at once when cancelled ${when}`, async () => {
      const { clock, recovery, run } = recoveryOf(failures, { automaticAttempts });
      const endless = failures === 0 ? recovery.run(() => new Promise(() => undefined)) : run();
      const outcome = watched(endless);
      await settle();
      recovery.cancel();
      await settle();
      expect(outcome.error).to.include({ code: 'aborted' });
      expect(clock.pending).to.equal(0);
      expect(recovery.retry()).to.equal(false);
    });
  }

  it('waits for the connection while offline, and listens only then', async () => {
    const connectivity = new FakeConnectivity();
    connectivity.online = false;
    const { run, states } = recoveryOf(1, { connectivity });
    const outcome = watched(run());
    await settle();
    expect(states[0]).to.include({ status: 'waiting', retryAt: undefined });
    expect(connectivity.listeners.size).to.equal(1);
    for (const listener of connectivity.listeners) listener();
    await settle();
    expect(outcome.value).to.equal('model');
    expect(connectivity.listeners.size).to.equal(0);
  });

  it('retries as after any other break while the platform reports that it is offline, since it may be wrong', async () => {
    const connectivity = new FakeConnectivity();
    connectivity.online = false;
    const { clock, run, calls } = recoveryOf(10, { connectivity });
    const outcome = watched(run());
    await settle();
    await clock.advanceAsync(1_000);
    expect(calls(), 'after a second').to.equal(2);
    // 2, 4, 8 and 16 s, then 30 s each time.
    await clock.advanceAsync(30_000);
    expect(calls()).to.equal(6);
    await clock.advanceAsync(5 * 30_000, 1_000);
    expect(outcome.value).to.equal('model');
  });

  it('makes at most one attempt a second, however often the platform reports that it is online again', async () => {
    const connectivity = new FakeConnectivity();
    connectivity.online = false;
    const { clock, run, calls } = recoveryOf(99, { connectivity });
    watched(run());
    await settle();
    for (let time = 0; time < 3_000; time += 50) {
      for (const listener of [...connectivity.listeners]) listener();
      await clock.advanceAsync(50);
    }
    expect(calls()).to.be.within(2, 5);
  });

  it('waits between two recoveries from the same cause, also without a run that counts them', async () => {
    const clock = new FakeClock();
    const recovery = new DownloadRecoveryManager({ clock, random: () => 0, interactive: false });
    const times: number[] = [];
    const again = async (): Promise<void> => {
      for (;;) {
        await recovery.recover(cut());
        times.push(clock.now());
      }
    };
    const outcome = watched(again());
    await clock.advanceAsync(10_000);
    expect(outcome.error).to.include({ code: 'network' });
    expect(times).to.have.lengthOf(3);
    for (const [index, time] of times.slice(1).entries()) expect(time - (times[index] ?? 0)).to.be.at.least(1_000);
  });

  it('leaves no timer when its listener throws, and reports an uncaught error', async () => {
    const { clock, recovery, run } = recoveryOf(1, {
      onChange: () => {
        throw new Error('of the page');
      },
    });
    const outcome = watched(run());
    await settle();
    expect(() => clock.advance(0)).to.throw('of the page');
    recovery.cancel();
    await settle();
    expect(outcome.error).to.include({ code: 'aborted' });
    expect(clock.pending).to.equal(0);
  });

  it('leaves no timer when a load ends while one of its transfers still waits', async () => {
    const clock = new FakeClock();
    const recovery = new DownloadRecoveryManager({ clock, random: () => 1 });
    let waiting: Promise<void> | undefined;
    const load = (): Promise<string> => {
      waiting = recovery.recover(cut());
      return Promise.resolve('model');
    };
    expect(await recovery.run(load)).to.equal('model');
    expect(await waiting?.catch((error: unknown) => error)).to.include({ code: 'aborted' });
    expect(clock.pending).to.equal(0);
  });

  it('leaves no timer when it is cancelled without a run', async () => {
    const clock = new FakeClock();
    const recovery = new DownloadRecoveryManager({ clock, random: () => 1 });
    const outcome = watched(recovery.recover(cut()));
    recovery.cancel();
    await settle();
    expect(outcome.error).to.include({ code: 'aborted' });
    expect(clock.pending).to.equal(0);
    watched(recovery.recover(cut()));
    expect(clock.pending, 'it can recover another transfer').to.equal(1);
  });

  it('treats a platform that throws as one that reports nothing', async () => {
    const connectivity: Connectivity = {
      isOnline: () => {
        throw new Error('no');
      },
      onOnline: () => () => undefined,
    };
    const { clock, run } = recoveryOf(1, { connectivity });
    const outcome = watched(run());
    await settle();
    await clock.advanceAsync(1_000);
    expect(outcome.value).to.equal('model');
  });

  it('does not retry a failure that a retry cannot resolve', async () => {
    const { run, calls } = recoveryOf(9, {}, () => new Error("Can't create a session"));
    const outcome = watched(run());
    await settle();
    expect(outcome.error).to.include({ code: 'runtime' });
    expect(calls()).to.equal(1);
  });

  it('deletes the stored bytes before it starts over, and only then', async () => {
    const done: string[] = [];
    const discard = async (): Promise<void> => {
      done.push('discard');
      return Promise.resolve();
    };
    const { recovery, run, calls } = recoveryOf(1, { automaticAttempts: 0, discard });
    const outcome = watched(run());
    await settle();
    expect(recovery.canRestart).to.equal(true);
    await recovery.restart();
    await settle();
    expect(done).to.deep.equal(['discard']);
    expect(calls()).to.equal(2);
    expect(outcome.value).to.equal('model');
  });

  it('offers no restart without incomplete files', async () => {
    const { recovery, run } = recoveryOf(1, { automaticAttempts: 0 });
    watched(run());
    await settle();
    expect(recovery.canRestart).to.equal(false);
    expect(await recovery.restart()).to.equal(false);
  });

  for (const action of ['retry', 'restart'] as const) {
    it(`loads no more when it is cancelled right after a ${action}`, async () => {
      const { recovery, run, calls } = recoveryOf(1, { automaticAttempts: 0, discard: () => Promise.resolve() });
      const outcome = watched(run());
      await settle();
      const answered = recovery[action]();
      if (answered instanceof Promise) await answered;
      recovery.cancel();
      await settle();
      expect(outcome.error).to.include({ code: 'aborted', message: 'The download was cancelled.' });
      expect(calls()).to.equal(1);
    });
  }

  for (const action of ['retry', 'restart'] as const) {
    it(`spends one retry of the user for two calls of ${action} in one task`, async () => {
      const { recovery, run, calls } = recoveryOf(1, { automaticAttempts: 0, discard: () => Promise.resolve() });
      const outcome = watched(run());
      await settle();
      expect(await Promise.all([recovery[action](), recovery[action]()])).to.deep.equal([true, false]);
      await settle();
      expect(outcome.value).to.equal('model');
      expect([calls(), recovery.policy.manualAttempt]).to.deep.equal([2, 1]);
    });
  }

  it('spends a retry of the user for a restart that the user was asked about, and none during a countdown', async () => {
    for (const [automaticAttempts, spent] of [
      [0, 1],
      [3, 0],
    ] as const) {
      const { recovery, run, states } = recoveryOf(1, { automaticAttempts, discard: () => Promise.resolve() });
      const outcome = watched(run());
      await settle();
      expect(await recovery.restart()).to.equal(true);
      await settle();
      expect(outcome.value).to.equal('model');
      expect(recovery.policy.manualAttempt).to.equal(spent);
      expect(states.at(-1)).to.include({ status: 'running', attempt: 1, maxAttempts: 3 });
    }
  });

  it('rejects the recoveries of its transfers when it starts over, and loads again', async () => {
    const clock = new FakeClock();
    const recovery = new DownloadRecoveryManager({ clock, random: () => 1, discard: () => Promise.resolve() });
    const reasons: unknown[] = [];
    let calls = 0;
    const load = async (): Promise<string> => {
      calls += 1;
      if (calls > 1) return 'model';
      await recovery.recover(cut()).catch((reason: unknown) => {
        reasons.push(reason);
        throw reason;
      });
      return 'first';
    };
    const outcome = watched(recovery.run(load));
    await settle();
    await recovery.restart();
    await settle();
    expect(reasons[0]).to.include({ code: 'aborted', message: 'The download starts over.' });
    expect([outcome.value, calls, clock.pending]).to.deep.equal(['model', 2, 0]);
  });

  it('does not start over when the wait has ended during the deletion', async () => {
    let finish: () => void = () => undefined;
    const deletion = new Promise<void>((resolve) => (finish = resolve));
    const { clock, recovery, run, calls } = recoveryOf(1, { discard: () => deletion });
    const outcome = watched(run());
    await settle();
    const restarted = recovery.restart();
    await clock.advanceAsync(1_000);
    finish();
    expect(await restarted).to.equal(false);
    expect([outcome.value, calls()]).to.deep.equal(['model', 2]);
  });

  it('has nothing to restart or to retry while the load runs', async () => {
    const deletions: string[] = [];
    const discard = (): Promise<void> => Promise.resolve(void deletions.push('deleted'));
    const { clock } = recoveryOf(0);
    const recovery = new DownloadRecoveryManager({ clock, discard });
    watched(recovery.run(() => new Promise(() => undefined)));
    expect([recovery.canRestart, recovery.retry(), await recovery.restart()]).to.deep.equal([false, false, false]);
    expect(deletions).to.deep.equal([]);
  });

  it('reports the retries of the user while the load continues after one', async () => {
    const { recovery, run, states } = recoveryOf(2, { automaticAttempts: 0, manualAttempts: 5 });
    watched(run());
    for (const attempt of [1, 2]) {
      await settle();
      recovery.retry();
      await settle();
      expect(states.filter(({ status }) => status === 'running').at(-1)).to.include({ attempt, maxAttempts: 5 });
    }
  });

  it('rejects a recovery at once after its end, by a result or a cancel', async () => {
    const done = recoveryOf(0);
    await done.run();
    expect(await done.recovery.recover(cut()).catch((error: unknown) => error)).to.include({ code: 'network' });
    const cancelled = recoveryOf(0);
    watched(cancelled.recovery.run(() => new Promise(() => undefined)));
    cancelled.recovery.cancel();
    const recovered = watched(cancelled.recovery.recover(cut()));
    await settle();
    expect(recovered.error).to.include({ code: 'network' });
    expect([done.clock.pending, cancelled.clock.pending]).to.deep.equal([0, 0]);
  });

  it('rejects an abort at once, and a failure that it has given up on', async () => {
    const clock = new FakeClock();
    const recovery = new DownloadRecoveryManager({ clock, automaticAttempts: 0, manualAttempts: 0 });
    const aborted = watched(recovery.recover(new DOMException('The user aborted a request.', 'AbortError')));
    await settle();
    expect(aborted.error).to.include({ code: 'aborted' });
    const failure = await recovery.recover(cut()).catch((error: unknown) => error);
    recovery.policy.refill();
    expect(await recovery.recover(failure).catch((error: unknown) => error)).to.equal(failure);
    expect(clock.pending).to.equal(0);
  });

  it('reports no state when the load aborts itself', async () => {
    const { run, states } = recoveryOf(9, {}, () => new DOMException('The user aborted a request.', 'AbortError'));
    const outcome = watched(run());
    await settle();
    expect(outcome.error).to.include({ code: 'aborted' });
    expect(states).to.deep.equal([]);
  });

  it('shares one wait between failures, and adds that of a rate limit once', async () => {
    const clock = new FakeClock();
    const states: RecoveryState[] = [];
    const recovery = new DownloadRecoveryManager({ clock, random: () => 1, onChange: (state) => states.push(state) });
    const limited = (): DownloadFailure => new DownloadFailure('rate-limited', '429', { httpStatus: 429, retryAfter: 10_000 });
    const first = watched(recovery.recover(cut()).then(() => clock.now()));
    const shared = watched(recovery.recover(new TypeError('terminated')).then(() => clock.now()));
    const rateLimited = watched(recovery.recover(limited()).then(() => clock.now()));
    const again = watched(recovery.recover(limited()).then(() => clock.now()));
    const later = watched(recovery.recover(cut()).then(() => clock.now()));
    await clock.advanceAsync(1_000);
    expect([first.value, shared.value, rateLimited.value]).to.deep.equal([1_000, 1_000, undefined]);
    const during = watched(recovery.recover(cut()).then(() => clock.now()));
    await clock.advanceAsync(10_000);
    expect([rateLimited, again, later, during].map(({ value }) => value)).to.deep.equal([11_000, 11_000, 11_000, 11_000]);
    expect(states.map(({ status }) => status)).to.deep.equal(['waiting', 'running', 'waiting', 'running']);
    expect(states.map(({ failure }) => failure.code)).to.deep.equal(['network', 'network', 'rate-limited', 'rate-limited']);
  });

  it('waits anew for a failure after a shared wait has ended', async () => {
    const clock = new FakeClock();
    const recovery = new DownloadRecoveryManager({ clock, random: () => 1 });
    const first = watched(recovery.recover(cut()).then(() => clock.now()));
    await clock.advanceAsync(1_000);
    const second = watched(recovery.recover(cut()).then(() => clock.now()));
    await clock.advanceAsync(2_000);
    expect([first.value, second.value]).to.deep.equal([1_000, 3_000]);
  });

  it('rejects a transfer that still waits at the end of its load with the reason', async () => {
    const clock = new FakeClock();
    const recovery = new DownloadRecoveryManager({ clock, random: () => 1 });
    let waiting: Promise<void> | undefined;
    await recovery.run(() => {
      waiting = recovery.recover(cut());
      return Promise.resolve('model');
    });
    expect(await waiting?.catch((error: unknown) => error)).to.include({ code: 'aborted', message: 'The load is over.' });
  });

  it('runs one load after another', async () => {
    const { recovery } = recoveryOf(0);
    watched(recovery.run(() => new Promise(() => undefined)));
    recovery.cancel('first');
    await settle();
    expect(await recovery.run(() => Promise.resolve('second'))).to.equal('second');
  });

  it('recovers a load that throws before it returns a promise', async () => {
    const { clock, recovery } = recoveryOf(0);
    let calls = 0;
    const load = (): Promise<string> => {
      calls += 1;
      if (calls === 1) throw cut();
      return Promise.resolve('model');
    };
    const outcome = watched(recovery.run(load));
    await settle();
    await clock.advanceAsync(1_000);
    expect(outcome.value).to.equal('model');
  });

  it('can be cancelled and retried by its own listener', async () => {
    const cancelled = recoveryOf(1, { onChange: () => cancelled.recovery.cancel('By the page.') });
    const outcome = watched(cancelled.run());
    await settle();
    expect(outcome.error).to.include({ code: 'aborted', message: 'By the page.' });
    expect([cancelled.calls(), cancelled.clock.pending]).to.deep.equal([1, 0]);
    const retried = recoveryOf(3, {
      automaticAttempts: 0,
      onChange: ({ status }) => {
        if (status === 'failed') retried.recovery.retry();
      },
    });
    expect(await retried.run()).to.equal('model');
    expect(retried.recovery.policy.manualAttempt).to.equal(3);
  });
});
