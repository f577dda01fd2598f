import { expect } from 'chai';
import { DownloadFailure } from 'model-download/core';
import { PolicyWatch } from '#dist/model/loader/policy-watch.js';

const URL = 'https://hub.example/own/model.bin';
const BROKEN = new TypeError('Failed to fetch');

/** Fires the event of a blocked request. */
function violate(blockedURI: string, disposition: SecurityPolicyViolationEventDisposition = 'enforce'): void {
  const details = { blockedURI, disposition, effectiveDirective: 'connect-src', violatedDirective: 'connect-src' };
  const event = new Event('securitypolicyviolation');
  for (const [name, value] of Object.entries(details)) Object.defineProperty(event, name, { value });
  globalThis.dispatchEvent(event);
}

describe('PolicyWatch', () => {
  let watch: PolicyWatch;
  let controller: AbortController;

  beforeEach(async () => {
    watch = new PolicyWatch();
    controller = new AbortController();
    watch.open(controller.signal);
    await watch.watch(() => Promise.resolve(new Response()))(URL);
  });

  afterEach(() => watch.close());

  it('explains a network failure by the blocked request', () => {
    violate(URL);
    const failure = watch.explain(BROKEN);
    expect(failure).to.be.instanceOf(DownloadFailure).and.include({ code: 'blocked', cause: BROKEN });
    expect((failure as Error).message).to.equal(
      'The Content-Security-Policy of the page blocks hub.example: connect-src does not allow it',
    );
  });

  it('recognizes a request of which the event contains only the origin', () => {
    violate('https://hub.example');
    expect(watch.explain(BROKEN)).to.include({ code: 'blocked' });
  });

  it('returns other failures unchanged', () => {
    violate(URL);
    const failure = new DownloadFailure('http', 'HTTP 503', { httpStatus: 503 });
    expect(watch.explain(failure)).to.equal(failure);
  });

  it('ignores requests of others, and policies that only report', () => {
    violate('https://other.example/x');
    violate(URL, 'report');
    expect(watch.explain(BROKEN)).to.equal(BROKEN);
  });

  it('stops listening when it is closed, or its signal aborts', () => {
    watch.close();
    violate(URL);
    expect(watch.explain(BROKEN)).to.equal(BROKEN);
    watch.open(controller.signal);
    controller.abort();
    violate(URL);
    expect(watch.explain(BROKEN)).to.equal(BROKEN);
  });

  it('still receives the event shortly after a failure', () => {
    watch.closeLate();
    controller.abort();
    violate(URL);
    expect(watch.explain(BROKEN)).to.include({ code: 'blocked' });
  });
});
