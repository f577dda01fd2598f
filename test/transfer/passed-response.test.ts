import { expect } from 'chai';
import { DownloadFailure } from 'model-download/core';
import { ResponseFailure } from '#dist/transfer/network/connection.js';
import { passedResponse } from '#dist/transfer/passed-response.js';
import { answer } from '../support/transfer-parts.js';

const failureOf = (status: number): ResponseFailure => new ResponseFailure(answer('No', { status }));

describe('passedResponse', () => {
  it('is a response with a permanent status', () => {
    for (const status of [401, 403, 404, 206]) {
      const failure = failureOf(status);
      expect(passedResponse(failure, false)).to.equal(failure.response);
    }
  });

  it('is one with a temporary status only if the caller continues without the file', () => {
    for (const status of [408, 429, 500, 503]) {
      const failure = failureOf(status);
      expect(passedResponse(failure, false)).to.equal(undefined);
      expect(passedResponse(failure, true)).to.equal(failure.response);
    }
  });

  it('is a 404 for a page in place of a file that the caller does not need', () => {
    const page = new DownloadFailure('corrupt', 'Expected a file, found a page');
    expect(passedResponse(page, false)).to.equal(undefined);
    const absent = passedResponse(page, true);
    expect(absent).to.include({ status: 404, statusText: 'Not Found', body: null });
  });

  it('is none for another failure', () => {
    expect(passedResponse(new TypeError('Failed to fetch'), true)).to.equal(undefined);
    expect(passedResponse(new DownloadFailure('timeout', 'No answer'), true)).to.equal(undefined);
    expect(passedResponse(undefined, true)).to.equal(undefined);
  });
});
