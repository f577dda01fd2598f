// The figures of a load from the logs of its servers.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { linesOf, trafficOf } from '../../../tools/bench/loads/log.js';

/** @param {Partial<import('../../../tools/bench/loads/log.js').Entry>} changes */
const entry = (changes) => ({
  ...{ server: 'hub', method: 'GET', path: '/file', range: undefined, status: 200, size: 10, bytes: 10 },
  ...{ received: 1_000, first: 1_010, last: 1_020 },
  ...changes,
});

describe('the traffic of a load', () => {
  it('counts the requests and bytes of the hub and the runtime apart from those of the page', () => {
    const entries = [entry({}), entry({ server: 'runtime', bytes: 5 }), entry({ server: 'page' })];
    const { requests, bytes, ownRequests } = trafficOf(entries, 1_000);
    assert.deepEqual({ requests, bytes, ownRequests }, { requests: 2, bytes: 15, ownRequests: 1 });
  });

  it('omits requests before the start', () => {
    assert.equal(trafficOf([entry({ received: 900 }), entry({})], 1_000).requests, 1);
  });

  it('finds the first byte of the first large response, and the last byte of all', () => {
    const entries = [
      entry({ first: 1_001, last: 1_002 }),
      entry({ size: 2e6, first: 1_300, last: 1_900 }),
      entry({ size: 3e6, first: 1_200, last: 1_800 }),
    ];
    const { firstLarge, last } = trafficOf(entries, 1_000);
    assert.deepEqual([firstLarge, last], [200, 900]);
  });

  it('has no first and no last byte if nothing was sent', () => {
    const { firstLarge, last } = trafficOf([entry({ first: undefined, last: undefined })], 1_000);
    assert.deepEqual([firstLarge, last], [undefined, undefined]);
  });

  it('prints the times of a request after the start', () => {
    assert.deepEqual(linesOf([entry({ received: 1_005.4 })], 1_000), ['      5     10     20 hub GET /file  200 10']);
  });
});
