import { expect } from 'chai';
import type { FileVersion } from '#dist/transfer/integrity/file-version.js';
import { PauseGate } from '#dist/transfer/network/pause-gate.js';
import type { ReconnectingSource } from '#dist/transfer/network/reconnecting-source.js';
import { suspectAddresses } from '#dist/transfer/network/suspect-addresses.js';
import { newSource } from '../../support/body-parts.js';
import { FakeClock, settle } from '../../support/fake-clock.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { answer, bytesOf, flat, newUrl, PushedBody, requestFor, type AnswerParts } from '../../support/transfer-parts.js';

const VERSION: FileVersion = { total: 10, validator: '"a"' };
const ONWARD = { version: VERSION, mayRange: true };
const no = (): Promise<boolean> => Promise.resolve(false);
const yes = (): Promise<boolean> => Promise.resolve(true);

type Reply = (init: RequestInit) => Response | Promise<Response>;

/** A server that replies in order, and a source of its file. */
function sourceOf(replies: readonly Reply[], name = 'model.bin', isCopied = false) {
  const url = newUrl(name);
  const requests: { range: string | null; cache: RequestCache | undefined; signal: AbortSignal | null | undefined }[] = [];
  const request = requestFor(url, (_input, init = {}) => {
    const reply = replies[requests.length];
    requests.push({ range: new Headers(init.headers).get('Range'), cache: init.cache, signal: init.signal });
    return reply ? Promise.resolve(reply(init)) : Promise.reject(new Error('Expected no more requests'));
  });
  const clock = new FakeClock();
  const gate = new PauseGate();
  const controller = new AbortController();
  const { signal } = controller;
  const source = newSource({ request, clock, gate, signal, isCopied });
  return { url, requests, clock, gate, controller, source };
}

const TEXT = '0123456789';
const strong = { 'Content-Length': '10', ETag: '"a"' };

const whole =
  (headers: Record<string, string> = strong, parts: AnswerParts = {}): Reply =>
  () =>
    answer(TEXT, { headers, ...parts });
const part =
  (start: number, end = 10, headers: Record<string, string> = {}): Reply =>
  () =>
    answer(TEXT.slice(start, end), { status: 206, headers: { 'Content-Range': `bytes ${start}-${end - 1}/10`, ETag: '"a"', ...headers } });
const refused =
  (status: number, headers: Record<string, string> = {}): Reply =>
  () =>
    answer('No', { status, headers });
const broken: Reply = () => Promise.reject(new TypeError('Failed to fetch'));
const pushed =
  (body: PushedBody, parts: AnswerParts = { headers: strong }): Reply =>
  () =>
    answer(body.stream, parts);

async function textOf(source: ReconnectingSource): Promise<string> {
  const bytes: number[] = [];
  for (let chunks = await source.read(); chunks; chunks = await source.read()) bytes.push(...flat(chunks));
  return String.fromCharCode(...bytes);
}

describe('ReconnectingSource', () => {
  it('opens the file by the request of the caller, and closes at its end', async () => {
    const { requests, source } = sourceOf([whole()]);
    expect(source.isOpen).to.equal(false);
    const connection = await source.open(no);
    expect(connection).to.include({ isRange: false, start: 0, end: 10 });
    expect(source.isOpen).to.equal(true);
    expect(await textOf(source)).to.equal(TEXT);
    expect(source.isOpen).to.equal(false);
    expect(source.missing).to.equal(0);
    expect(requests.map(({ range, cache }) => ({ range, cache }))).to.deep.equal([{ range: null, cache: undefined }]);
  });

  it('passes another cache mode', async () => {
    const { requests, source } = sourceOf([whole()]);
    await source.open(no, 'reload');
    expect(requests[0]?.cache).to.equal('reload');
    source.close();
  });

  it('continues by a range, and ends at the last byte that the range declares', async () => {
    const body = new PushedBody();
    const { requests, source } = sourceOf([pushed(body, { status: 206, headers: { 'Content-Range': 'bytes 4-9/10', ETag: '"a"' } })]);
    expect(await source.continueAt(4, ONWARD)).to.include({ isRange: true, start: 4, end: 10 });
    // More than was requested, and the connection stays open.
    body.push(bytesOf(4, 5, 6), bytesOf(7, 8, 9, 10, 11));
    await settle();
    expect(flat(await source.read())).to.deep.equal([4, 5, 6, 7, 8, 9]);
    expect(await source.read()).to.equal(undefined);
    expect(body.cancelled).not.to.equal(undefined);
    expect(requests[0]?.range).to.equal('bytes=4-');
  });

  it('skips the beginning of a range that begins earlier, and of a response with the whole file', async () => {
    const early = sourceOf([part(2)]);
    expect(await early.source.continueAt(4, ONWARD)).to.include({ start: 2 });
    expect(await textOf(early.source)).to.equal('456789');
    const ignored = sourceOf([whole()]);
    expect(await ignored.source.continueAt(4, ONWARD)).to.include({ isRange: false, start: 0 });
    expect(await textOf(ignored.source)).to.equal('456789');
  });

  it('requests the whole file past the cache where a range is refused, and no range after that', async () => {
    const { requests, source } = sourceOf([refused(400), whole(), whole()]);
    await source.continueAt(4, ONWARD);
    expect(await textOf(source)).to.equal('456789');
    await source.continueAt(5, ONWARD);
    expect(await textOf(source)).to.equal('56789');
    expect(requests.map(({ range, cache }) => [range, cache])).to.deep.equal([
      ['bytes=4-', 'no-store'],
      [null, 'reload'],
      [null, 'reload'],
    ]);
  });

  it('does not count a range as refused if the file is refused as well', async () => {
    const { requests, source } = sourceOf([refused(400), refused(400), part(4)]);
    expect(await rejectionOf(source.continueAt(4, ONWARD))).to.include({ httpStatus: 400 });
    await source.continueAt(4, ONWARD);
    expect(requests[2]?.range).to.equal('bytes=4-');
    source.close();
  });

  it('requests the whole file where a range cannot be joined, at the first byte, and after a refusal of ranges', async () => {
    const { requests, source } = sourceOf([whole(), whole(), whole()]);
    await source.continueAt(4, { version: VERSION, mayRange: false });
    source.close();
    await source.continueAt(0, ONWARD);
    source.close();
    source.ranges.refuse();
    await source.continueAt(4, ONWARD);
    source.close();
    expect(requests.map(({ range, cache }) => [range, cache])).to.deep.equal([
      [null, undefined],
      [null, undefined],
      [null, undefined],
    ]);
  });

  it('requests the whole file past the cache if the last answer was not the file', async () => {
    const { url, requests, source } = sourceOf([whole()]);
    suspectAddresses.add(url);
    await source.continueAt(0, ONWARD);
    expect(requests[0]?.cache).to.equal('reload');
    source.close();
    suspectAddresses.delete(url);
  });

  it('requests the whole file after two ranges in a row that failed without a byte', async () => {
    const { requests, source } = sourceOf([broken, broken, broken, whole()]);
    for (const attempt of [1, 2]) expect(await rejectionOf(source.continueAt(4, ONWARD)), `${attempt}`).to.be.instanceOf(TypeError);
    await source.continueAt(4, ONWARD);
    expect(requests.map(({ range }) => range)).to.deep.equal(['bytes=4-', 'bytes=4-', 'bytes=4-', null]);
    expect(await textOf(source)).to.equal('456789');
  });

  it('requests the whole file after a range whose body cannot be decoded', async () => {
    const undecodable = (): Reply => {
      const body = new PushedBody();
      body.fail(new TypeError('cannot decode'));
      return pushed(body, { status: 206, headers: { 'Content-Range': 'bytes 4-9/10', ETag: '"a"' } });
    };
    const { requests, source } = sourceOf([undecodable(), undecodable(), whole()]);
    await source.continueAt(4, ONWARD);
    expect(await rejectionOf(source.read())).to.be.instanceOf(TypeError);
    await source.continueAt(4, ONWARD);
    expect(requests.map(({ range }) => range)).to.deep.equal(['bytes=4-', 'bytes=4-', null]);
    expect(await textOf(source)).to.equal('456789');
  });

  it('requests the whole file after three refusals of ranges for now, until that is refused, too', async () => {
    const { requests, source } = sourceOf([refused(429), refused(408), refused(503, { 'Retry-After': '1' }), refused(429), part(4)]);
    for (let attempt = 0; attempt < 4; attempt++) await rejectionOf(source.continueAt(4, ONWARD));
    await source.continueAt(4, ONWARD);
    expect(requests.map(({ range, cache }) => [range, cache])).to.deep.equal([
      ...[1, 2, 3].map(() => ['bytes=4-', 'no-store']),
      [null, 'reload'],
      ['bytes=4-', 'no-store'],
    ]);
    source.close();
  });

  it('counts refusals of ranges again after a response to one, and recognizes the last', async () => {
    const { requests, source } = sourceOf([refused(429), refused(429), part(4, 6), refused(429), part(6)]);
    await rejectionOf(source.continueAt(4, ONWARD));
    const cause = await rejectionOf(source.continueAt(4, ONWARD));
    expect(source.ranges.refusals.has(cause)).to.equal(true);
    await source.continueAt(4, ONWARD);
    await textOf(source);
    await rejectionOf(source.continueAt(6, ONWARD));
    await source.continueAt(6, ONWARD);
    expect(requests.at(-1)?.range).to.equal('bytes=6-');
    source.close();
  });

  it('requests a range at once where the headers show that the browser has no part of the file', async () => {
    const body = new PushedBody();
    const headers = { ...strong, 'Cache-Control': 'no-store' };
    const { requests, source, clock } = sourceOf([pushed(body, { headers }), part(4, 6), part(6)], 'model.wasm');
    const connection = await source.continueAt(4, ONWARD);
    expect(connection.isRange).to.equal(true);
    expect(requests[0]?.signal?.aborted).to.equal(true);
    expect(clock.now()).to.equal(0);
    await textOf(source);
    await source.continueAt(6, ONWARD);
    expect(requests.map(({ range }) => range)).to.deep.equal([null, 'bytes=4-', 'bytes=6-']);
    source.close();
  });

  it('counts a refused request for the browser’s own part as a refused range', async () => {
    const { requests, source } = sourceOf([refused(429), refused(429), refused(429), whole()], 'model.wasm');
    for (let attempt = 0; attempt < 3; attempt++) await rejectionOf(source.continueAt(4, ONWARD));
    await source.continueAt(4, ONWARD);
    expect(requests.map(({ range, cache }) => [range, cache])).to.deep.equal([
      [null, undefined],
      [null, undefined],
      ['bytes=4-', 'no-store'],
      [null, 'reload'],
    ]);
    source.close();
  });

  it('accepts a range of fewer bytes than requested, which it reports once', async () => {
    const { source } = sourceOf([part(4, 7), part(7)]);
    await source.continueAt(4, ONWARD);
    expect(source.endedWithPiece()).to.equal(false);
    expect(await textOf(source)).to.equal('456');
    expect(source.endedWithPiece()).to.equal(true);
    await source.continueAt(7, ONWARD);
    expect(await textOf(source)).to.equal('789');
  });

  it('reports no piece for the whole file', async () => {
    const { source } = sourceOf([whole()]);
    await source.open(no);
    await textOf(source);
    expect(source.endedWithPiece()).to.equal(false);
  });

  it('throws where a range ends before the last byte that it declares', async () => {
    const short: Reply = () => answer('45', { status: 206, headers: { 'Content-Range': 'bytes 4-9/10', ETag: '"a"' } });
    const { source } = sourceOf([short]);
    await source.continueAt(4, ONWARD);
    expect(flat(await source.read())).to.have.lengthOf(2);
    expect(await rejectionOf(source.read())).to.include({ code: 'network', message: 'Expected a range up to byte 10, received 6' });
    expect(source.isOpen).to.equal(false);
  });

  it('reports the bytes that a response lacks before the requested one, and whether the file is shorter', async () => {
    const shorter: Reply = () => answer('012', { headers: { 'Content-Length': '3' } });
    const first = sourceOf([shorter]);
    await first.source.continueAt(5, { version: VERSION, mayRange: false });
    expect(await first.source.read()).to.equal(undefined);
    expect(first.source.missing).to.equal(2);
    expect(first.source.isShortFile).to.equal(true);
    const cut: Reply = () => answer('012', { headers: { 'Content-Length': '10' } });
    const second = sourceOf([cut]);
    await second.source.continueAt(5, { version: VERSION, mayRange: false });
    expect(await second.source.read()).to.equal(undefined);
    expect(second.source.missing).to.equal(2);
    expect(second.source.isShortFile).to.equal(false);
  });

  it('rejects a page in place of the file, and marks its address', async () => {
    const page: Reply = () => answer('<!doctype html><p>Sign in', { headers: { 'Content-Type': 'text/html' } });
    const { url, requests, source } = sourceOf([page]);
    expect(await rejectionOf(source.open(no))).to.include({ code: 'corrupt', message: `Expected a file, found a page: ${url}` });
    expect(source.isOpen).to.equal(false);
    expect(requests[0]?.signal?.aborted).to.equal(true);
    expect(suspectAddresses.has(url)).to.equal(true);
    suspectAddresses.delete(url);
  });

  it('accepts a file with the type of a page whose content is not one, and an empty one', async () => {
    for (const text of ['<s> vocabulary', '']) {
      const { source } = sourceOf([() => answer(text, { headers: { 'Content-Type': 'text/html' } })]);
      await source.open(no);
      expect(await textOf(source)).to.equal(text);
    }
  });

  it('opens no connection while paused, and reports that once', async () => {
    const { gate, requests, source, url } = sourceOf([whole()]);
    gate.close();
    expect(await rejectionOf(source.open(no))).to.include({ code: 'aborted', message: `The download is paused: ${url}` });
    expect(requests).to.deep.equal([]);
    expect(source.isInterrupted).to.equal(true);
    expect(source.wasInterrupted()).to.equal(true);
    expect(source.wasInterrupted()).to.equal(false);
    expect(source.isInterrupted).to.equal(false);
  });

  it('opens no connection after an abort', async () => {
    const { controller, requests, source } = sourceOf([whole()]);
    controller.abort(new Error('enough'));
    expect(await rejectionOf(source.open(no))).to.equal(controller.signal.reason);
    expect(requests).to.deep.equal([]);
  });

  it('closes its connection for a pause, and leaves the bytes that have arrived', async () => {
    const body = new PushedBody();
    const { requests, source } = sourceOf([pushed(body)]);
    await source.open(no);
    body.push(bytesOf(0, 1));
    expect(flat(await source.read())).to.deep.equal([0, 1]);
    body.push(bytesOf(2));
    await settle();
    source.interrupt();
    expect(requests[0]?.signal?.aborted).to.equal(true);
    expect(source.isInterrupted).to.equal(true);
    await settle();
    expect(flat(await source.read())).to.deep.equal([2]);
    expect(await rejectionOf(source.read())).to.be.instanceOf(Error);
  });

  it('is not interrupted by a pause without a connection', () => {
    const { source } = sourceOf([]);
    source.interrupt();
    expect(source.isInterrupted).to.equal(false);
  });

  it('stays interrupted by a second pause, which finds no connection', async () => {
    const { source } = sourceOf([whole()]);
    await source.open(no);
    source.interrupt();
    source.close();
    source.interrupt();
    expect(source.isInterrupted).to.equal(true);
  });

  it('returns the unread bytes and their offset when it is closed', async () => {
    const body = new PushedBody();
    const { requests, source } = sourceOf([pushed(body, { status: 206, headers: { 'Content-Range': 'bytes 4-9/10', ETag: '"a"' } })]);
    await source.continueAt(4, ONWARD);
    body.push(bytesOf(4));
    await source.read();
    body.push(bytesOf(5), bytesOf(6));
    await settle();
    const { start, chunks } = source.close();
    expect(start).to.equal(5);
    expect(flat(chunks)).to.deep.equal([5, 6]);
    expect(requests[0]?.signal?.aborted).to.equal(true);
    expect(source.isOpen).to.equal(false);
    const again = source.close();
    expect(again.start).to.be.NaN;
    expect(again.chunks).to.deep.equal([]);
  });

  it('returns unread bytes by rest(), and is at the end with the last of them', async () => {
    const body = new PushedBody();
    const { source } = sourceOf([pushed(body)]);
    expect(source.rest()).to.deep.equal([]);
    expect(source.isAtEnd).to.equal(false);
    await source.open(no);
    body.push(bytesOf(0, 1));
    body.end();
    await settle();
    expect(source.isAtEnd).to.equal(false);
    expect(flat(source.rest())).to.deep.equal([0, 1]);
    expect(source.isAtEnd).to.equal(true);
  });

  it('leaves a released connection open', async () => {
    const { requests, source } = sourceOf([whole()]);
    await source.open(no);
    source.release();
    source.close();
    // The body has arrived whole, and the caller may have a copy of it that has not been read.
    expect(requests[0]?.signal?.aborted).to.equal(false);
  });

  describe('with a response that contains code', () => {
    const wasm = { ...strong, 'Content-Type': 'application/wasm' };

    it('gives the response away as it is if all of it is on this device', async () => {
      const { source, requests } = sourceOf([whole(wasm)]);
      const connection = await source.open(yes);
      expect(connection.untouched).to.equal(10);
      expect(source.isOpen).to.equal(false);
      source.release();
      source.close();
      expect(requests[0]?.signal?.aborted).to.equal(false);
      expect(await connection.response.text()).to.equal(TEXT);
    });

    it('gives the response away at once if a copy is to be read, and reads the copy', async () => {
      const { source, requests } = sourceOf([whole(wasm), whole(wasm)], 'model.bin', true);
      const { response, copy } = await source.open(yes);
      expect(await response.text()).to.equal(TEXT);
      expect((await copy)?.untouched).to.equal(10);
      expect(requests[0]?.signal?.aborted).to.equal(false);
      expect((await source.open(no)).copy, 'an answer that is read itself').to.equal(undefined);
    });

    it('reads the response where it may not be given away, and where its type is another', async () => {
      const { source } = sourceOf([whole(wasm)]);
      expect((await source.open(no)).untouched).to.equal(undefined);
      expect(await textOf(source)).to.equal(TEXT);
      const other = sourceOf([whole()]);
      expect((await other.source.open(yes)).untouched).to.equal(undefined);
      expect(await textOf(other.source)).to.equal(TEXT);
    });

    it('reads a response that has not arrived within a moment', async () => {
      const body = new PushedBody();
      const { clock, source } = sourceOf([pushed(body, { headers: wasm })]);
      const opening = source.open(yes);
      body.push(bytesOf(0, 1, 2));
      await settle();
      await clock.advanceAsync(200);
      expect((await opening).untouched).to.equal(undefined);
      body.push(bytesOf(3, 4));
      body.end();
      const bytes: number[] = [];
      for (let chunks = await source.read(); chunks; chunks = await source.read()) bytes.push(...flat(chunks));
      expect(bytes).to.deep.equal([0, 1, 2, 3, 4]);
    });

    it('rejects where a pause has closed the connection meanwhile', async () => {
      const { clock, source } = sourceOf([pushed(new PushedBody(), { headers: wasm })]);
      const failing = rejectionOf(source.open(yes));
      await settle();
      source.interrupt();
      await clock.advanceAsync(200);
      expect(await failing).to.include({ name: 'AbortError' });
    });

    it('lets the browser complete its own copy, and requests a range where there is none', async () => {
      const body = new PushedBody();
      const { clock, requests, source } = sourceOf([whole(wasm), whole(wasm), pushed(body, { headers: wasm }), part(4)], 'runtime.wasm');
      await source.open(no);
      await textOf(source);
      await source.continueAt(4, ONWARD);
      expect(await textOf(source)).to.equal('456789');
      const continuing = source.continueAt(4, ONWARD);
      await settle();
      await clock.advanceAsync(200);
      await continuing;
      expect(await textOf(source)).to.equal('456789');
      expect(requests.map(({ range, cache }) => [range, cache])).to.deep.equal([
        [null, undefined],
        [null, undefined],
        [null, undefined],
        ['bytes=4-', 'no-store'],
      ]);
      expect(requests[2]?.signal?.aborted).to.equal(true);
    });

    it('requests a range where the browser could not complete its copy, and where no validator identifies it', async () => {
      const refusing = sourceOf([refused(416), part(4)], 'runtime.wasm');
      await refusing.source.continueAt(4, ONWARD);
      expect(refusing.requests.map(({ range }) => range)).to.deep.equal([null, 'bytes=4-']);
      refusing.source.close();
      const unknown = sourceOf([part(4)], 'runtime.wasm');
      await unknown.source.continueAt(4, { version: { total: 10, validator: undefined }, mayRange: true });
      expect(unknown.requests.map(({ range }) => range)).to.deep.equal(['bytes=4-']);
      unknown.source.close();
    });

    it('reports why the request for the copy failed, unless a range may succeed', async () => {
      const { source, requests } = sourceOf([broken], 'runtime.wasm');
      expect(await rejectionOf(source.continueAt(4, ONWARD))).to.be.instanceOf(TypeError);
      expect(requests).to.have.lengthOf(1);
    });
  });
});
