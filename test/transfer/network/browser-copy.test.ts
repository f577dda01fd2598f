import { expect } from 'chai';
import { BrowserCopy } from '#dist/transfer/network/browser-copy.js';
import { ResponseFailure, type Connection } from '#dist/transfer/network/connection.js';
import { NetworkSource } from '#dist/transfer/network/network-source.js';
import { StallLimit } from '#dist/transfer/network/stall-limit.js';
import { suspectAddresses } from '#dist/transfer/network/suspect-addresses.js';
import { FakeClock } from '../../support/fake-clock.js';
import { answer, bytesOf, connectionOf, PushedBody } from '../../support/transfer-parts.js';

const WASM = 'https://hub.example/runtime.wasm';
/** A version with a strong validator. */
const VERSION = { total: 10, validator: '"a"' };
const OTHER = 'https://hub.example/model.bin';

function firstAnswer(headers: Record<string, string> = {}, parts: Partial<Connection> = {}): Connection {
  return connectionOf({ response: answer('0123456789', { headers }), declared: 10, ...parts });
}

/** A copy of which a request for the whole has delivered bytes `took` ms after the first response. */
function begunCopy(took = 0) {
  const clock = new FakeClock();
  clock.advance(5_000);
  const copy = new BrowserCopy(WASM, clock);
  copy.begin(firstAnswer());
  clock.advance(took);
  copy.recordBytes(false);
  return { clock, copy };
}

function sourceOf(body: PushedBody, clock: FakeClock, skip: number): NetworkSource {
  return new NetworkSource(body.stream, { skip, controller: new AbortController(), stall: new StallLimit(60_000), clock });
}

describe('BrowserCopy', () => {
  it('is worth a request before the first response for addresses of WebAssembly', () => {
    const clock = new FakeClock();
    for (const url of [WASM, 'https://hub.example/RUNTIME.WASM?v=1'])
      expect(new BrowserCopy(url, clock).isWorthRequesting(VERSION)).to.equal(true);
    for (const url of [OTHER, 'https://hub.example/a.wasm.js', 'https://hub.example/a?b=.wasm', 'https://hub.example/wasm'])
      expect(new BrowserCopy(url, clock).isWorthRequesting(VERSION), url).to.equal(false);
  });

  it('is impossible for a response with no-store, and is not requested again then', () => {
    const copy = new BrowserCopy(WASM, new FakeClock());
    expect(copy.isImpossible(answer('', { headers: { 'Cache-Control': 'max-age=60' } }))).to.equal(false);
    expect(copy.isWorthRequesting(VERSION)).to.equal(true);
    expect(copy.isImpossible(answer('', { headers: { 'Cache-Control': 'no-cache, No-Store' } }))).to.equal(true);
    expect(copy.isWorthRequesting(VERSION)).to.equal(false);
  });

  it('is not requested while the last response of its address was not the file', () => {
    const { copy } = begunCopy();
    suspectAddresses.add(WASM);
    expect(copy.isWorthRequesting(VERSION)).to.equal(false);
    suspectAddresses.delete(WASM);
    expect(copy.isWorthRequesting(VERSION)).to.equal(true);
  });

  it('is requested after a first response with WebAssembly that browsers store', () => {
    const cases: [boolean, string, Connection][] = [
      [true, WASM, firstAnswer()],
      [true, OTHER, firstAnswer({ 'Content-Type': 'application/wasm' })],
      [false, OTHER, firstAnswer()],
      [false, WASM, firstAnswer({}, { declared: undefined })],
      [false, WASM, firstAnswer({}, { coding: 'some' })],
      [true, WASM, firstAnswer({}, { coding: 'unknown' })],
      [false, WASM, firstAnswer({ 'Cache-Control': 'private, No-Store' })],
      [true, WASM, firstAnswer({ 'Cache-Control': 'max-age=60' })],
      [false, WASM, firstAnswer({ 'Accept-Ranges': 'none' })],
      [true, WASM, firstAnswer({ 'Accept-Ranges': 'bytes' })],
    ];
    for (const [index, [isWorth, url, connection]] of cases.entries()) {
      const copy = new BrowserCopy(url, new FakeClock());
      copy.begin(connection);
      expect(copy.isWorthRequesting(VERSION), `case ${index}`).to.equal(isWorth);
    }
  });

  it('is not worth a third request after two in a row without a byte', () => {
    const { copy } = begunCopy();
    expect(copy.fail(new TypeError('Failed to fetch'))).to.equal(false);
    expect(copy.isWorthRequesting(VERSION)).to.equal(true);
    copy.recordBytes(false);
    copy.fail(new TypeError('Failed to fetch'));
    expect(copy.isWorthRequesting(VERSION)).to.equal(true);
    copy.fail(new TypeError('Failed to fetch'));
    expect(copy.isWorthRequesting(VERSION)).to.equal(false);
  });

  it('does not count the bytes of a range as a sign that the browser has a copy', () => {
    const { copy } = begunCopy();
    for (let request = 0; request < 2; request++) {
      copy.fail(new TypeError('Failed to fetch'));
      copy.recordBytes(true);
    }
    expect(copy.isWorthRequesting(VERSION)).to.equal(false);
  });

  it('gives way to a range at once if the server has refused the request', () => {
    const { copy } = begunCopy();
    const body = new PushedBody();
    expect(copy.fail(new ResponseFailure(answer(body.stream, { status: 416 })))).to.equal(true);
    expect(body.cancelled).not.to.equal(undefined);
    expect(copy.isWorthRequesting(VERSION)).to.equal(false);
  });

  it('does not give way to a range after a response that refuses every request for now', () => {
    for (const parts of [{ status: 429 }, { status: 503, headers: { 'Retry-After': '1' } }]) {
      const { copy } = begunCopy();
      expect(copy.fail(new ResponseFailure(answer('No', parts)))).to.equal(false);
      expect(copy.isWorthRequesting(VERSION)).to.equal(true);
    }
  });

  it('is available if the skipped bytes arrive within 200 ms', async () => {
    const { clock, copy } = begunCopy();
    const body = new PushedBody();
    const available = copy.isAvailable(sourceOf(body, clock, 2));
    await clock.advanceAsync(199);
    body.push(bytesOf(1, 2, 3));
    expect(await available).to.equal(true);
    expect(copy.isWorthRequesting(VERSION)).to.equal(true);
  });

  it('leaves no timer behind once it is available', async () => {
    const { clock, copy } = begunCopy();
    expect(await copy.isAvailable({ isSkipped: () => Promise.resolve(true) })).to.equal(true);
    expect(clock.pending).to.equal(0);
  });

  it('is not available if they arrive later, and is not requested again', async () => {
    const { clock, copy } = begunCopy();
    const body = new PushedBody();
    const available = copy.isAvailable(sourceOf(body, clock, 2));
    body.push(bytesOf(1));
    await clock.advanceAsync(200);
    expect(await available).to.equal(false);
    expect(copy.isWorthRequesting(VERSION)).to.equal(false);
  });

  it('may take a quarter of the time of the download longer, up to 800 ms', async () => {
    for (const [took, limit] of [
      [800, 400],
      [3_200, 1_000],
      [60_000, 1_000],
    ] as const) {
      await expectLimit(begunCopy(took), undefined, limit);
    }
  });

  it('may take a quarter of the time of an earlier visit longer, if the bytes are of that visit', async () => {
    await expectLimit(begunCopy(800), 400, 300);
    await expectLimit(begunCopy(), 60_000, 1_000);
    await expectLimit(begunCopy(800), undefined, 400);
  });
});

/** Expects that a copy whose bytes do not arrive is given up after `limit` ms. */
async function expectLimit({ clock, copy }: ReturnType<typeof begunCopy>, took: number | undefined, limit: number): Promise<void> {
  const available = copy.isAvailable(sourceOf(new PushedBody(), clock, 2), took);
  let isSettled = false;
  void available.then(() => (isSettled = true));
  await clock.advanceAsync(limit - 1);
  expect(isSettled, `before ${limit} ms`).to.equal(false);
  clock.advance(1);
  expect(await available).to.equal(false);
}
