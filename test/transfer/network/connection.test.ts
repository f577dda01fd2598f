import { expect } from 'chai';
import { DownloadFailure } from 'model-download/core';
import { connectPlain, connectRange, dismiss, isLater, ResponseFailure, type Connection } from '#dist/transfer/network/connection.js';
import type { FileVersion } from '#dist/transfer/integrity/file-version.js';
import { FakeClock } from '../../support/fake-clock.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { answer, newUrl, PushedBody, requestFor, type AnswerParts } from '../../support/transfer-parts.js';

const NONE: FileVersion = { total: undefined, validator: undefined };

/** A server that returns the given answers in order, and records the requests. */
function serverWith(...answers: readonly Response[]) {
  const requests: RequestInit[] = [];
  const url = newUrl();
  const request = requestFor(url, (_input, init = {}) => {
    const response = answers[requests.length];
    requests.push(init);
    return response ? Promise.resolve(response) : Promise.reject(new Error('Expected no more requests'));
  });
  const options = { request, clock: new FakeClock(), signal: new AbortController().signal };
  return { requests, url, options };
}

/** The connection that a single answer to a range from byte `start` leads to. */
function rangeOf(start: number, body: BodyInit | null, parts: AnswerParts, expected = NONE): Promise<Connection | undefined> {
  return connectRange(serverWith(answer(body, parts)).options, start, expected);
}

describe('connectPlain', () => {
  it('makes the request of the caller, in the given cache mode', async () => {
    const { requests, options } = serverWith(answer('0123456789'), answer('0123456789'));
    await connectPlain(options);
    await connectPlain(options, 'reload');
    expect(requests.map(({ cache }) => cache)).to.deep.equal([undefined, 'reload']);
    expect(requests[0]?.signal).to.equal(options.signal);
  });

  it('describes the response', async () => {
    const response = answer('0123456789', { headers: { 'Content-Length': '10', ETag: '"a"' } });
    const connection = await connectPlain(serverWith(response).options);
    expect(connection).to.deep.equal({
      response,
      isRange: false,
      start: 0,
      end: 10,
      isPlaced: true,
      declared: 10,
      coding: 'none',
      version: { total: 10, validator: '"a"' },
    });
  });

  it('does not use the length of a compressed response as that of the file', async () => {
    const response = answer('0123456789', { headers: { 'Content-Length': '7', 'Content-Encoding': 'gzip' } });
    const { end, declared, coding, version } = await connectPlain(serverWith(response).options);
    expect({ end, declared, coding, total: version.total }).to.deep.equal({
      end: undefined,
      declared: 7,
      coding: 'some',
      total: undefined,
    });
  });

  it('rejects with a response of another status than 200, and with one without a body', async () => {
    for (const [status, body] of [
      [404, 'No'],
      [206, '01'],
      [503, 'No'],
      [200, null],
    ] as const) {
      const response = answer(body, { status });
      const failure = (await rejectionOf(connectPlain(serverWith(response).options))) as ResponseFailure;
      expect(failure).to.be.instanceOf(ResponseFailure);
      expect(failure.response).to.equal(response);
      expect(failure.httpStatus).to.equal(status);
    }
  });

  it('repeats a request past the cache if a redirect to another host has expired', async () => {
    for (const status of [403, 404]) {
      const old = new PushedBody();
      const expired = answer(old.stream, { status, redirected: true, url: 'https://cdn.example/a' });
      const { requests, options } = serverWith(expired, answer('0123456789'));
      await connectPlain(options);
      expect(requests.map(({ cache }) => cache)).to.deep.equal([undefined, 'no-store']);
      expect(old.cancelled).not.to.equal(undefined);
    }
  });

  it('repeats no other request', async () => {
    const cases: AnswerParts[] = [
      { status: 404, redirected: false, url: 'https://cdn.example/a' },
      { status: 404, redirected: true, url: 'https://hub.example/renamed' },
      { status: 500, redirected: true, url: 'https://cdn.example/a' },
    ];
    for (const parts of cases) {
      const { requests, options } = serverWith(answer('No', parts), answer('0123456789'));
      expect(await rejectionOf(connectPlain(options))).to.include({ httpStatus: parts.status });
      expect(requests).to.have.lengthOf(1);
    }
  });
});

describe('connectRange', () => {
  it('requests the bytes from the offset on, past the cache', async () => {
    const { requests, options } = serverWith(answer('56789', { status: 206, headers: { 'Content-Range': 'bytes 5-9/10', ETag: '"a"' } }));
    const connection = await connectRange(options, 5, NONE);
    expect(new Headers(requests[0]?.headers).get('Range')).to.equal('bytes=5-');
    expect(requests[0]?.cache).to.equal('no-store');
    expect(connection).to.include({ isRange: true, start: 5, end: 10, isPlaced: true, declared: undefined, coding: 'none' });
    expect(connection?.version).to.deep.equal({ total: 10, validator: '"a"' });
  });

  it('repeats a request if a redirect to another host has expired', async () => {
    const expired = answer('No', { status: 403, redirected: true, url: 'https://cdn.example/a' });
    const { requests, options } = serverWith(expired, answer('56789', { status: 206, headers: { 'Content-Range': 'bytes 5-9/10' } }));
    expect(await connectRange(options, 5, NONE)).to.include({ start: 5 });
    expect(new Headers(requests[1]?.headers).get('Range')).to.equal('bytes=5-');
  });

  it('accepts a response with the whole file', async () => {
    const connection = await rangeOf(5, '0123456789', { headers: { 'Content-Length': '10' } });
    expect(connection).to.include({ isRange: false, start: 0, end: 10 });
  });

  it('accepts a range that begins before the requested byte, and none without that byte', async () => {
    expect(await rangeOf(5, '3456789', { status: 206, headers: { 'Content-Range': 'bytes 3-9/10' } })).to.include({ start: 3, end: 10 });
    expect(await rangeOf(5, '345', { status: 206, headers: { 'Content-Range': 'bytes 3-5/10' } })).to.include({ start: 3, end: 6 });
    expect(await rangeOf(5, '6789', { status: 206, headers: { 'Content-Range': 'bytes 6-9/10' } })).to.equal(undefined);
    expect(await rangeOf(5, '34', { status: 206, headers: { 'Content-Range': 'bytes 3-4/10' } })).to.equal(undefined);
  });

  it('places a range whose Content-Range is hidden by its length, which may confirm the expected total', async () => {
    const parts = { status: 206, headers: { 'Content-Length': '5' } };
    const hidden = await rangeOf(5, '56789', parts, { total: 10, validator: undefined });
    expect(hidden).to.include({ start: 5, end: 10, isPlaced: false, declared: 5 });
    expect(hidden?.version.total).to.equal(10);
    expect((await rangeOf(5, '56789', parts, { total: 11, validator: undefined }))?.version.total).to.equal(undefined);
    expect((await rangeOf(5, '56789', parts))?.version.total).to.equal(undefined);
  });

  it('refuses a range that cannot be placed, several parts, compressed bytes and a response without a body', async () => {
    const place = { 'Content-Range': 'bytes 5-9/10' };
    const refused: [string, BodyInit | null, Record<string, string>][] = [
      ['no place, no length', '56789', {}],
      ['an invalid place', '56789', { 'Content-Range': 'bytes 9-5/10', 'Content-Length': '5' }],
      ['several parts', '56789', { ...place, 'Content-Type': 'multipart/byteranges; boundary=x' }],
      ['compressed', '56789', { ...place, 'Content-Encoding': 'gzip' }],
      ['no body', null, place],
    ];
    for (const [what, body, headers] of refused) {
      expect(await rangeOf(5, body, { status: 206, headers }), what).to.equal(undefined);
    }
  });

  it('cancels a response that it refuses', async () => {
    const body = new PushedBody();
    expect(await rangeOf(5, body.stream, { status: 400 })).to.equal(undefined);
    expect(body.cancelled).not.to.equal(undefined);
  });

  it('returns an empty rest if the server shows that the same version has no byte behind the offset', async () => {
    const headers = { 'Content-Range': 'bytes */10', ETag: '"a"' };
    const connection = await rangeOf(10, 'No', { status: 416, headers }, { total: undefined, validator: '"a"' });
    expect(connection).to.include({ isRange: true, start: 10, end: 10, isPlaced: true, declared: 0, coding: 'none' });
    expect(connection?.version).to.deep.equal({ total: 10, validator: '"a"' });
    expect(connection?.response.headers.get('ETag')).to.equal('"a"');
    expect(await connection?.response.text()).to.equal('');
  });

  it('refuses a 416 of another size, and of another or an unknown version', async () => {
    const same = { total: undefined, validator: '"a"' };
    expect(await rangeOf(10, 'No', { status: 416, headers: { 'Content-Range': 'bytes */9', ETag: '"a"' } }, same)).to.equal(undefined);
    expect(await rangeOf(10, 'No', { status: 416, headers: { 'Content-Range': 'bytes */10', ETag: '"b"' } }, same)).to.equal(undefined);
    expect(await rangeOf(10, 'No', { status: 416, headers: { 'Content-Range': 'bytes */10' } }, NONE)).to.equal(undefined);
    expect(await rangeOf(10, 'No', { status: 400, headers: { 'Content-Range': 'bytes */10', ETag: '"a"' } }, same)).to.equal(undefined);
  });

  it('rejects with a temporary status, but not with 501, by which a server never answers ranges', async () => {
    for (const status of [408, 429, 500, 503]) {
      expect(await rejectionOf(rangeOf(5, 'No', { status })), String(status)).to.be.instanceOf(ResponseFailure);
    }
    for (const status of [400, 403, 404, 416, 501]) expect(await rangeOf(5, 'No', { status }), String(status)).to.equal(undefined);
  });
});

describe('ResponseFailure', () => {
  it('has the status, its code, and the time until a retry', () => {
    const failure = new ResponseFailure(answer('No', { status: 429, headers: { 'Retry-After': '2' } }));
    expect(failure).to.be.instanceOf(DownloadFailure);
    expect(failure).to.include({ httpStatus: 429, retryAfter: 2_000, message: 'Expected a file, received status 429' });
    const gated = new ResponseFailure(answer('No', { status: 401, headers: { 'X-Error-Code': 'GatedRepo' } }));
    expect(gated.code).not.to.equal(new ResponseFailure(answer('No', { status: 404 })).code);
  });
});

describe('isLater', () => {
  it('is true for a status below 500, and for one with a time until a retry', () => {
    expect(isLater(new ResponseFailure(answer('No', { status: 429 })))).to.equal(true);
    expect(isLater(new ResponseFailure(answer('No', { status: 503, headers: { 'Retry-After': '1' } })))).to.equal(true);
    expect(isLater(new ResponseFailure(answer('No', { status: 500 })))).to.equal(false);
    expect(isLater(new TypeError('Failed to fetch'))).to.equal(false);
  });
});

describe('dismiss', () => {
  it('cancels the body', () => {
    const body = new PushedBody();
    dismiss(new Response(body.stream));
    expect(body.cancelled).not.to.equal(undefined);
  });

  it('accepts a response without a body, and one whose body is being read', () => {
    dismiss(new Response(null));
    const response = new Response('0123456789');
    response.body?.getReader();
    dismiss(response);
  });
});
