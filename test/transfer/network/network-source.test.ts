import { expect } from 'chai';
import type { Chunk } from '#dist/transfer/network/chunk.js';
import { NetworkSource } from '#dist/transfer/network/network-source.js';
import { StallLimit } from '#dist/transfer/network/stall-limit.js';
import { FakeClock, settle } from '../../support/fake-clock.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { bytesOf, flat, PushedBody } from '../../support/transfer-parts.js';

const MiB = 1024 * 1024;

function opened(stall = new StallLimit(60_000), skip = 0) {
  const clock = new FakeClock();
  const body = new PushedBody();
  const controller = new AbortController();
  return { clock, body, controller, source: new NetworkSource(body.stream, { skip, controller, stall, clock }) };
}

/** Records the chunks of a read, once it settles. */
function pending(reading: Promise<readonly Chunk[] | undefined>): { chunks?: number[] | undefined; isDone: boolean } {
  const state: { chunks?: number[]; isDone: boolean } = { isDone: false };
  void reading.then((chunks) => Object.assign(state, { isDone: true, chunks: chunks && flat(chunks) }));
  return state;
}

describe('NetworkSource', () => {
  it('delivers the first bytes at once, and the following ones together at the next tick', async () => {
    const { clock, body, source } = opened();
    body.push(bytesOf(1, 2));
    expect(flat(await source.read())).to.deep.equal([1, 2]);
    expect(source.delivered).to.equal(2);
    const next = pending(source.read());
    body.push(bytesOf(3), bytesOf(4));
    await clock.advanceAsync(99);
    expect(next.isDone).to.equal(false);
    await clock.advanceAsync(1);
    expect(next.chunks).to.deep.equal([3, 4]);
    expect(source.delivered).to.equal(4);
    body.end();
    expect(await source.read()).to.equal(undefined);
    expect(clock.pending).to.equal(0);
  });

  it('delivers a mebibyte before the tick', async () => {
    const { body, source } = opened();
    body.push(bytesOf(1));
    await source.read();
    const next = pending(source.read());
    body.push(new Uint8Array(MiB - 1));
    await settle();
    expect(next.isDone).to.equal(false);
    body.push(bytesOf(1));
    await settle();
    expect(next.chunks).to.have.lengthOf(MiB);
    source.close();
  });

  it('delivers the last bytes at the end of the body, without a tick', async () => {
    const { clock, body, source } = opened();
    body.push(bytesOf(1));
    await source.read();
    body.push(bytesOf(2));
    await settle();
    expect(source.isAtEnd).to.equal(false);
    body.end();
    await settle();
    expect(source.isAtEnd).to.equal(false);
    expect(flat(await source.read())).to.deep.equal([2]);
    expect(source.isAtEnd).to.equal(true);
    expect(await source.read()).to.equal(undefined);
    await clock.advanceAsync(1_000);
    expect(clock.pending).to.equal(0);
  });

  it('throws the error of the connection behind the bytes that arrived before it', async () => {
    const body = new PushedBody();
    const clock = new FakeClock();
    const source = new NetworkSource(body.stream, { skip: 0, controller: new AbortController(), stall: new StallLimit(60_000), clock });
    body.push(bytesOf(1, 2));
    await settle();
    const error = new TypeError('network error');
    body.fail(error);
    await settle();
    expect(flat(await source.read())).to.deep.equal([1, 2]);
    expect(await rejectionOf(source.read())).to.equal(error);
    expect(source.isAtEnd).to.equal(false);
  });

  it('skips bytes, also within a chunk, and reports how many remain', async () => {
    const { body, source } = opened(undefined, 3);
    expect(source.skip).to.equal(3);
    const skipped = source.isSkipped();
    body.push(bytesOf(0, 1));
    await settle();
    expect(source.skip).to.equal(1);
    body.push(bytesOf(2, 3, 4));
    expect(await skipped).to.equal(true);
    expect(source.skip).to.equal(0);
    expect(flat(await source.read())).to.deep.equal([3, 4]);
    body.end();
    expect(await source.read()).to.equal(undefined);
  });

  it('resolves once exactly the bytes to be skipped have arrived', async () => {
    const { body, source } = opened(undefined, 2);
    const skipped = source.isSkipped();
    body.push(bytesOf(0, 1));
    expect(await skipped).to.equal(true);
    source.close();
  });

  it('reports a body that is shorter than the bytes to be skipped', async () => {
    const { body, source } = opened(undefined, 3);
    body.push(bytesOf(0));
    body.end();
    expect(await source.isSkipped()).to.equal(false);
    expect(source.skip).to.equal(2);
    expect(await source.read()).to.equal(undefined);
  });

  it('shows the first bytes, also those that are skipped, and not more than 64', async () => {
    const { body, source } = opened(undefined, 2);
    const peeking = source.peek();
    body.push(new Uint8Array(0));
    body.push(Uint8Array.from({ length: 100 }, (_, index) => index));
    expect(await peeking).to.deep.equal(Uint8Array.from({ length: 64 }, (_, index) => index));
    body.push(bytesOf(200));
    await settle();
    expect((await source.peek())?.[0]).to.equal(0);
    source.close();
    const empty = opened();
    empty.body.end();
    expect(await empty.source.peek()).to.equal(undefined);
  });

  it('reads 4 MiB ahead, and more once these have been read', async () => {
    let sent = 0;
    const stream = new ReadableStream<Chunk>(
      {
        pull(controller) {
          sent += 1;
          controller.enqueue(new Uint8Array(MiB));
        },
      },
      { highWaterMark: 0 },
    );
    const options = { skip: 0, controller: new AbortController(), stall: new StallLimit(60_000), clock: new FakeClock() };
    const source = new NetworkSource(stream, options);
    for (let turn = 0; turn < 10; turn++) await settle();
    expect(sent).to.equal(4);
    expect(flat((await source.read())?.map(({ length }) => bytesOf(length / MiB)))).to.deep.equal([1, 1, 1, 1]);
    for (let turn = 0; turn < 10; turn++) await settle();
    expect(sent).to.equal(8);
    source.close();
  });

  it('throws to its reader while the server is silent, and delivers what arrives later', async () => {
    const { clock, body, controller, source } = opened(new StallLimit(6_000));
    body.push(bytesOf(1));
    await source.read();
    const failing = rejectionOf(source.read());
    const arrival = source.arrival();
    await clock.advanceAsync(7_000, 500);
    expect(await failing).to.include({ code: 'timeout' });
    expect(await arrival).to.equal(false);
    expect(source).to.include({ isSilent: true, isBroken: false });
    expect(await rejectionOf(source.read())).to.include({ code: 'timeout' });
    expect(controller.signal.aborted).to.equal(false);
    const end = source.endOfSilence();
    body.push(bytesOf(2));
    await end;
    expect(source.isSilent).to.equal(false);
    await clock.advanceAsync(100);
    expect(flat(await source.read())).to.deep.equal([2]);
    source.close();
    await settle();
    expect(clock.pending).to.equal(0);
  });

  it('lets its reader wait again for a silent server, up to ten times the first timeout in all', async () => {
    const { clock, body, controller, source } = opened(new StallLimit(6_000));
    await clock.advanceAsync(7_000, 500);
    source.resume();
    expect(source.isSilent).to.equal(false);
    const failing = rejectionOf(source.read());
    await clock.advanceAsync(5_000, 500);
    expect(await failing, 'the second timeout is twice the first').to.include({ code: 'timeout' });
    await clock.advanceAsync(46_000, 500);
    expect(controller.signal.aborted).to.equal(false);
    await clock.advanceAsync(3_000, 500);
    expect(controller.signal.aborted).to.equal(true);
    expect(source).to.include({ isSilent: false, isBroken: true });
    expect(body.cancelled).not.to.equal(undefined);
    expect(clock.pending).to.equal(0);
  });

  it('is no longer silent when its connection has ended', async () => {
    for (const end of ['end', 'fail'] as const) {
      const { clock, body, source } = opened(new StallLimit(6_000));
      await clock.advanceAsync(7_000, 500);
      const over = source.endOfSilence();
      if (end === 'end') body.end();
      else body.fail(new TypeError('network error'));
      await over;
      await settle();
      expect(source, end).to.include({ isSilent: false, isBroken: end === 'fail' });
      expect(clock.pending).to.equal(0);
    }
  });

  it('stays open for up to ten times as long if no other connection could continue the body', async () => {
    const { clock, body, controller, source } = opened(new StallLimit(6_000, { isResumable: () => false }));
    const first = source.read();
    await clock.advanceAsync(54_000, 500);
    body.push(bytesOf(1));
    expect(flat(await first)).to.deep.equal([1]);
    const failing = rejectionOf(source.read());
    await clock.advanceAsync(59_000, 500);
    expect(controller.signal.aborted, 'the silence begins anew with each byte').to.equal(false);
    await clock.advanceAsync(3_000, 500);
    expect(await failing).to.include({ code: 'timeout' });
    expect(controller.signal.aborted).to.equal(true);
    expect(clock.pending).to.equal(0);
  });

  it('is closed at the next timeout after the body has become replaceable', async () => {
    let isReplaceable = false;
    const { clock, controller, source } = opened(new StallLimit(6_000, { isResumable: () => isReplaceable }));
    const failing = rejectionOf(source.read());
    await clock.advanceAsync(7_000, 500);
    expect(controller.signal.aborted).to.equal(false);
    isReplaceable = true;
    await clock.advanceAsync(6_000, 500);
    expect(await failing).to.include({ code: 'timeout' });
  });

  it('does not count time in which nothing is read', async () => {
    const { clock, body, controller, source } = opened(new StallLimit(6_000));
    body.push(new Uint8Array(4 * MiB));
    await clock.advanceAsync(60_000, 500);
    expect(controller.signal.aborted).to.equal(false);
    await source.read();
    source.close();
  });

  it('closes the connection at once, and leaves the bytes that have arrived', async () => {
    const { clock, body, controller, source } = opened();
    body.push(bytesOf(1));
    await source.read();
    body.push(bytesOf(2), bytesOf(3));
    await settle();
    source.close();
    expect(controller.signal.aborted).to.equal(true);
    expect(body.cancelled).not.to.equal(undefined);
    await settle();
    expect(clock.pending).to.equal(0);
    expect(flat(source.rest())).to.deep.equal([2, 3]);
    expect(source.rest()).to.deep.equal([]);
    expect(source.delivered).to.equal(3);
    expect(await rejectionOf(source.read())).to.include({ name: 'AbortError' });
  });

  it('ends a read that waits when it is closed', async () => {
    const { source } = opened();
    const failing = rejectionOf(source.read());
    source.close();
    expect(await failing).to.include({ name: 'AbortError', message: 'The connection was closed.' });
  });

  it('ends when it is closed while its queue is full', async () => {
    const { body, source } = opened();
    body.push(new Uint8Array(4 * MiB));
    await settle();
    source.close();
    await settle();
    expect(source.rest()).to.have.lengthOf(1);
    expect(await rejectionOf(source.read())).to.include({ name: 'AbortError' });
  });

  it('reports a body that fails before its first byte, and no other end', async () => {
    const failures: string[] = [];
    const openNamed = (name: string, body: PushedBody, clock = new FakeClock()): NetworkSource =>
      new NetworkSource(body.stream, {
        skip: 0,
        controller: new AbortController(),
        stall: new StallLimit(6_000),
        clock,
        onEmptyFailure: () => void failures.push(name),
      });
    const failing = new PushedBody();
    const silent = new PushedBody();
    const begun = new PushedBody();
    const empty = new PushedBody();
    const clock = new FakeClock();
    openNamed('failing', failing);
    openNamed('silent', silent, clock);
    openNamed('begun', begun);
    openNamed('empty', empty);
    openNamed('closed', new PushedBody()).close();
    begun.push(bytesOf(1));
    failing.fail(new TypeError('network error'));
    begun.fail(new TypeError('network error'));
    empty.end();
    await settle();
    expect(failures).to.deep.equal(['failing']);
    await clock.advanceAsync(7_000, 500);
    expect(failures).to.deep.equal(['failing', 'silent']);
  });
});
