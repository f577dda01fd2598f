import { expect } from 'chai';
import { expectDownload, whenDownloadExpected } from '#dist/core/expected-downloads.js';

describe('an expected download', () => {
  it('is reported to each listener, each time, until it is removed', () => {
    const calls: string[] = [];
    const removeFirst = whenDownloadExpected(() => calls.push('first'));
    const removeSecond = whenDownloadExpected(() => calls.push('second'));
    expectDownload();
    removeFirst();
    expectDownload();
    removeSecond();
    expectDownload();
    expect(calls).to.deep.equal(['first', 'second', 'second']);
  });

  it('is reported to the listeners that exist when it is reported', () => {
    const calls: string[] = [];
    const removals: (() => void)[] = [];
    removals.push(
      whenDownloadExpected(() => {
        calls.push('outer');
        removals.push(whenDownloadExpected(() => calls.push('inner')));
      }),
    );
    expectDownload();
    expect(calls).to.deep.equal(['outer']);
    expectDownload();
    expect(calls).to.deep.equal(['outer', 'outer', 'inner']);
    for (const remove of removals) remove();
  });
});
