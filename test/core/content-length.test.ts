import { expect } from 'chai';
import { contentLengthOf } from '#dist/core/internal.js';

const answer = (headers: Record<string, string> = {}): Response => new Response(null, { headers });

describe('contentLengthOf', () => {
  it('returns a safe integer, and undefined otherwise', () => {
    expect(contentLengthOf(answer({ 'Content-Length': '0' }))).to.equal(0);
    expect(contentLengthOf(answer({ 'Content-Length': '1234' }))).to.equal(1234);
    for (const value of ['-1', '1.5', '1.0', '1e3', 'x1', '1x', '', '99999999999999999'])
      expect(contentLengthOf(answer({ 'Content-Length': value })), value).to.equal(undefined);
    for (const response of [answer(), undefined]) expect(contentLengthOf(response)).to.equal(undefined);
  });
});
