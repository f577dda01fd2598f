import { expect } from 'chai';
import { DownloadFailure } from 'model-download/core';
import { PolicyWatch } from '#dist/model/loader/policy-watch.js';

const URL = 'https://hub.example/own/model.bin';
const BROKEN = new TypeError('Failed to fetch');

/** Fires the event of a blocked request, or of a blocked script. */
function violate(
  blockedURI: string,
  disposition: SecurityPolicyViolationEventDisposition = 'enforce',
  effectiveDirective = 'connect-src',
): void {
  const details = { blockedURI, disposition, effectiveDirective, violatedDirective: effectiveDirective };
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

  const SCRIPT = 'https://cdn.example/transformers.js';
  // Of Chromium, Firefox and WebKit, and of the ONNX Runtime whose script was blocked.
  for (const message of [
    `Failed to fetch dynamically imported module: ${SCRIPT}`,
    `error loading dynamically imported module: ${SCRIPT}`,
    'Importing a module script failed.',
    `no available backend found. ERR: [wasm] TypeError: Failed to fetch dynamically imported module: ${SCRIPT}`,
  ]) {
    it(`explains the failed import of a blocked script: ${message}`, async () => {
      const cause = new TypeError(message);
      const settling = watch.settle(cause);
      expect(watch.explain(cause), 'before the event').to.equal(cause);
      violate(SCRIPT, 'enforce', 'script-src-elem');
      await settling;
      expect(watch.explain(cause)).to.include({
        code: 'blocked',
        message: 'The Content-Security-Policy of the page blocks cdn.example: script-src-elem does not allow it',
      });
      // Now it need not wait.
      await watch.settle(cause);
    });
  }

  it('does not explain an import by another blocked script, or by one that is not an address', async () => {
    const cause = new TypeError(`Failed to fetch dynamically imported module: ${SCRIPT}`);
    violate('https://ads.example/a.js', 'enforce', 'script-src-elem');
    violate('inline', 'enforce', 'script-src-elem');
    violate(SCRIPT, 'report', 'script-src-elem');
    violate(SCRIPT, 'enforce', 'img-src');
    await watch.settle(cause);
    expect(watch.explain(cause)).to.equal(cause);
  });
});
