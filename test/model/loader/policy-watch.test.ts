import { expect } from 'chai';
import { DownloadFailure } from 'model-download/core';
import { PolicyWatch } from '#dist/model/loader/policy-watch.js';
import { FakeClock } from '../../support/fake-clock.js';
import { rejectionOf } from '../../support/rejection-of.js';

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
  let clock: FakeClock;
  let controller: AbortController;

  beforeEach(async () => {
    clock = new FakeClock();
    watch = new PolicyWatch(clock);
    controller = new AbortController();
    watch.open(controller.signal);
    await rejectionOf(watch.watch(() => Promise.reject(BROKEN))(URL));
  });

  afterEach(() => watch.close());

  /** The explanation after the time in which the event may arrive. */
  async function explained(cause: unknown): Promise<unknown> {
    const explaining = watch.explain(cause);
    await clock.advanceAsync(100);
    return explaining;
  }

  it('explains a network failure by the blocked request', async () => {
    violate(URL);
    const failure = await explained(BROKEN);
    expect(failure).to.be.instanceOf(DownloadFailure).and.include({ code: 'blocked', cause: BROKEN });
    expect((failure as Error).message).to.equal(
      'The Content-Security-Policy of the page blocks hub.example: connect-src does not allow it',
    );
  });

  it('recognizes a request of which the event contains only the origin', async () => {
    violate('https://hub.example');
    expect(await explained(BROKEN)).to.include({ code: 'blocked' });
  });

  it('does not explain the failure of one request, or of a body, by another request that was blocked before', async () => {
    violate(URL);
    const other = new TypeError('Failed to fetch');
    const request = watch.watch(() => Promise.reject(other));
    await rejectionOf(request('https://other.example/weights.bin'));
    const body = new TypeError('network error');
    for (const failure of [
      other,
      new DownloadFailure('network', 'Failed to fetch', { cause: other }),
      body,
      new DownloadFailure('network', 'network error', { cause: body }),
    ]) {
      expect(await explained(failure)).to.equal(failure);
    }
  });

  it('explains a failure of the request by its cause, and one that contains the request only in its message', async () => {
    violate(URL);
    expect(await explained(new DownloadFailure('network', 'Failed to fetch', { cause: BROKEN }))).to.include({ code: 'blocked' });
    const error = new Error('Could not load the file: TypeError: Failed to fetch');
    expect(await explained(error)).to.include({ code: 'blocked' });
  });

  it('returns other failures unchanged', async () => {
    violate(URL);
    const failure = new DownloadFailure('http', 'HTTP 503', { httpStatus: 503 });
    expect(await explained(failure)).to.equal(failure);
  });

  it('ignores requests of others, and policies that only report', async () => {
    violate('https://other.example/x');
    violate(URL, 'report');
    expect(await explained(BROKEN)).to.equal(BROKEN);
  });

  it('stops listening when it is closed, or its signal aborts', async () => {
    watch.close();
    violate(URL);
    expect(await explained(BROKEN)).to.equal(BROKEN);
    watch.open(controller.signal);
    controller.abort();
    violate(URL);
    expect(await explained(BROKEN)).to.equal(BROKEN);
  });

  it('still receives the event shortly after a failure', async () => {
    watch.closeLate();
    controller.abort();
    violate(URL);
    expect(await explained(BROKEN)).to.include({ code: 'blocked' });
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
      const explaining = watch.explain(new TypeError(message));
      // Another script does not end the wait.
      if (message.includes(SCRIPT)) violate('https://ads.example/a.js', 'enforce', 'script-src-elem');
      violate(SCRIPT, 'enforce', 'script-src-elem');
      expect(await explaining).to.include({
        code: 'blocked',
        message: 'The Content-Security-Policy of the page blocks cdn.example: script-src-elem does not allow it',
      });
    });
  }

  it('does not explain an import by another blocked script, or by one that is not an address', async () => {
    const cause = new TypeError(`Failed to fetch dynamically imported module: ${SCRIPT}`);
    violate('https://ads.example/a.js', 'enforce', 'script-src-elem');
    violate('inline', 'enforce', 'script-src-elem');
    violate(SCRIPT, 'report', 'script-src-elem');
    violate(SCRIPT, 'enforce', 'img-src');
    expect(await explained(cause)).to.equal(cause);
  });

  it('waits for the event of a request, which follows its rejection', async () => {
    const explaining = watch.explain(BROKEN);
    violate(URL);
    expect(await explaining).to.include({ code: 'blocked' });
  });

  it('does not explain an import without an address by a script that was blocked long before', async () => {
    violate('https://ads.example/a.js', 'enforce', 'script-src-elem');
    clock.advance(101);
    const cause = new TypeError('Importing a module script failed.');
    expect(await explained(cause)).to.equal(cause);
  });
});
