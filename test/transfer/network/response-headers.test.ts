import { expect } from 'chai';
import {
  beginsAsPage,
  claimsToBePage,
  codingOf,
  isCounted,
  parseContentRange,
  retryAfterOf,
  sizeOfUnsatisfied,
} from '#dist/transfer/network/response-headers.js';

const answer = (headers: Record<string, string> = {}): Response => new Response(null, { headers });
const typed = (type: string, headers: Record<string, string> = {}): Response =>
  Object.defineProperty(answer(headers), 'type', { value: type });

describe('parseContentRange', () => {
  const parse = (value: string) => parseContentRange(answer({ 'Content-Range': value }));

  it('returns start, end and total', () => {
    expect(parse('bytes 5-9/10')).to.deep.equal({ start: 5, end: 10, total: 10 });
    expect(parse('bytes 0-0/*')).to.deep.equal({ start: 0, end: 1, total: undefined });
    expect(parse('bytes 15-109/1234')).to.deep.equal({ start: 15, end: 110, total: 1234 });
  });

  it('returns undefined for a missing or invalid header', () => {
    expect(parseContentRange(answer())).to.equal(undefined);
    for (const value of [
      'bytes 9-5/10',
      'bytes 5-4/10',
      'bytes 5-10/10',
      'bytes */10',
      'items 5-9/10',
      'x bytes 5-9/10',
      'bytes 5-9/10, 2',
      'bytes 5-9/',
    ])
      expect(parse(value), value).to.equal(undefined);
  });
});

describe('sizeOfUnsatisfied', () => {
  it('returns the size of a 416', () => {
    expect(sizeOfUnsatisfied(answer({ 'Content-Range': 'bytes */120' }))).to.equal(120);
  });

  it('returns undefined for other headers', () => {
    expect(sizeOfUnsatisfied(answer())).to.equal(undefined);
    for (const value of ['bytes 0-1/12', 'bytes */', 'a bytes */12', 'bytes */12 b'])
      expect(sizeOfUnsatisfied(answer({ 'Content-Range': value })), value).to.equal(undefined);
  });
});

describe('codingOf', () => {
  it('reads Content-Encoding', () => {
    for (const value of ['identity', ' Identity ', '']) expect(codingOf(answer({ 'Content-Encoding': value })), value).to.equal('none');
    for (const value of ['br', 'gzip', 'identity, gzip', 'xidentity']) {
      expect(codingOf(answer({ 'Content-Encoding': value })), value).to.equal('some');
    }
  });

  it('trusts a missing header at the same origin only', () => {
    expect(codingOf(typed('basic'))).to.equal('none');
    expect(codingOf(typed('cors', { 'Content-Type': 'application/wasm' }))).to.equal('unknown');
    expect(codingOf(typed('cors'))).to.equal('unknown');
  });

  it('trusts a missing header of another origin if the server exposes it', () => {
    for (const exposed of ['*', 'ETag, *', 'Content-Length, content-encoding', 'Content-Encoding']) {
      expect(codingOf(typed('cors', { 'Access-Control-Expose-Headers': exposed })), exposed).to.equal('none');
      expect(codingOf(typed('cors', { 'Access-Control-Expose-Headers': exposed, 'Content-Encoding': 'br' })), exposed).to.equal('some');
      expect(codingOf(typed('default', { 'Access-Control-Expose-Headers': exposed })), 'a response of a script').to.equal('unknown');
    }
    for (const exposed of ['', 'ETag', 'X-Content-Encoding', 'Content-Encoding-X'])
      expect(codingOf(typed('cors', { 'Access-Control-Expose-Headers': exposed })), exposed).to.equal('unknown');
  });

  it('is unlikely for types that servers do not compress', () => {
    for (const type of ['application/octet-stream', 'Binary/Octet-Stream; a=b'])
      expect(codingOf(typed('cors', { 'Content-Type': type })), type).to.equal('unlikely');
    for (const type of ['application/octet-streams', 'x-application/octet-stream'])
      expect(codingOf(typed('cors', { 'Content-Type': type })), type).to.equal('unknown');
  });
});

describe('isCounted', () => {
  it('is true for codings that leave the length as it is', () => {
    expect((['none', 'unlikely', 'unknown', 'some'] as const).map(isCounted)).to.deep.equal([true, true, false, false]);
  });
});

describe('retryAfterOf', () => {
  it('returns milliseconds of seconds', () => {
    expect(retryAfterOf(answer({ 'Retry-After': '2' }))).to.equal(2_000);
    expect(retryAfterOf(answer({ 'Retry-After': '-2' }))).to.equal(0);
  });

  it('returns the time until a date, by the server’s clock', () => {
    const headers = { Date: 'Thu, 01 Jan 2026 00:00:00 GMT', 'Retry-After': 'Thu, 01 Jan 2026 00:00:05 GMT' };
    expect(retryAfterOf(answer(headers))).to.equal(5_000);
    expect(retryAfterOf(answer({ ...headers, 'Retry-After': 'Wed, 31 Dec 2025 00:00:00 GMT' }))).to.equal(0);
    const soon = new Date(Date.now() + 60_000).toUTCString();
    expect(retryAfterOf(answer({ 'Retry-After': soon }))).to.be.within(50_000, 60_000);
  });

  it('returns undefined for a missing or invalid header', () => {
    expect(retryAfterOf(answer())).to.equal(undefined);
    for (const value of ['', 'soon', 'Infinity']) expect(retryAfterOf(answer({ 'Retry-After': value })), value).to.equal(undefined);
  });
});

describe('claimsToBePage', () => {
  it('is true for a page where another file was requested', () => {
    const claims = (type: string, url: string) => claimsToBePage(answer({ 'Content-Type': type }), url);
    expect(claims('text/html; charset=utf-8', 'https://a.example/model.bin')).to.equal(true);
    expect(claims('application/xhtml+xml', 'https://a.example/model.bin?a.html')).to.equal(true);
    for (const file of ['a.html', 'a.HTM', 'a.xhtml']) expect(claims('text/html', `https://a.example/${file}?b`), file).to.equal(false);
    expect(claims('text/html', 'https://a.example/a.html.bin')).to.equal(true);
    expect(claims('text/plain', 'https://a.example/model.bin')).to.equal(false);
    expect(claims('x/text/html', 'https://a.example/model.bin')).to.equal(false);
    expect(claimsToBePage(answer(), 'https://a.example/model.bin')).to.equal(false);
  });
});

describe('beginsAsPage', () => {
  const begins = (text: string) => beginsAsPage(new TextEncoder().encode(text));

  it('recognizes the beginning of a page', () => {
    for (const text of ['<!doctype html>', '\uFEFF <html>', '  <?xml', '<HEAD>', '<body', '<meta', '<title>', '<script>'])
      expect(begins(text), text).to.equal(true);
  });

  it('does not recognize other files', () => {
    for (const text of ['<s>', '<|user|>', '{"<html>": 1}', '', `${' '.repeat(64)}<html>`]) expect(begins(text), text).to.equal(false);
  });
});
