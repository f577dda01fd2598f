import { expect } from 'chai';
import { AnswerWait } from '#dist/transfer/network/await-answer.js';
import { StallLimit } from '#dist/transfer/network/stall-limit.js';
import type { Connection, ConnectOptions } from '#dist/transfer/network/connection.js';
import { deferred } from '../../support/deferred.js';
import { FakeClock, settle } from '../../support/fake-clock.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { connectionOf, newUrl, PushedBody, requestFor } from '../../support/transfer-parts.js';

function waitWith(signals: readonly AbortSignal[] = []) {
  const clock = new FakeClock();
  const request = requestFor(newUrl(), () => Promise.reject(new Error('Expected no request')));
  return { clock, request, wait: new AnswerWait({ request, clock, stall: new StallLimit(1_000), signals }) };
}

/** Never answers. */
const hang = (): Promise<Connection> => new Promise(() => undefined);

describe('AnswerWait', () => {
  it('resolves with the connection, and leaves no timer', async () => {
    const { clock, request, wait } = waitWith();
    const connection = connectionOf();
    const received: ConnectOptions[] = [];
    const connect = (options: ConnectOptions): Promise<Connection> => {
      received.push(options);
      return Promise.resolve(connection);
    };
    expect(await wait.to(connect, new AbortController())).to.equal(connection);
    expect(received[0]).to.include({ request, clock });
    expect(clock.pending).to.equal(0);
  });

  it('rejects as the request does, and leaves no timer', async () => {
    const { clock, wait } = waitWith();
    const error = new TypeError('Failed to fetch');
    expect(await rejectionOf(wait.to(() => Promise.reject(error), new AbortController()))).to.equal(error);
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
    await wait.to(connect, own);
    await wait.to(connect, new AbortController());
    own.abort('closed');
    expect(signals.map(({ reason }) => reason as unknown)).to.deep.equal(['closed', undefined]);
    caller.abort('caller');
    expect(signals[1]?.reason).to.equal('caller');
  });

  it('closes a connection without an answer in time, and waits twice as long for the next, up to eight times', async () => {
    const { clock, wait } = waitWith();
    for (const limit of [1_000, 2_000, 4_000, 8_000, 8_000]) {
      const controller = new AbortController();
      const failing = rejectionOf(wait.to(hang, controller));
      clock.advance(limit - 1);
      expect(controller.signal.aborted, `${limit}`).to.equal(false);
      clock.advance(1);
      expect(await failing).to.include({ code: 'timeout' });
      expect(controller.signal.reason).to.include({ code: 'timeout' });
    }
    expect(clock.pending).to.equal(0);
  });

  it('rejects with the reason of the connection once that has aborted, and cancels an answer that arrives later', async () => {
    const { wait } = waitWith();
    const { promise, resolve } = deferred<Connection>();
    const controller = new AbortController();
    const failing = rejectionOf(wait.to(() => promise, controller));
    controller.abort('paused');
    expect(await failing).to.equal('paused');
    const body = new PushedBody();
    resolve(connectionOf({ response: new Response(body.stream) }));
    await settle();
    expect(body.cancelled).not.to.equal(undefined);
  });

  it('does not cancel an answer that has arrived in time', async () => {
    const { wait } = waitWith();
    const controller = new AbortController();
    const body = new PushedBody();
    const connection = connectionOf({ response: new Response(body.stream) });
    await wait.to(() => Promise.resolve(connection), controller);
    controller.abort();
    await settle();
    expect(body.cancelled).to.equal(undefined);
  });
});
