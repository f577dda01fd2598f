import { expect } from 'chai';
import type { Connection } from '#dist/transfer/network/connection.js';
import { OpenResponse } from '#dist/transfer/network/open-response.js';
import { StallLimit } from '#dist/transfer/network/stall-limit.js';
import { FakeClock, settle } from '../../support/fake-clock.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { bytesOf, connectionOf, flat, newUrl, PushedBody } from '../../support/transfer-parts.js';

function opened(parts: Partial<Connection> = {}, position = 0, headers: Record<string, string> = {}) {
  const body = new PushedBody();
  const controller = new AbortController();
  const connection = connectionOf({
    response: new Response(body.stream, { headers }),
    end: 4,
    declared: 4,
    version: { total: 4, validator: undefined },
    ...parts,
  });
  let portions = 0;
  const options = { controller, clock: new FakeClock(), stall: new StallLimit(6_000), onBytes: () => void (portions += 1) };
  return { body, controller, answer: new OpenResponse(connection, position, options), portions: () => portions };
}

describe('OpenResponse', () => {
  it('is open until it has been read to its end', async () => {
    const { answer, body, portions } = opened();
    body.push(bytesOf(1, 2, 3, 4));
    body.end();
    expect(flat(await answer.read())).to.deep.equal([1, 2, 3, 4]);
    expect(answer).to.include({ isOpen: true, isAtEnd: true });
    expect(await answer.read()).to.equal(undefined);
    expect(answer).to.include({ isOpen: false, isAtEnd: false, missing: 0 });
    expect(await answer.read(), 'again').to.equal(undefined);
    expect(await answer.arrival()).to.equal(false);
    expect(portions()).to.equal(1);
  });

  it('skips the bytes before the position, and counts those that it lacks', async () => {
    const { answer, body, portions } = opened({}, 6);
    body.push(bytesOf(1, 2, 3, 4));
    body.end();
    expect(await answer.read()).to.equal(undefined);
    expect(answer).to.include({ missing: 2, isFull: true });
    expect(portions(), 'skipped bytes are not read').to.equal(0);
  });

  it('ends a range at its last byte, and throws if that is missing', async () => {
    const range = { isRange: true, start: 4, end: 6 };
    const whole = opened(range, 4);
    whole.body.push(bytesOf(5, 6, 7));
    expect(flat(await whole.answer.read())).to.deep.equal([5, 6]);
    expect(await whole.answer.read()).to.equal(undefined);
    expect(whole.answer.pieceLength).to.equal(2);
    const cut = opened(range, 4);
    cut.body.push(bytesOf(5));
    cut.body.end();
    await cut.answer.read();
    expect(await rejectionOf(cut.answer.read())).to.include({ code: 'network' });
  });

  it('returns the bytes that were not read when it is closed, with their place', async () => {
    const { answer, body, controller } = opened({}, 1);
    body.push(bytesOf(1, 2));
    await answer.read();
    body.push(bytesOf(3));
    await settle();
    expect(answer.close()).to.deep.equal({ start: 2, chunks: [bytesOf(3)] });
    expect(controller.signal.aborted).to.equal(true);
    const again = answer.close();
    expect(again.start).to.be.NaN;
    expect(again.chunks).to.deep.equal([]);
    expect(answer.rest()).to.deep.equal([]);
  });

  it('delivers what has arrived after an interruption, and throws then', async () => {
    const { answer, body, controller } = opened();
    body.push(bytesOf(1));
    await settle();
    answer.interrupt();
    expect(controller.signal.aborted).to.equal(true);
    expect(flat(await answer.read())).to.deep.equal([1]);
    expect(await rejectionOf(answer.read())).to.include({ name: 'AbortError' });
  });

  it('does not abort a body that has arrived as a whole: its caller may read another copy', async () => {
    const { answer, body, controller } = opened();
    body.push(bytesOf(1, 2, 3, 4));
    body.end();
    await answer.read();
    await settle();
    answer.close();
    expect(controller.signal.aborted).to.equal(false);
  });

  it('recognizes a page by its type and its first bytes', async () => {
    const page = { 'Content-Type': 'text/html' };
    const text = new TextEncoder().encode('<!doctype html><title>No</title>');
    for (const [headers, bytes, isPage] of [
      [page, text, true],
      [page, bytesOf(1, 2), false],
      [{}, text, false],
    ] as const) {
      const { answer, body } = opened({}, 0, headers);
      body.push(bytes);
      expect(await answer.isPage(newUrl('model.bin'))).to.equal(isPage);
      answer.close();
    }
    const empty = opened({}, 0, page);
    empty.body.end();
    expect(await empty.answer.isPage(newUrl('model.bin'))).to.equal(false);
  });
});
