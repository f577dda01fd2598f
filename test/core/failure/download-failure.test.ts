import { expect } from 'chai';
import { DownloadFailure } from 'model-download/core';

describe('DownloadFailure', () => {
  it('is an error with a code and the technical message', () => {
    const failure = new DownloadFailure('network', 'Failed to fetch');
    expect(failure).to.be.instanceOf(Error);
    expect(failure).to.include({ code: 'network', message: 'Failed to fetch' });
  });

  it('has a name of its own, which identifies it in another realm', () => {
    const failure = new DownloadFailure('corrupt', 'SHA-256 mismatch');
    expect(failure.name).to.equal('DownloadFailure');
    expect(Object.hasOwn(failure, 'name')).to.equal(true);
    expect(String(failure)).to.equal('DownloadFailure: SHA-256 mismatch');
  });

  it('keeps the cause, the HTTP status and the wait that the server requires', () => {
    const cause = new TypeError('terminated');
    const failure = new DownloadFailure('http', 'HTTP 503', { cause, httpStatus: 503, retryAfter: 7_000 });
    expect(failure).to.include({ cause, httpStatus: 503, retryAfter: 7_000 });
  });

  it('keeps a cause that is no error, and a wait of 0', () => {
    expect(new DownloadFailure('unknown', 'text', { cause: 'text' }).cause).to.equal('text');
    expect(new DownloadFailure('rate-limited', '429', { retryAfter: 0 }).retryAfter).to.equal(0);
  });

  it('has no cause, status or wait without options', () => {
    const failure = new DownloadFailure('timeout', 'No answer');
    expect([failure.cause, failure.httpStatus, failure.retryAfter]).to.deep.equal([undefined, undefined, undefined]);
  });
});
