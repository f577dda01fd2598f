// A server that pauses in a file: its connection stays open beside the next one, so that the load works where a plain request does.
import { expect } from 'chai';
import { FileBody, type FileBodyOptions } from '#dist/transfer/file-body.js';
import {
  bodyWith,
  part,
  Recoveries,
  refused,
  Reports,
  sha256Of,
  TEXT,
  whole,
  type BodySettings,
  type Reply,
} from '../support/body-parts.js';
import { settle } from '../support/fake-clock.js';
import { rejectionOf } from '../support/rejection-of.js';
import { answer, flat, PushedBody } from '../support/transfer-parts.js';

const other = { ETag: '"b"' };
const never: Reply = () => new Promise(() => undefined);
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** A body whose server has sent `sent` and is silent. The later requests get `replies`. */
async function silentBody(
  replies: readonly Reply[],
  settings: BodySettings = {},
  options: Partial<FileBodyOptions> = {},
  type: ResponseType = 'basic',
  sent = '0123',
) {
  const first = new PushedBody();
  const begin: Reply = () => answer(first.stream, { headers: { 'Content-Length': '10', ETag: '"a"' }, type });
  const parts = bodyWith([begin, ...replies], {
    ...settings,
    conditions: { isResumable: () => body.isResumable, ...settings.conditions },
  });
  const { recover, causes } = new Recoveries();
  const reports = new Reports();
  const body: FileBody = new FileBody({
    ...parts.parts,
    acquire: () => Promise.resolve(false),
    recover,
    onProgress: reports.add,
    ...options,
  });
  await body.start();
  if (sent) {
    first.push(bytes(sent));
    expect(flat(await body.next())).to.have.lengthOf(sent.length);
  }
  const rest = body.next();
  rest.catch(() => undefined);
  return { ...parts, body, first, rest, causes, reports, silence: () => parts.clock.advanceAsync(36_000, 500) };
}

const textOf = async (rest: Promise<Parameters<typeof flat>[0]>): Promise<string> => String.fromCharCode(...flat(await rest));

describe('FileBody with a server that pauses', () => {
  it('joins the next response, and then closes the silent connection', async () => {
    const { first, rest, requests, silence } = await silentBody([part(4)]);
    await silence();
    expect(await textOf(rest)).to.equal('456789');
    expect(first.cancelled).not.to.equal(undefined);
    expect(requests.map(({ range }) => range)).to.deep.equal([null, 'bytes=4-']);
  });

  for (const [what, reply] of [
    ['of another version', part(4, other)],
    ['that is a page', () => answer('<!doctype html>', { headers: { 'Content-Type': 'text/html' } })],
  ] as const) {
    it(`waits for the silent connection after a response ${what}`, async () => {
      const { first, rest, body, silence } = await silentBody([reply, reply]);
      await silence();
      expect(body.isResumable, 'a pause must not close the connection').to.equal(false);
      first.push(bytes('456789'));
      first.end();
      expect(await textOf(rest)).to.equal(TEXT.slice(4));
      expect(body.isComplete).to.equal(true);
    });
  }

  describe('before its first byte, while another response has another length,', () => {
    const longer = whole(other, 'abcdefghijkl');

    it('waits for the silent connection', async () => {
      const { first, rest, body, silence } = await silentBody([longer], {}, {}, 'basic', '');
      await silence();
      first.push(bytes(TEXT));
      first.end();
      expect(await textOf(rest)).to.equal(TEXT);
      expect(body.isComplete).to.equal(true);
    });

    it('continues it only with its own version', async () => {
      const { first, rest, body, requests, silence } = await silentBody([longer, part(4)], {}, {}, 'basic', '');
      await silence();
      first.push(bytes('0123'));
      expect(await textOf(rest)).to.equal('0123');
      const next = body.next();
      first.fail(new TypeError('network error'));
      expect(await textOf(next)).to.equal('456789');
      expect(requests.map(({ range }) => range)).to.deep.equal([null, null, 'bytes=4-']);
    });

    it('ends if the next response is of the other version, too', async () => {
      const { first, rest, body, silence } = await silentBody([longer, part(4, other, 'abcdefghijkl'), longer], {}, {}, 'basic', '');
      await silence();
      first.push(bytes('0123'));
      await rest;
      const next = body.next();
      first.fail(new TypeError('network error'));
      expect(await rejectionOf(next)).to.include({ code: 'changed' });
    });
  });

  it('requests no whole file after a range of another version, whatever the coding', async () => {
    const headers = { 'Content-Range': 'bytes 4-9/10', ETag: '"b"', Date: 'Fri, 27 Nov 2026 00:00:00 GMT' };
    const range: Reply = () => answer('456789', { status: 206, headers, type: 'cors' });
    const { first, rest, requests, silence } = await silentBody([range, whole(other)], {}, {}, 'cors');
    await silence();
    first.push(bytes('456789'));
    first.end();
    expect(await textOf(rest)).to.equal('456789');
    expect(requests).to.have.lengthOf(2);
  });

  it('makes no request if the connection delivers during the wait for the next attempt', async () => {
    let goOn = (): void => undefined;
    const recover = (): Promise<void> => new Promise((resolve) => (goOn = resolve));
    const { first, rest, requests, silence } = await silentBody([], {}, { recover });
    await silence();
    first.push(bytes('456789'));
    first.end();
    await settle();
    goOn();
    expect(await textOf(rest)).to.equal('456789');
    expect(requests).to.have.lengthOf(1);
  });

  it('ends the next request once the silent connection delivers', async () => {
    const { clock, first, rest, requests, causes, silence } = await silentBody([never]);
    await silence();
    expect(requests).to.have.lengthOf(2);
    first.push(bytes('456789'));
    first.end();
    await clock.advanceAsync(200);
    expect(await textOf(rest)).to.equal('456789');
    expect(requests[1]?.signal?.aborted).to.equal(true);
    expect(requests).to.have.lengthOf(2);
    expect(causes, 'no attempt is spent for the request that was ended').to.have.lengthOf(1);
  });

  it('waits for the silent connection when no attempt is left', async () => {
    const recover = (cause: unknown): Promise<void> => Promise.reject(cause);
    const { clock, first, rest, requests, silence } = await silentBody([], {}, { recover });
    await silence();
    await clock.advanceAsync(200_000, 500);
    first.push(bytes('456789'));
    first.end();
    expect(await textOf(rest)).to.equal('456789');
    expect(requests).to.have.lengthOf(1);
  });

  it('ends after 300 s without a byte where nothing else can continue the body', async () => {
    const { clock, first, rest, causes, silence } = await silentBody(Array.from({ length: 4 }, () => part(4, other)));
    await silence();
    await clock.advanceAsync(260_000, 500);
    expect(first.cancelled).to.equal(undefined);
    await clock.advanceAsync(15_000, 500);
    expect(await rejectionOf(rest)).to.include({ code: 'changed' });
    expect(first.cancelled).not.to.equal(undefined);
    expect(causes).to.have.lengthOf(2);
  });

  it('continues after further failures of the next connection, and holds the first silent one only', async () => {
    const second = new PushedBody();
    const silent = { status: 206, headers: { 'Content-Range': 'bytes 4-9/10', ETag: '"a"' } };
    const { clock, first, rest, requests, silence } = await silentBody([refused(503), () => answer(second.stream, silent), part(4)]);
    await silence();
    expect(requests).to.have.lengthOf(3);
    expect(first.cancelled, 'joined').not.to.equal(undefined);
    await clock.advanceAsync(66_000, 500);
    expect(await textOf(rest)).to.equal('456789');
    expect(second.cancelled).not.to.equal(undefined);
  });

  it('closes the silent connection at a pause, and at the end', async () => {
    const paused = await silentBody([never, part(4)]);
    await paused.silence();
    paused.source.interrupt();
    expect(await textOf(paused.rest)).to.equal('456789');
    expect(paused.first.cancelled).not.to.equal(undefined);
    const ended = await silentBody([never]);
    await ended.silence();
    ended.controller.abort(new Error('enough'));
    ended.source.end();
    expect(await rejectionOf(ended.rest)).to.include({ message: 'enough' });
    expect(ended.first.cancelled).not.to.equal(undefined);
  });

  it('keeps that of a file with code, too, and requests no whole file beside it', async () => {
    const { first, silence, rest, requests } = await silentBody([never], { name: 'ort.wasm' });
    await silence();
    expect(first.cancelled).to.equal(undefined);
    first.push(bytes('456789'));
    first.end();
    expect(await textOf(rest)).to.equal('456789');
    expect(requests.map(({ range }) => range)).to.deep.equal([null, 'bytes=4-']);
  });

  it('waits for that of a file with code if the next response is of another version', async () => {
    const { clock, first, silence, rest } = await silentBody([part(4, other), part(4, other)], { name: 'ort.wasm' });
    await silence();
    await clock.advanceAsync(40_000, 500);
    first.push(bytes('456789'));
    first.end();
    expect(await textOf(rest)).to.equal('456789');
  });

  it('keeps the connection to a file with code for 300 s if no attempt is left', async () => {
    const conditions = { canRecover: (): boolean => false };
    const { clock, first, rest, requests, causes } = await silentBody([], { name: 'ort.wasm', conditions });
    await clock.advanceAsync(290_000, 500);
    expect(causes, 'the server is still waited for').to.deep.equal([]);
    first.push(bytes('456789'));
    first.end();
    expect(await textOf(rest)).to.equal('456789');
    expect(requests).to.have.lengthOf(1);
  });

  it('holds two silent connections at most, whatever number of files waits', async () => {
    const bodies = await Promise.all([1, 2, 3].map(() => silentBody([never])));
    await Promise.all(bodies.map(({ silence }) => silence()));
    expect(bodies.filter(({ first }) => first.cancelled === undefined)).to.have.lengthOf(2);
    for (const { source } of bodies) source.end();
    const next = await silentBody([never]);
    await next.silence();
    expect(next.first.cancelled).to.equal(undefined);
    next.source.end();
  });

  it('compares the whole with a known hash', async () => {
    const known = { size: 10, sha256: await sha256Of(TEXT) };
    const { first, rest, silence } = await silentBody([part(4, other)], { known, fresh: { size: 10, sha256: 'f'.repeat(64) } });
    await silence();
    first.push(bytes('45678X'));
    first.end();
    expect(await rejectionOf(rest)).to.include({ code: 'corrupt' });
  });
});
