import { expect } from 'chai';
import { DownloadRecovery } from '#dist/transfer/download-recovery.js';
import { ResponseFailure } from '#dist/transfer/network/connection.js';
import { RangeRefusals } from '#dist/transfer/network/range-refusals.js';
import { FakeClock, settle } from '../support/fake-clock.js';
import { rejectionOf } from '../support/rejection-of.js';
import { answer, newUrl } from '../support/transfer-parts.js';

function recoveryOf(mayRecover: boolean | ((isAlone?: boolean) => boolean)) {
  const clock = new FakeClock();
  const controller = new AbortController();
  const refusals = new RangeRefusals(newUrl('model.bin'));
  const calls: unknown[] = [];
  const canRecover = typeof mayRecover === 'boolean' ? () => mayRecover : mayRecover;
  const context = { clock, canRecover, recover: (cause: unknown) => Promise.resolve(void calls.push(cause)) };
  const recovery = new DownloadRecovery({ context, refusals, signal: controller.signal, release: () => calls.push('release') });
  return { clock, controller, refusals, calls, recovery };
}

const refusal = (headers: Record<string, string> = {}): ResponseFailure => new ResponseFailure(answer('No', { status: 429, headers }));

/** Recovers from a failure, of which a second is all that must pass. Returns what was called, and the refusals. */
async function recoveredFrom(
  cause: unknown,
  { canRecover, isOfRange }: { canRecover: Parameters<typeof recoveryOf>[0]; isOfRange: boolean },
) {
  const { clock, calls, recovery, refusals } = recoveryOf(canRecover);
  if (isOfRange) refusals.add(cause);
  const recovered = recovery.recover(cause);
  await settle();
  clock.advance(1_000);
  await recovered;
  return { calls, refusals };
}

describe('DownloadRecovery', () => {
  it('releases the file, and recovers as the context does', async () => {
    for (const [canRecover, cause] of [
      [true, refusal()],
      [false, refusal()],
      [false, new TypeError('Failed to fetch')],
    ] as const) {
      const { calls, refusals } = await recoveredFrom(cause, { canRecover, isOfRange: false });
      expect(calls).to.deep.equal(['release', cause]);
      expect(refusals.isExhausted).to.equal(false);
    }
  });

  it('lets a second pass after a refusal, also where a retry of another file ends the wait before', async () => {
    const { clock, recovery, calls } = recoveryOf(true);
    let isOver = false;
    void recovery.recover(refusal()).then(() => (isOver = true));
    await settle();
    expect(calls).to.have.lengthOf(2);
    clock.advance(999);
    await settle();
    expect(isOver).to.equal(false);
    clock.advance(1);
    await settle();
    expect([isOver, clock.pending]).to.deep.equal([true, 0]);
  });

  it('adds no wait after another failure', async () => {
    const { recovery, clock } = recoveryOf(true);
    await recovery.recover(new TypeError('Failed to fetch'));
    await recovery.recover(new ResponseFailure(answer('No', { status: 500 })));
    expect(clock.pending).to.equal(0);
  });

  it('lets a refused range be retried while an attempt is left', async () => {
    const cause = refusal();
    const { calls, refusals } = await recoveredFrom(cause, { canRecover: true, isOfRange: true });
    expect(calls).to.deep.equal(['release', cause]);
    expect(refusals.isExhausted).to.equal(false);
  });

  it('waits a second, or the stated time, for the request of the whole file if none is left', async () => {
    for (const [headers, time] of [
      [{}, 1_000],
      [{ 'Retry-After': '0' }, 1_000],
      [{ 'Retry-After': '5' }, 5_000],
    ] as const) {
      const { clock, calls, recovery, refusals } = recoveryOf(false);
      const cause = refusal(headers);
      refusals.add(cause);
      let isOver = false;
      void recovery.recover(cause).then(() => (isOver = true));
      clock.advance(time - 1);
      await settle();
      expect(isOver).to.equal(false);
      clock.advance(1);
      await settle();
      expect(isOver).to.equal(true);
      expect(calls).to.deep.equal(['release']);
      expect(refusals.isExhausted).to.equal(true);
    }
  });

  it('does not ask the user, and does not wait for a far time, before the request of the whole file', async () => {
    for (const [canRecover, headers] of [
      [(isAlone = false) => !isAlone, {}],
      [() => true, { 'Retry-After': '31' }],
      [() => true, { 'Retry-After': 'Wed, 21 Oct 2099 07:28:00 GMT' }],
    ] as const) {
      const { calls, refusals } = await recoveredFrom(refusal(headers), { canRecover, isOfRange: true });
      expect(calls).to.deep.equal(['release']);
      expect(refusals.isExhausted).to.equal(true);
    }
  });

  it('ends the wait with the reason of the signal, and leaves no timer', async () => {
    const { clock, controller, recovery, refusals } = recoveryOf(false);
    const cause = refusal();
    refusals.add(cause);
    const failing = rejectionOf(recovery.recover(cause));
    controller.abort(new Error('The page aborted'));
    expect(await failing).to.include({ message: 'The page aborted' });
    expect(clock.pending).to.equal(0);
  });
});
