// Replays the recorded loads to the built core, and checks the rules that must hold in any case.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { criteria } from '../../tools/judge/criteria.js';
import { unexplained } from '../../tools/judge/exceptions.js';
import { judgeAll } from '../../tools/judge/judge-trace.js';
import { defeats } from '../../tools/judge/rank.js';
import { readTraces } from '../../tools/judge/read-traces.js';

describe('the numbers of real loads', () => {
  /** @type {import('../../tools/judge/judge-trace.js').Judgement[]} */
  let judgements;

  before(() => {
    judgements = judgeAll(readTraces());
  });

  for (const { name, breaches } of criteria) {
    it(name, () => assert.deepEqual(breaches(judgements), []));
  }

  it('are the best or equal to the best, except for known reasons', () => {
    assert.deepEqual(unexplained(defeats(judgements)), []);
  });
});
