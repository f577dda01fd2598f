import { expect } from 'chai';
import { DownloadFailure } from 'model-download/core';
import { ResponseFailure } from '#dist/transfer/network/connection.js';
import { passedAnswer } from '#dist/transfer/passed-answer.js';
import { answer } from '../support/transfer-parts.js';

const failureOf = (status: number): ResponseFailure => new ResponseFailure(answer('No', { status }));

describe('passedAnswer', () => {
  it('is an answer with a permanent status', () => {
    for (const status of [401, 403, 404, 206]) {
      const failure = failureOf(status);
      expect(passedAnswer(failure, false)).to.equal(failure.response);
    }
  });

  it('is one with a temporary status only if the caller continues without the file', () => {
    for (const status of [408, 429, 500, 503]) {
      const failure = failureOf(status);
      expect(passedAnswer(failure, false)).to.equal(undefined);
      expect(passedAnswer(failure, true)).to.equal(failure.response);
    }
  });

  it('is a 404 for a page in place of a file that the caller does not need', () => {
    const page = new DownloadFailure('corrupt', 'Expected a file, found a page');
    expect(passedAnswer(page, false)).to.equal(undefined);
    const absent = passedAnswer(page, true);
    expect(absent).to.include({ status: 404, statusText: 'Not Found', body: null });
  });

  it('is none for another failure', () => {
    expect(passedAnswer(new TypeError('Failed to fetch'), true)).to.equal(undefined);
    expect(passedAnswer(new DownloadFailure('timeout', 'No answer'), true)).to.equal(undefined);
    expect(passedAnswer(undefined, true)).to.equal(undefined);
  });
});
