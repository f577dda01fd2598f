import { expect } from 'chai';
import { isWholeResponse, probeEnd } from '#dist/transfer/network/probe-end.js';
import type { ModuleEnd } from '#dist/transfer/network/wasm-sections.js';
import type { InspectedResponse } from '#dist/transfer/network/whole-response.js';
import { suspectAddresses } from '#dist/transfer/network/suspect-addresses.js';
import { FakeClock, settle } from '../../support/fake-clock.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { answer, connectionOf, newUrl, PushedBody, requestFor } from '../../support/transfer-parts.js';

type Reply = () => Promise<Response>;

/** A server that replies in order, and to all further requests as to the last one. */
function serverWith(...replies: readonly Reply[]) {
  const url = newUrl('runtime.wasm');
  const ranges: (string | null)[] = [];
  const signals: (AbortSignal | null | undefined)[] = [];
  const request = requestFor(url, (_input, init) => {
    const reply = replies[Math.min(ranges.length, replies.length - 1)];
    ranges.push(new Headers(init?.headers).get('Range'));
    signals.push(init?.signal);
    return reply ? reply() : Promise.reject(new Error('Expected no request'));
  });
  const clock = new FakeClock();
  const controller = new AbortController();
  return { url, ranges, signals, clock, controller, options: { request, clock, signal: controller.signal } };
}

const lastByteOf =
  (size: number | string, headers: Record<string, string> = {}) =>
  (): Promise<Response> =>
    Promise.resolve(answer('9', { status: 206, headers: { 'Content-Range': `bytes 9-9/${size}`, ...headers } }));
const broken: Reply = () => Promise.reject(new TypeError('Failed to fetch'));
const body = { loaded: 10, declared: undefined, moduleEnd: 'unknown' as const };

describe('probeEnd', () => {
  it('finds by the last byte that the file is larger, and marks the address', async () => {
    const server = serverWith(lastByteOf(20));
    expect(await probeEnd(server.options, body)).to.include({ code: 'network', message: 'Expected 20 bytes, received 10' });
    expect(server.ranges).to.deep.equal(['bytes=9-']);
    expect(suspectAddresses.has(server.url)).to.equal(true);
    expect(server.signals[0]?.aborted, 'the request is over').to.equal(true);
    expect(server.clock.pending).to.equal(0);
  });

  it('finds nothing if the file is as large, smaller, or of an unknown size', async () => {
    for (const size of [10, '*']) {
      const server = serverWith(lastByteOf(size));
      expect(await probeEnd(server.options, body), String(size)).to.equal(undefined);
      expect(suspectAddresses.has(server.url)).to.equal(false);
    }
    expect(await probeEnd(serverWith(() => Promise.resolve(answer('No', { status: 416 }))).options, body)).to.equal(undefined);
  });

  it('requests nothing for a body of its declared length, and for one of a single byte', async () => {
    const server = serverWith(lastByteOf(20));
    expect(await probeEnd(server.options, { loaded: 10, declared: 10, moduleEnd: 'unknown' as const })).to.equal(undefined);
    expect(await probeEnd(server.options, { loaded: 1, declared: undefined, moduleEnd: 'unknown' as const })).to.equal(undefined);
    expect(server.ranges).to.deep.equal([]);
    const second = (): Promise<Response> => Promise.resolve(answer('1', { status: 206, headers: { 'Content-Range': 'bytes 1-1/20' } }));
    expect(await probeEnd(serverWith(second).options, { loaded: 2, declared: 1, moduleEnd: 'unknown' as const })).to.include({
      code: 'network',
    });
  });

  it('uses the end of a range without a total, and the length of a response with the whole file', async () => {
    const part = answer('90', { status: 206, headers: { 'Content-Range': 'bytes 9-10/*' } });
    expect(await probeEnd(serverWith(() => Promise.resolve(part)).options, body)).to.include({ message: 'Expected 11 bytes, received 10' });
    const whole = (): Promise<Response> => Promise.resolve(answer('0123456789ab', { headers: { 'Content-Length': '12' } }));
    expect(await probeEnd(serverWith(whole).options, body)).to.include({ message: 'Expected 12 bytes, received 10' });
  });

  it('ignores the length of a compressed response, and one that the first response has declared', async () => {
    const compressed = (): Promise<Response> =>
      Promise.resolve(answer('x', { headers: { 'Content-Length': '12', 'Content-Encoding': 'gzip' } }));
    expect(await probeEnd(serverWith(compressed).options, body)).to.equal(undefined);
    const plain = (): Promise<Response> => Promise.resolve(answer('x', { headers: { 'Content-Length': '12' } }));
    expect(await probeEnd(serverWith(plain).options, { loaded: 10, declared: 12, moduleEnd: 'unknown' })).to.equal(undefined);
  });

  it('repeats a request that fails, once, after a second', async () => {
    const server = serverWith(broken, lastByteOf(20));
    const probing = probeEnd(server.options, body);
    await settle();
    await server.clock.advanceAsync(999);
    expect(server.ranges).to.have.lengthOf(1);
    await server.clock.advanceAsync(1);
    expect(await probing).to.include({ code: 'network' });
    const failing = serverWith(broken);
    const giving = probeEnd(failing.options, body);
    await settle();
    await failing.clock.advanceAsync(1_000);
    expect(await giving).to.equal(undefined);
    expect(failing.ranges).to.have.lengthOf(2);
  });

  it('waits five seconds for a response, once', async () => {
    const server = serverWith(() => new Promise(() => undefined));
    const probing = probeEnd(server.options, body);
    let isSettled = false;
    void probing.then(() => (isSettled = true));
    await server.clock.advanceAsync(4_999);
    expect(isSettled).to.equal(false);
    await server.clock.advanceAsync(1);
    expect(await probing).to.equal(undefined);
    expect(server.ranges).to.have.lengthOf(1);
    expect(server.signals[0]?.aborted).to.equal(true);
  });

  it('rejects with the reason of an abort', async () => {
    const server = serverWith(broken);
    server.controller.abort(new Error('enough'));
    expect(await rejectionOf(probeEnd(server.options, body))).to.equal(server.controller.signal.reason);
    const open = serverWith(
      () => new Promise((_, reject) => open.signals[0]?.addEventListener('abort', () => reject(open.signals[0]?.reason as Error))),
    );
    const probing = rejectionOf(probeEnd(open.options, body));
    await settle();
    open.controller.abort(new Error('enough'));
    expect(await probing).to.equal(open.controller.signal.reason);
  });
});

describe('isWholeResponse', () => {
  const inspected = (length: number | undefined, moduleEnd: ModuleEnd = 'unknown'): InspectedResponse => ({
    length,
    moduleEnd,
    body: new ReadableStream(),
  });

  it('needs no request for the first body that ends inside a section of its module, and one for the next', async () => {
    const { options, ranges } = serverWith(lastByteOf(10));
    const failure = await rejectionOf(isWholeResponse(connectionOf(), inspected(10, 'cut'), options));
    expect(failure).to.include({ code: 'network', message: 'Expected more bytes, received 10' });
    expect(ranges).to.deep.equal([]);
    expect(await isWholeResponse(connectionOf(), inspected(10, 'cut'), options)).to.equal(true);
    expect(ranges).to.deep.equal(['bytes=9-']);
  });

  it('needs no request for a body that ends with a section of its module', async () => {
    const { options, ranges } = serverWith(lastByteOf(20));
    expect(await isWholeResponse(connectionOf(), inspected(10, 'whole'), options)).to.equal(true);
    expect(ranges).to.deep.equal([]);
  });

  it('is false for a body that has not ended, or not at the declared end', async () => {
    const { options, ranges } = serverWith(lastByteOf(20));
    expect(await isWholeResponse(connectionOf({ end: 10 }), inspected(undefined), options)).to.equal(false);
    expect(await isWholeResponse(connectionOf({ end: 10 }), inspected(9), options)).to.equal(false);
    expect(await isWholeResponse(connectionOf(), inspected(undefined), options)).to.equal(false);
    expect(ranges).to.deep.equal([]);
  });

  it('is true for a body that ends at the declared end, without a request', async () => {
    const { options, ranges } = serverWith(lastByteOf(20));
    expect(await isWholeResponse(connectionOf({ end: 10, declared: 10 }), inspected(10), options)).to.equal(true);
    expect(ranges).to.deep.equal([]);
  });

  it('is shown by the server for a body without a declared end', async () => {
    expect(await isWholeResponse(connectionOf(), inspected(10), serverWith(lastByteOf(10)).options)).to.equal(true);
    const source = new PushedBody();
    const cut = connectionOf({ response: answer(source.stream) });
    expect(await rejectionOf(isWholeResponse(cut, inspected(10), serverWith(lastByteOf(20)).options))).to.include({ code: 'network' });
    expect(source.cancelled).not.to.equal(undefined);
  });
});
