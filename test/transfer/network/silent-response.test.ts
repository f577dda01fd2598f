import { expect } from 'chai';
import { OpenResponse } from '#dist/transfer/network/open-response.js';
import { SilentResponse } from '#dist/transfer/network/silent-response.js';
import { StallLimit } from '#dist/transfer/network/stall-limit.js';
import { FakeClock, settle } from '../../support/fake-clock.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { bytesOf, connectionOf, PushedBody } from '../../support/transfer-parts.js';

/** A response whose server has been silent for as long as the timeout. */
async function silentAnswer() {
  const clock = new FakeClock();
  const body = new PushedBody();
  const controller = new AbortController();
  const connection = connectionOf({
    response: new Response(body.stream),
    end: 10,
    declared: 10,
    version: { total: 10, validator: undefined },
  });
  const answer = new OpenResponse(connection, 0, { controller, clock, stall: new StallLimit(6_000), onBytes: () => undefined });
  await clock.advanceAsync(7_000, 500);
  expect(answer.isSilent).to.equal(true);
  return { answer, body, clock, controller };
}

describe('SilentResponse', () => {
  it('holds one connection, until that is taken or dropped', async () => {
    const silent = new SilentResponse();
    expect(silent).to.include({ isHeld: false, isOver: false });
    const [first, second] = [await silentAnswer(), await silentAnswer()];
    expect(silent.hold(first.answer)).to.equal(true);
    expect(silent.hold(second.answer)).to.equal(false);
    expect(silent).to.include({ isHeld: true, isOver: false });
    expect(silent.take()).to.equal(first.answer);
    expect(first.answer.isSilent, 'its reader waits again').to.equal(false);
    expect(silent.isHeld).to.equal(false);
    expect(silent.hold(second.answer)).to.equal(true);
    silent.drop();
    expect(silent.isHeld).to.equal(false);
    expect(second.controller.signal.aborted).to.equal(true);
    first.answer.close();
  });

  it('is over once bytes arrive, and not held any longer if the connection breaks', async () => {
    const [delivering, breaking] = [await silentAnswer(), await silentAnswer()];
    const silents = [delivering, breaking].map(({ answer }) => {
      const silent = new SilentResponse();
      silent.hold(answer);
      return silent;
    });
    delivering.body.push(bytesOf(1));
    breaking.body.fail(new TypeError('network error'));
    await settle();
    expect(silents[0]).to.include({ isHeld: true, isOver: true });
    expect(silents[1]).to.include({ isHeld: false, isOver: false });
    for (const silent of silents) silent.drop();
  });

  it('aborts another request when bytes arrive before its response, and not after that', async () => {
    const silent = new SilentResponse();
    const { answer, body } = await silentAnswer();
    silent.hold(answer);
    const answered = new AbortController();
    expect(await silent.orElse(Promise.resolve('answer'), answered)).to.equal('answer');
    const pending = new AbortController();
    const request = new Promise<never>((_resolve, reject) => {
      pending.signal.addEventListener('abort', () => reject(pending.signal.reason as Error));
    });
    const failing = rejectionOf(silent.orElse(request, pending));
    body.push(bytesOf(1));
    expect(await failing).to.include({ name: 'AbortError' });
    expect(answered.signal.aborted).to.equal(false);
    silent.drop();
  });

  it('aborts nothing when the silent connection breaks', async () => {
    const silent = new SilentResponse();
    const { answer, body } = await silentAnswer();
    silent.hold(answer);
    const controller = new AbortController();
    let respond = (): void => undefined;
    const reply = silent.orElse(new Promise<void>((resolve) => (respond = resolve)), controller);
    body.fail(new TypeError('network error'));
    await settle();
    expect(controller.signal.aborted).to.equal(false);
    respond();
    await reply;
    silent.drop();
  });
});
