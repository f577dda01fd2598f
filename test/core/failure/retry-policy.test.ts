import { expect } from 'chai';
import { DownloadFailure, type FailureCode } from 'model-download/core';
import { RetryPolicy, type RetryDecision } from '#dist/core/internal.js';

const failure = (code: FailureCode, options = {}) => new DownloadFailure(code, code, options);

/** The decisions about the same failure, repeated. */
function decisions(policy: RetryPolicy, code: FailureCode, count: number, options = {}): RetryDecision[] {
  return Array.from({ length: count }, () => policy.decide(failure(code, options)));
}

const kinds = (list: readonly RetryDecision[]): string[] => list.map(({ kind }) => kind);
const delays = (list: readonly RetryDecision[]) => list.map((decision) => ('delay' in decision ? decision.delay : undefined));

describe('RetryPolicy', () => {
  it('retries a broken connection three times automatically, then waits for the user', () => {
    const list = decisions(new RetryPolicy(), 'network', 4);
    expect(kinds(list)).to.deep.equal(['wait', 'wait', 'wait', 'ask']);
    expect(list.map(({ attempt }) => attempt)).to.deep.equal([1, 2, 3, 0]);
  });

  it('waits a random share of a ceiling that doubles from 1 s up to 30 s', () => {
    const options = { automaticAttempts: 8 };
    const longest = new RetryPolicy({ ...options, random: () => 1 });
    expect(delays(decisions(longest, 'network', 7))).to.deep.equal([1, 2, 4, 8, 16, 30, 30].map((s) => s * 1_000));
    expect(delays(decisions(new RetryPolicy({ ...options, random: () => 0.25 }), 'network', 2))).to.deep.equal([250, 500]);
  });

  it('waits for the user at once without automatic attempts', () => {
    expect(kinds(decisions(new RetryPolicy({ automaticAttempts: 0 }), 'network', 1))).to.deep.equal(['ask']);
    expect(kinds(decisions(new RetryPolicy({ automaticAttempts: 0 }), 'rate-limited', 1))).to.deep.equal(['ask']);
  });

  it('has an automatic attempt until the last one is used, and again after new bytes', () => {
    const policy = new RetryPolicy({ automaticAttempts: 2 });
    expect(policy.canRetryAlone).to.equal(true);
    decisions(policy, 'network', 2);
    expect(policy.canRetryAlone).to.equal(false);
    policy.recordBytes(256 * 1024);
    expect(policy.canRetryAlone).to.equal(true);
    expect(new RetryPolicy({ automaticAttempts: 0 }).canRetryAlone).to.equal(false);
  });

  it('gives up after three attempts by the user', () => {
    const policy = new RetryPolicy({ automaticAttempts: 0 });
    for (let attempt = 0; attempt < 3; attempt++) {
      expect(policy.decide(failure('network')).kind).to.equal('ask');
      policy.spendManual();
    }
    expect(policy.decide(failure('network'))).to.include({ kind: 'give-up', attempt: 3, maxAttempts: 3 });
    expect(policy.canRetry).to.equal(false);
  });

  it('restores the automatic attempts for each attempt by the user', () => {
    const policy = new RetryPolicy({ random: () => 1 });
    decisions(policy, 'network', 4);
    policy.spendManual();
    expect(delays(decisions(policy, 'network', 1))).to.deep.equal([1_000]);
  });

  it('restores both numbers of attempts after 256 KiB of new bytes', () => {
    const policy = new RetryPolicy();
    decisions(policy, 'network', 3);
    policy.spendManual();
    decisions(policy, 'network', 3);
    policy.recordBytes(256 * 1024 - 1);
    expect(policy.decide(failure('network')).kind).to.equal('ask');
    policy.recordBytes(256 * 1024);
    expect(policy.decide(failure('network')).kind).to.equal('wait');
    expect(policy.manualAttempt).to.equal(0);
  });

  it('does not count repeated bytes as progress', () => {
    const policy = new RetryPolicy();
    policy.recordBytes(900_000);
    decisions(policy, 'network', 3);
    for (const held of [0, 450_000, 900_000]) policy.recordBytes(held);
    expect(policy.decide(failure('network')).kind).to.equal('ask');
  });

  for (const [code, httpStatus, kind] of [
    ['timeout', undefined, 'wait'],
    ['timeout', 408, 'wait'],
    ['http', 425, 'wait'],
    ['http', 500, 'wait'],
    ['http', 503, 'wait'],
    ['http', 416, 'ask'],
    ['unauthorized', 401, 'ask'],
    ['not-found', 404, 'ask'],
    ['quota', undefined, 'ask'],
    ['unknown', undefined, 'ask'],
    ['runtime', undefined, 'give-up'],
    ['aborted', undefined, 'give-up'],
    ['blocked', undefined, 'give-up'],
  ] as const) {
    it(`answers ${code}${httpStatus ? ` (${httpStatus})` : ''} with ${kind}`, () => {
      expect(new RetryPolicy().decide(failure(code, { httpStatus })).kind).to.equal(kind);
    });
  }

  it('retries corruption once automatically, and waits for the user the second time', () => {
    expect(kinds(decisions(new RetryPolicy(), 'corrupt', 2))).to.deep.equal(['wait', 'ask']);
  });

  it('obeys Retry-After', () => {
    const policy = new RetryPolicy({ random: () => 1 });
    expect(delays([policy.decide(failure('http', { httpStatus: 503, retryAfter: 7_000 }))])).to.deep.equal([7_000]);
    expect(delays([policy.decide(failure('rate-limited', { retryAfter: 2_000 }))])).to.deep.equal([2_000]);
  });

  it('waits 15 s after a 429 without Retry-After, doubling to 5 min, and spends no attempt', () => {
    const policy = new RetryPolicy();
    const list = decisions(policy, 'rate-limited', 7);
    expect(delays(list)).to.deep.equal([15, 30, 60, 120, 240, 300, 300].map((s) => s * 1_000));
    expect(kinds(decisions(policy, 'network', 4))).to.deep.equal(['wait', 'wait', 'wait', 'ask']);
  });

  for (const [what, retryAfter] of [
    ['0', 0],
    ['a time that is over', -60_000],
  ] as const) {
    it(`retries at most once a second after a Retry-After of ${what}, and less and less often`, () => {
      const policy = new RetryPolicy({ random: () => 0 });
      expect(delays(decisions(policy, 'rate-limited', 10, { retryAfter }))).to.deep.equal(
        [1, 2, 4, 8, 16, 32, 64, 128, 256, 300].map((s) => s * 1_000),
      );
      expect(delays(decisions(policy, 'http', 3, { retryAfter, httpStatus: 503 }))).to.deep.equal([1_000, 2_000, 4_000]);
    });
  }

  it('ignores a Retry-After that is not a number', () => {
    expect(delays(decisions(new RetryPolicy(), 'rate-limited', 1, { retryAfter: Number.NaN }))).to.deep.equal([15_000]);
  });

  it('waits no longer than the platform’s timers allow', () => {
    for (const [code, httpStatus] of [
      ['rate-limited', 429],
      ['http', 503],
    ] as const) {
      const [delay] = delays(decisions(new RetryPolicy(), code, 1, { httpStatus, retryAfter: 9_999_999_000 }));
      expect(delay).to.equal(2 ** 31 - 1);
    }
  });

  it('waits for the user after ten 429 in a row without new bytes', () => {
    const policy = new RetryPolicy();
    expect(kinds(decisions(policy, 'rate-limited', 11))).to.deep.equal([...Array<string>(10).fill('wait'), 'ask']);
    policy.spendManual();
    expect(delays(decisions(policy, 'rate-limited', 1))).to.deep.equal([15_000]);
  });

  it('waits for the connection while offline, as after a break, and spends no attempt', () => {
    const policy = new RetryPolicy({ random: () => 1 });
    const list = decisions(policy, 'offline', 20);
    expect(new Set(kinds(list))).to.deep.equal(new Set(['wait-for-connection']));
    expect(delays(list).slice(0, 7)).to.deep.equal([1, 2, 4, 8, 16, 30, 30].map((s) => s * 1_000));
    expect(policy.decide(failure('network'))).to.include({ kind: 'wait', attempt: 1 });
    policy.recordBytes(256 * 1024);
    expect(delays(decisions(policy, 'offline', 1)), 'after new bytes').to.deep.equal([1_000]);
  });

  it('rejects invalid numbers of attempts', () => {
    for (const value of [-1, 1.5, Number.NaN, Infinity]) {
      expect(() => new RetryPolicy({ automaticAttempts: value })).to.throw(RangeError, 'automaticAttempts');
      expect(() => new RetryPolicy({ manualAttempts: value })).to.throw(RangeError, 'manualAttempts');
    }
  });
});
