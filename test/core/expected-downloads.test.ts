import { expect } from 'chai';
import { expectDownload, whenDownloadExpected } from '#dist/core/expected-downloads.js';

describe('an expected download', () => {
  it('is reported to each listener, each time, until its signal aborts', () => {
    const calls: string[] = [];
    const [first, second] = [new AbortController(), new AbortController()];
    whenDownloadExpected(() => calls.push('first'), first.signal);
    whenDownloadExpected(() => calls.push('second'), second.signal);
    expectDownload();
    first.abort();
    expectDownload();
    second.abort();
    expectDownload();
    expect(calls).to.deep.equal(['first', 'second', 'second']);
  });

  it('is reported to the listeners that exist when it is reported', () => {
    const calls: string[] = [];
    const controller = new AbortController();
    const { signal } = controller;
    whenDownloadExpected(() => {
      calls.push('outer');
      whenDownloadExpected(() => calls.push('inner'), signal);
    }, signal);
    expectDownload();
    expect(calls).to.deep.equal(['outer']);
    expectDownload();
    expect(calls).to.deep.equal(['outer', 'outer', 'inner']);
    controller.abort();
  });
});
