import { expect } from '@open-wc/testing';
import { classifyFailure } from 'model-download/core';
import { rejectionOf } from '../../support/rejection-of.js';
import { HeldFile, MEDIUM, sha256, forgetPartials } from './held-file.js';

interface Failure {
  readonly code: string;
  readonly retryAfter?: number | undefined;
}

afterEach(forgetPartials);

describe('a response that is not a file', () => {
  it('with 429 is retried after the time that the server requests', async () => {
    const file = new HeldFile(MEDIUM);
    await file.scope.control({ status: 429, retryAfter: 2, statusTimes: 1, match: file.file });
    const causes: Failure[] = [];
    const recover = (cause: unknown): Promise<void> => Promise.resolve(void causes.push(cause as Failure));
    const response = await file.visit({ recover })(file.url);
    expect(causes[0]).to.include({ code: 'rate-limited', retryAfter: 2_000 });
    expect(await sha256(await response.arrayBuffer())).to.equal(await file.hash());
  });

  it('with 503 is retried three times', async () => {
    const file = new HeldFile(MEDIUM);
    await file.scope.control({ status: 503, statusTimes: 3, match: file.file });
    const response = await file.visit()(file.url);
    expect(await sha256(await response.arrayBuffer())).to.equal(await file.hash());
    expect((await file.scope.requests()).filter(({ status }) => status === 503)).to.have.lengthOf(3);
  });

  it('with 503 four times is a failure', async () => {
    const file = new HeldFile(MEDIUM);
    await file.scope.control({ status: 503, match: file.file });
    expect(await rejectionOf(file.visit()(file.url))).to.include({ code: 'http', httpStatus: 503 });
    expect((await file.scope.requests()).filter(({ status }) => status === 503)).to.have.lengthOf(4);
  });

  for (const status of [400, 401, 403, 404]) {
    it(`with ${status} is passed on unchanged, at once`, async () => {
      const file = new HeldFile(MEDIUM);
      await file.scope.control({ status, origin: 'hub', match: file.file });
      const response = await file.visit()(file.url);
      expect(response.status).to.equal(status);
      expect(response.url).to.equal(file.url);
      expect(await response.text(), 'its body').to.be.a('string');
      expect(await file.answers()).to.have.lengthOf(1);
    });
  }

  it('with 403 at a redirected address is requested once more, from the original one', async () => {
    const file = new HeldFile(MEDIUM);
    await file.scope.control({ status: 403, statusTimes: 1, origin: 'cdn', match: file.file });
    const response = await file.visit()(file.url);
    expect(await sha256(await response.arrayBuffer())).to.equal(await file.hash());
    expect((await file.answers()).map(({ status }) => status)).to.deep.equal([403, 200]);
  });

  it('with 403 in the middle of a body starts recovery', async () => {
    const file = new HeldFile(MEDIUM);
    await file.scope.control({ cutAfter: 5_000_000, cutTimes: 1, match: file.file });
    const causes: Failure[] = [];
    const recover = async (cause: unknown): Promise<void> => {
      causes.push(classifyFailure(cause));
      await file.scope.control({ status: causes.length === 1 ? 403 : null });
    };
    const response = await file.visit({ recover })(file.url);
    expect(await sha256(await response.arrayBuffer())).to.equal(await file.hash());
    expect(causes.map(({ code }) => code)).to.deep.equal(['network', 'unauthorized']);
  });
});

describe('a request that is not a download', () => {
  const requests: readonly [string, RequestInit][] = [
    ['a probe for one byte', { headers: { range: 'bytes=0-0' }, cache: 'no-store' }],
    ['another method', { method: 'HEAD' }],
    ['one with a body', { method: 'POST', body: 'text' }],
  ];
  for (const [name, init] of requests) {
    it(`is passed on unchanged: ${name}`, async () => {
      const seen: (RequestInit | undefined)[] = [];
      const answer = new Response('answer');
      const fetch = (_input: RequestInfo | URL, given?: RequestInit): Promise<Response> => {
        seen.push(given);
        return Promise.resolve(answer);
      };
      const file = new HeldFile(MEDIUM);
      expect(await file.visit({ fetch })(file.url, init)).to.equal(answer);
      expect(seen).to.deep.equal([init]);
    });
  }

  it('keeps the caller’s headers and credentials if it is one', async () => {
    const seen: RequestInit[] = [];
    const fetch = (_input: RequestInfo | URL, given: RequestInit = {}): Promise<Response> => {
      seen.push(given);
      return Promise.resolve(new Response('abc', { headers: { 'Content-Length': '3' } }));
    };
    const response = await new HeldFile(MEDIUM).visit({ fetch })('https://example.test/a.bin', {
      headers: { Authorization: 'Bearer token' },
      credentials: 'include',
    });
    expect(await response.text()).to.equal('abc');
    const { headers, credentials } = seen[0] ?? {};
    expect(credentials).to.equal('include');
    expect(new Headers(headers).get('Authorization')).to.equal('Bearer token');
    expect(new Headers(headers).get('Range'), 'the first request is its own').to.equal(null);
  });

  it('rejects settings that are not numbers', () => {
    const file = new HeldFile(MEDIUM);
    expect(() => file.visit({ segmentSize: 0 })).to.throw(RangeError, 'segmentSize');
    expect(() => file.visit({ stallTimeout: NaN })).to.throw(RangeError, 'stallTimeout');
  });
});
