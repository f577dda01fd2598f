import { expect } from 'chai';
import { holdEvents } from '#dist/model/transformers/plan/hold-events.js';
import { deferred } from '../../../support/deferred.js';

describe('the events of a load before its plan', () => {
  it('are passed on in their order once the plan is known, and later ones at once', async () => {
    const known = deferred<undefined>();
    const passed: unknown[] = [];
    const receive = holdEvents(known.promise, (event) => passed.push(event));
    receive('first');
    receive('second');
    expect(passed).to.deep.equal([]);
    known.resolve(undefined);
    await known.promise;
    receive('third');
    expect(passed).to.deep.equal(['first', 'second', 'third']);
  });
});
