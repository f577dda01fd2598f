import { expect } from 'chai';
import { deferred } from '#dist/core/internal.js';
import { ResponseFailure, type Connection, type ConnectOptions } from '#dist/transfer/network/connection.js';
import { PendingResponse } from '#dist/transfer/network/pending-response.js';
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
  const response = new PendingResponse(connect, { request, clock: new FakeClock(), signals, isBeside }, 'file');
  return { response, resolve, reject, received, signal: received[0]?.signal };
}

describe('PendingResponse', () => {
  it('sends its request at once, beside another one if there is one', () => {
    expect(pending().received).to.have.lengthOf(1);
    expect(pending(true).received[0]?.isBeside).to.equal(true);
    expect(pending().response).to.include({ purpose: 'file', hasResponse: false, hasFailed: false });
  });

  it('has a response if the server sends the file, refuses the range or refuses the file', async () => {
    const connection = connectionOf();
    for (const [settleWith, isRefused] of [
      [({ resolve }: ReturnType<typeof pending>) => resolve(connection), false],
      [({ resolve }: ReturnType<typeof pending>) => resolve(undefined), false],
      [({ reject }: ReturnType<typeof pending>) => reject(new ResponseFailure(new Response(null, { status: 503 }))), true],
    ] as const) {
      const request = pending();
      settleWith(request);
      expect(await request.response.responded).to.equal(request.response);
      expect(request.response).to.include({ hasResponse: true, hasFailed: false });
      if (isRefused) expect(await rejectionOf(request.response.response)).to.be.instanceOf(ResponseFailure);
    }
  });

  it('has failed if no response arrives', async () => {
    const { response, reject } = pending();
    const error = new TypeError('Failed to fetch');
    reject(error);
    expect(await rejectionOf(response.responded)).to.equal(error);
    expect(await rejectionOf(response.response)).to.equal(error);
    expect(response).to.include({ hasResponse: false, hasFailed: true });
  });

  it('ends with the signal of the caller, and with the connection that it becomes', () => {
    const outer = new AbortController();
    const called = pending(false, outer.signal);
    outer.abort();
    expect(called.signal?.aborted).to.equal(true);

    const followed = pending();
    const controller = new AbortController();
    followed.response.follow(controller);
    expect(followed.signal?.aborted).to.equal(false);
    controller.abort();
    expect(followed.signal?.aborted).to.equal(true);
  });

  it('closes its connection when it is dropped, before its response and after it', async () => {
    for (const isLate of [false, true]) {
      const { response, resolve, signal } = pending();
      const body = new PushedBody();
      const connection = connectionOf({ response: new Response(body.stream) });
      if (!isLate) resolve(connection);
      await settle();
      response.drop();
      expect(signal?.aborted).to.equal(true);
      if (isLate) resolve(connection);
      await settle();
      expect(body.cancelled, isLate ? 'a late response' : 'a response').not.to.equal(undefined);
    }
  });

  it('closes the body of a refusal, and ignores a failure, when it is dropped', async () => {
    const body = new PushedBody();
    const refused = pending();
    refused.response.drop();
    refused.reject(new ResponseFailure(new Response(body.stream, { status: 503 })));
    await settle();
    expect(body.cancelled).not.to.equal(undefined);

    const failed = pending();
    failed.response.drop();
    failed.reject(new TypeError('Failed to fetch'));
    expect(await rejectionOf(failed.response.responded)).to.be.instanceOf(TypeError);
  });
});
