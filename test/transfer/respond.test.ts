import { expect } from 'chai';
import { BodyCopy } from '#dist/transfer/body-copy.js';
import { readerHeaders } from '#dist/transfer/reader-headers.js';
import { respond } from '#dist/transfer/respond.js';
import { rejectionOf } from '../support/rejection-of.js';
import { answer, bytesOf, connectionOf, PushedBody, type AnswerParts } from '../support/transfer-parts.js';

const TEXT = '{"a":1}';

interface Parts {
  readonly server?: AnswerParts;
  readonly isRange?: boolean;
  readonly length?: number;
  readonly cause?: () => unknown;
}

function respondWith(body: PushedBody, { server = {}, isRange = false, length, cause = () => undefined }: Parts = {}): Response {
  const connection = connectionOf({ response: answer('', server), isRange });
  return respond(body.stream, connection, readerHeaders(connection.response.headers, length), { copy: new BodyCopy(), cause });
}

function whole(): PushedBody {
  const body = new PushedBody();
  body.push(new TextEncoder().encode(TEXT));
  body.end();
  return body;
}

describe('respond', () => {
  it('has the body, and the headers and the address of the response of the server', async () => {
    const response = respondWith(whole(), {
      server: { headers: { 'X-Own': '1', ETag: '"a"' }, url: 'https://hub.example/a', redirected: true },
    });
    expect(response).to.include({ status: 200, url: 'https://hub.example/a', redirected: true });
    expect(response.headers.get('X-Own')).to.equal('1');
    expect(response.headers.get('ETag')).to.equal('"a"');
    expect(await response.text()).to.equal(TEXT);
  });

  it('has the status of a plain response where the first one was a range', () => {
    const parts = { server: { status: 206, headers: {} } };
    expect(respondWith(whole(), { ...parts, isRange: true })).to.include({ status: 200, statusText: 'OK' });
    expect(respondWith(whole())).to.include({ status: 200, statusText: '' });
  });

  it('has no header that describes another body than its own', () => {
    const headers = { 'Content-Encoding': 'gzip', 'Content-Range': 'bytes 0-1/2', 'Content-Length': '2' };
    const plain = respondWith(whole(), { server: { headers } });
    for (const name of Object.keys(headers)) expect(plain.headers.get(name), name).to.equal(null);
    expect(respondWith(whole(), { server: { headers }, length: 7 }).headers.get('Content-Length')).to.equal('7');
    expect(respondWith(whole(), { length: 0 }).headers.get('Content-Length')).to.equal('0');
  });

  it('can be read by each method', async () => {
    expect(await respondWith(whole()).json()).to.deep.equal({ a: 1 });
    expect((await respondWith(whole()).arrayBuffer()).byteLength).to.equal(TEXT.length);
    expect((await respondWith(whole()).blob()).size).to.equal(TEXT.length);
  });

  it('is read into one buffer, whatever its length says', async () => {
    const { length } = TEXT;
    for (const declared of [length, length - 1, 1, length + 1, 2 ** 53, 0, undefined]) {
      const body = new PushedBody();
      const reading = respondWith(body, declared === undefined ? {} : { length: declared }).arrayBuffer();
      for (const byte of new TextEncoder().encode(TEXT)) body.push(bytesOf(byte));
      body.end();
      expect(new TextDecoder().decode(await reading), String(declared)).to.equal(TEXT);
    }
  });

  it('is used as soon as it is read, and cannot be read again', async () => {
    const response = respondWith(whole(), { length: TEXT.length });
    const reading = response.arrayBuffer();
    expect(response.bodyUsed).to.equal(true);
    await reading;
    expect(await rejectionOf(response.arrayBuffer())).to.be.instanceOf(TypeError);
    const locked = respondWith(whole(), { length: TEXT.length });
    locked.body?.getReader();
    expect(await rejectionOf(locked.arrayBuffer())).to.be.instanceOf(TypeError);
  });

  it('rejects with the error that ended its body, whichever method reads it', async () => {
    const error = new Error('the hash differs');
    for (const name of ['arrayBuffer', 'blob', 'json', 'text'] as const) {
      const body = new PushedBody();
      const response = respondWith(body, { length: 2, cause: () => error });
      body.push(bytesOf(1));
      body.fail(new TypeError('Failed to fetch'));
      expect(await rejectionOf(response[name]()), name).to.equal(error);
    }
  });

  it('rejects as the platform does where nothing has ended the body', async () => {
    const body = new PushedBody();
    const response = respondWith(body);
    body.push(new TextEncoder().encode('no JSON'));
    body.end();
    // A SyntaxError, or in WebKitGTK a DOMException of that name.
    const plain = await rejectionOf(new Response('no JSON').json());
    const { constructor: type, name } = plain as Error;
    expect(name).to.equal('SyntaxError');
    expect(await rejectionOf(response.json()))
      .to.be.instanceOf(type)
      .and.to.have.property('name', name);
  });

  it('can be cloned, with the same address and the same error', async () => {
    const error = new Error('the hash differs');
    const body = new PushedBody();
    const response = respondWith(body, { server: { url: 'https://hub.example/a' }, cause: () => error });
    const clone = response.clone().clone();
    expect(clone).to.include({ url: 'https://hub.example/a', redirected: false });
    body.fail(new TypeError('Failed to fetch'));
    expect(await rejectionOf(clone.text())).to.equal(error);
    const copied = respondWith(whole());
    expect(await copied.clone().text()).to.equal(TEXT);
    expect(await copied.text()).to.equal(TEXT);
  });
});
