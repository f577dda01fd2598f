import { expect } from 'chai';
import { isTransientStatus } from '#dist/core/internal.js';

describe('isTransientStatus', () => {
  it('accepts timeouts, Too Early, rate limits and server errors', () => {
    for (const status of [408, 425, 429, 500, 503, 599]) expect(isTransientStatus(status), String(status)).to.equal(true);
  });

  it('rejects all other client errors', () => {
    for (const status of [400, 401, 403, 404, 407, 409, 416, 451]) expect(isTransientStatus(status), String(status)).to.equal(false);
  });
});
