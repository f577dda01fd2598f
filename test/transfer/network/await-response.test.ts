import { expect } from 'chai';
import { ResponseWait } from '#dist/transfer/network/await-response.js';
import { StallLimit } from '#dist/transfer/network/stall-limit.js';
import { ResponseFailure, type Connection, type ConnectOptions } from '#dist/transfer/network/connection.js';
import { deferred } from '../../support/deferred.js';
import { FakeClock, settle } from '../../support/fake-clock.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { connectionOf, newUrl, PushedBody, requestFor } from '../../support/transfer-parts.js';

function waitWith(signals: readonly AbortSignal[] = [], canRecover = (): boolean => true) {
  const clock = new FakeClock();
  const request = requestFor(newUrl(), () => Promise.reject(new Error('Expected no request')));
  return { clock, request, wait: new ResponseWait({ request, clock, stall: new StallLimit(1_000, { canRecover }), signals }) };
}

/** Never answers. */
const hang = (): Promise<Connection> => new Promise(() => undefined);

/** A request that is answered, or fails, when the test decides. */
function requestOf() {
  const { promise, resolve } = deferred<Connection>();
  const request = {
    signal: undefined as AbortSignal | undefined,
    isBeside: undefined as boolean | undefined,
    connection: undefined as Connection | undefined,
    connect: ({ signal, isBeside }: ConnectOptions): Promise<Connection> => {
      Object.assign(request, { signal, isBeside });
      return promise;
    },
    answer: (connection: Connection): void => {
      request.connection = connection;
      resolve(connection);
    },
    fail: (error: Error): void => resolve(Promise.reject(error) as unknown as Connection),
  };
  return request;
}

describe('ResponseWait', () => {
  it('resolves with the connection, and leaves no timer', async () => {
    const { clock, request, wait } = waitWith();
    const connection = connectionOf();
    const received: ConnectOptions[] = [];
    const connect = (options: ConnectOptions): Promise<Connection> => {
      received.push(options);
      return Promise.resolve(connection);
    };
    expect(await wait.to(connect, new AbortController(), 'file')).to.equal(connection);
    expect(received[0]).to.include({ request, clock });
    expect(clock.pending).to.equal(0);
  });

  it('rejects as the request does, and leaves no timer', async () => {
    const { clock, wait } = waitWith();
    const error = new TypeError('Failed to fetch');
    expect(await rejectionOf(wait.to(() => Promise.reject(error), new AbortController(), 'file'))).to.equal(error);
    expect(clock.pending).to.equal(0);
  });

  it('passes a signal that aborts with the connection, and with the signals of the caller', async () => {
    const caller = new AbortController();
    const { wait } = waitWith([caller.signal]);
    const signals: AbortSignal[] = [];
    const connect = ({ signal }: ConnectOptions): Promise<Connection> => {
      signals.push(signal);
      return Promise.resolve(connectionOf());
    };
    const own = new AbortController();
    await wait.to(connect, own, 'file');
    await wait.to(connect, new AbortController(), 'file');
    own.abort('closed');
    expect(signals.map(({ reason }) => reason as unknown)).to.deep.equal(['closed', undefined]);
    caller.abort('caller');
    expect(signals[1]?.reason).to.equal('caller');
  });

  it('rejects without a response in time, and waits twice as long for the next, up to eight times', async () => {
    const { clock, wait } = waitWith();
    for (const limit of [1_000, 2_000, 4_000, 8_000, 8_000]) {
      let isSettled = false;
      const failing = rejectionOf(wait.to(hang, new AbortController(), 'file')).finally(() => (isSettled = true));
      clock.advance(limit - 1);
      await settle();
      expect(isSettled, `${limit}`).to.equal(false);
      clock.advance(1);
      expect(await failing).to.include({ code: 'timeout' });
    }
    expect(clock.pending).to.equal(0);
  });

  it('rejects with the reason of the connection once that has aborted, and cancels a response that arrives later', async () => {
    const { wait } = waitWith();
    const { promise, resolve } = deferred<Connection>();
    const controller = new AbortController();
    const failing = rejectionOf(wait.to(() => promise, controller, 'file'));
    controller.abort('paused');
    expect(await failing).to.equal('paused');
    const body = new PushedBody();
    resolve(connectionOf({ response: new Response(body.stream) }));
    await settle();
    expect(body.cancelled).not.to.equal(undefined);
  });

  it('does not cancel a response that has arrived in time', async () => {
    const { wait } = waitWith();
    const controller = new AbortController();
    const body = new PushedBody();
    const connection = connectionOf({ response: new Response(body.stream) });
    await wait.to(() => Promise.resolve(connection), controller, 'file');
    controller.abort();
    await settle();
    expect(body.cancelled).to.equal(undefined);
  });

  describe('after a timeout', () => {
    /** Lets a request time out; returns the end of the wait, and what the request's answer would be. */
    async function timedOut(wait: ResponseWait, clock: FakeClock) {
      const late = requestOf();
      const failing = rejectionOf(wait.to(late.connect, new AbortController(), 'file'));
      clock.advance(1_000);
      expect(await failing).to.include({ code: 'timeout' });
      return late;
    }

    it('accepts the response to the late request, and closes the next one', async () => {
      const { clock, wait } = waitWith();
      const late = await timedOut(wait, clock);
      const next = requestOf();
      const controller = new AbortController();
      const waiting = wait.to(next.connect, controller, 'file');
      expect([late.isBeside, next.isBeside]).to.deep.equal([false, true]);
      late.answer(connectionOf());
      expect(await waiting).to.equal(late.connection);
      expect([late.signal?.aborted, next.signal?.aborted]).to.deep.equal([false, true]);
      controller.abort();
      expect(late.signal?.aborted, 'the connection has the controller of the wait').to.equal(true);
    });

    it('sends no further request if the late one has been answered meanwhile', async () => {
      const { clock, wait } = waitWith();
      const late = await timedOut(wait, clock);
      late.answer(connectionOf());
      await settle();
      const next = requestOf();
      expect(await wait.to(next.connect, new AbortController(), 'file')).to.equal(late.connection);
      expect(next.signal).to.equal(undefined);
    });

    it('closes the late request once the next one is answered', async () => {
      const { clock, wait } = waitWith();
      const late = await timedOut(wait, clock);
      const next = requestOf();
      next.answer(connectionOf());
      expect(await wait.to(next.connect, new AbortController(), 'file')).to.equal(next.connection);
      expect([late.signal?.aborted, next.signal?.aborted]).to.deep.equal([true, false]);
    });

    it('cancels a response that arrives after the late request was closed', async () => {
      const { clock, wait } = waitWith();
      const late = await timedOut(wait, clock);
      wait.end();
      const body = new PushedBody();
      late.answer(connectionOf({ response: new Response(body.stream) }));
      await settle();
      expect(late.signal?.aborted).to.equal(true);
      expect(body.cancelled).not.to.equal(undefined);
    });

    it('keeps the first request only, and drops it for a request of another purpose', async () => {
      const { clock, wait } = waitWith();
      const first = await timedOut(wait, clock);
      const second = requestOf();
      const failing = rejectionOf(wait.to(second.connect, new AbortController(), 'file'));
      clock.advance(2_000);
      await failing;
      expect([first.signal?.aborted, second.signal?.aborted]).to.deep.equal([false, true]);
      const other = requestOf();
      other.answer(connectionOf());
      await wait.to(other.connect, new AbortController(), 'range 5');
      expect(first.signal?.aborted).to.equal(true);
    });

    it('ignores the failure of the late request, and keeps the next one that times out in its place', async () => {
      const { clock, wait } = waitWith();
      const first = await timedOut(wait, clock);
      const second = requestOf();
      const failing = rejectionOf(wait.to(second.connect, new AbortController(), 'file'));
      first.fail(new TypeError('Failed to fetch'));
      await settle();
      clock.advance(2_000);
      expect(await failing).to.include({ code: 'timeout' });
      const third = rejectionOf(wait.to(hang, new AbortController(), 'file'));
      clock.advance(4_000);
      await third;
      second.answer(connectionOf());
      await settle();
      expect(await wait.to(hang, new AbortController(), 'file')).to.equal(second.connection);
    });

    it('rejects with the refusal of the late request, and closes the next one', async () => {
      const { clock, wait } = waitWith();
      const late = await timedOut(wait, clock);
      const next = requestOf();
      const failing = rejectionOf(wait.to(next.connect, new AbortController(), 'file'));
      const refusal = new ResponseFailure(new Response(null, { status: 429 }));
      late.fail(refusal);
      expect(await failing).to.equal(refusal);
      expect(next.signal?.aborted).to.equal(true);
    });

    it('closes the late request once the next one is refused', async () => {
      const { clock, wait } = waitWith();
      const late = await timedOut(wait, clock);
      const refusal = new ResponseFailure(new Response(null, { status: 404 }));
      expect(await rejectionOf(wait.to(() => Promise.reject(refusal), new AbortController(), 'file'))).to.equal(refusal);
      expect(late.signal?.aborted).to.equal(true);
    });

    it('rejects as the next request fails, and keeps the late one', async () => {
      const { clock, wait } = waitWith();
      const late = await timedOut(wait, clock);
      const error = new TypeError('Failed to fetch');
      expect(await rejectionOf(wait.to(() => Promise.reject(error), new AbortController(), 'file'))).to.equal(error);
      expect(late.signal?.aborted).to.equal(false);
    });

    it('closes both requests when the wait is aborted', async () => {
      const { clock, wait } = waitWith();
      const late = await timedOut(wait, clock);
      const next = requestOf();
      const controller = new AbortController();
      const failing = rejectionOf(wait.to(next.connect, controller, 'file'));
      controller.abort('paused');
      expect(await failing).to.equal('paused');
      await settle();
      expect([late.signal?.aborted, next.signal?.aborted]).to.deep.equal([true, true]);
    });
  });

  it('waits ten times as long if the download would end with the timeout', async () => {
    const { clock, wait } = waitWith([], () => false);
    const late = requestOf();
    const waiting = wait.to(late.connect, new AbortController(), 'file');
    clock.advance(9_999);
    late.answer(connectionOf());
    expect(await waiting).to.equal(late.connection);
    const failing = rejectionOf(wait.to(hang, new AbortController(), 'file'));
    clock.advance(10_000);
    expect(await failing).to.include({ code: 'timeout', message: 'Expected a byte within 10 s, received none' });
  });
});
