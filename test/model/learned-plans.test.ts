import { expect } from 'chai';
import { planFor } from '#dist/model/index.js';

const plan = [{ file: 'config.json', size: 2 }];
const learned = { version: '4.3.1', address: 'https://hub.example/own/model/resolve/main/', plan };

describe('planFor', () => {
  it('returns the plan if no condition differs', () => {
    expect(planFor(learned, { version: '4.3.1', address: learned.address })).to.equal(plan);
    expect(planFor(learned, { version: '4.3.1' })).to.equal(plan);
    expect(planFor(learned, {}), 'unknown conditions').to.equal(plan);
  });

  it('returns undefined for another version or address', () => {
    expect(planFor(learned, { version: '4.3.0' })).to.equal(undefined);
    expect(planFor(learned, { version: '4.3.1', address: 'https://hub.example/own/model/resolve/v2/' })).to.equal(undefined);
    expect(planFor({ ...learned, version: undefined }, { version: '4.3.1' }), 'of an unknown version').to.equal(undefined);
  });

  it('returns undefined without a learned plan', () => {
    expect(planFor(undefined, {})).to.equal(undefined);
  });
});
