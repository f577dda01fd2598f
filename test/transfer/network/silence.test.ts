import { expect } from 'chai';
import { Silence } from '#dist/transfer/network/silence.js';
import { StallLimit, type StallConditions } from '#dist/transfer/network/stall-limit.js';
import { FakeClock } from '../../support/fake-clock.js';

function watched(conditions?: StallConditions) {
  const clock = new FakeClock();
  const calls: string[] = [];
  const silence = new Silence(new StallLimit(6_000, conditions), clock, {
    onSilent: () => void calls.push('silent'),
    onHopeless: ({ code, message }) => void calls.push(`hopeless: ${code}, ${message}`),
    onOver: () => void calls.push('over'),
  });
  return { clock, calls, silence };
}

const HOPELESS = 'hopeless: timeout, Expected a byte within 60 s, received none';

describe('Silence', () => {
  it('calls once when another connection is needed, and once after ten times the timeout', async () => {
    const { clock, calls, silence } = watched();
    silence.expect();
    await clock.advanceAsync(5_000, 500);
    expect(calls).to.deep.equal([]);
    await clock.advanceAsync(2_000, 500);
    expect(calls).to.deep.equal(['silent']);
    expect(silence.failure).to.include({ code: 'timeout', message: 'Expected a byte within 6 s, received none' });
    await clock.advanceAsync(60_000, 500);
    expect(calls).to.deep.equal(['silent', HOPELESS]);
    silence.close();
    expect(clock.pending).to.equal(0);
  });

  it('is over when a byte arrives, and then begins anew with twice the time', async () => {
    const { clock, calls, silence } = watched();
    silence.expect();
    await clock.advanceAsync(7_000, 500);
    silence.end();
    expect(silence.failure).to.equal(undefined);
    silence.expect();
    await clock.advanceAsync(11_000, 500);
    expect(calls).to.deep.equal(['silent', 'over']);
    await clock.advanceAsync(3_000, 500);
    expect(calls).to.deep.equal(['silent', 'over', 'silent']);
    silence.close();
    expect(clock.pending).to.equal(0);
  });

  it('is not over when its reader waits again, and stays hopeless at the same moment', async () => {
    const { clock, calls, silence } = watched();
    silence.expect();
    await clock.advanceAsync(7_000, 500);
    silence.resume();
    expect(silence.failure).to.equal(undefined);
    await clock.advanceAsync(54_000, 500);
    expect(calls).to.deep.equal(['silent', 'silent', HOPELESS]);
    silence.close();
  });

  it('needs no other connection where none could continue the body', async () => {
    const { clock, calls, silence } = watched({ isResumable: () => false });
    silence.expect();
    await clock.advanceAsync(61_000, 500);
    expect(calls).to.deep.equal([HOPELESS]);
    silence.close();
  });

  it('does not count time in which no byte is expected', async () => {
    const { clock, calls, silence } = watched();
    silence.expect();
    silence.end();
    await clock.advanceAsync(100_000, 500);
    expect(calls).to.deep.equal([]);
    silence.close();
    expect(clock.pending).to.equal(0);
  });
});
