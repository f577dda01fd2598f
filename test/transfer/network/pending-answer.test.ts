import { expect } from 'chai';
import { deferred } from '#dist/core/internal.js';
import { ResponseFailure, type Connection, type ConnectOptions } from '#dist/transfer/network/connection.js';
import { PendingAnswer } from '#dist/transfer/network/pending-answer.js';
import { FakeClock, settle } from '../../support/fake-clock.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { connectionOf, newUrl, PushedBody, requestFor } from '../../support/transfer-parts.js';

/** A request that is answered when the test decides. */
function pending(isBeside?: boolean, outer?: AbortSignal) {
  const { promise, resolve, reject } = deferred<Connection | undefined>();
  const received: ConnectOptions[] = [];
  const connect = (options: ConnectOptions): Promise<Connection | undefined> => {
    received.push(options);
    return promise;
  };
  const request = requestFor(newUrl(), () => Promise.reject(new Error('Expected no request')));
  const signals = outer ? [outer] : [];
  const answer = new PendingAnswer(connect, { request, clock: new FakeClock(), signals, isBeside }, 'file');
  return { answer, resolve, reject, received, signal: received[0]?.signal };
}

describe('PendingAnswer', () => {
  it('sends its request at once, beside another one if there is one', () => {
    expect(pending().received).to.have.lengthOf(1);
    expect(pending(true).received[0]?.isBeside).to.equal(true);
    expect(pending().answer).to.include({ purpose: 'file', isAnswered: false, hasFailed: false });
  });

  it('is answered by a connection, by a refused range and by a refusal of the file', async () => {
    const connection = connectionOf();
    for (const [settleWith, isRefused] of [
      [({ resolve }: ReturnType<typeof pending>) => resolve(connection), false],
      [({ resolve }: ReturnType<typeof pending>) => resolve(undefined), false],
      [({ reject }: ReturnType<typeof pending>) => reject(new ResponseFailure(new Response(null, { status: 503 }))), true],
    ] as const) {
      const request = pending();
      settleWith(request);
      expect(await request.answer.answered).to.equal(request.answer);
      expect(request.answer).to.include({ isAnswered: true, hasFailed: false });
      if (isRefused) expect(await rejectionOf(request.answer.answer)).to.be.instanceOf(ResponseFailure);
    }
  });

  it('has failed if no answer arrives', async () => {
    const { answer, reject } = pending();
    const error = new TypeError('Failed to fetch');
    reject(error);
    expect(await rejectionOf(answer.answered)).to.equal(error);
    expect(await rejectionOf(answer.answer)).to.equal(error);
    expect(answer).to.include({ isAnswered: false, hasFailed: true });
  });

  it('ends with the signal of the caller, and with the connection that it becomes', () => {
    const outer = new AbortController();
    const called = pending(false, outer.signal);
    outer.abort();
    expect(called.signal?.aborted).to.equal(true);

    const followed = pending();
    const controller = new AbortController();
    followed.answer.follow(controller);
    expect(followed.signal?.aborted).to.equal(false);
    controller.abort();
    expect(followed.signal?.aborted).to.equal(true);
  });

  it('closes its connection when it is dropped, before its answer and after it', async () => {
    for (const isLate of [false, true]) {
      const { answer, resolve, signal } = pending();
      const body = new PushedBody();
      const connection = connectionOf({ response: new Response(body.stream) });
      if (!isLate) resolve(connection);
      await settle();
      answer.drop();
      expect(signal?.aborted).to.equal(true);
      if (isLate) resolve(connection);
      await settle();
      expect(body.cancelled, isLate ? 'a late answer' : 'an answer').not.to.equal(undefined);
    }
  });

  it('closes the body of a refusal, and ignores a failure, when it is dropped', async () => {
    const body = new PushedBody();
    const refused = pending();
    refused.answer.drop();
    refused.reject(new ResponseFailure(new Response(body.stream, { status: 503 })));
    await settle();
    expect(body.cancelled).not.to.equal(undefined);

    const failed = pending();
    failed.answer.drop();
    failed.reject(new TypeError('Failed to fetch'));
    expect(await rejectionOf(failed.answer.answered)).to.be.instanceOf(TypeError);
  });
});
