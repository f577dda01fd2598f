import { expect } from 'chai';
import { HostedPlans } from '#dist/worker/host/hosted-plans.js';

const plan = [{ file: 'config.json', size: 2 }];

describe('HostedPlans', () => {
  it('recalls the plan that the page has sent, under its conditions', () => {
    const plans = new HostedPlans();
    plans.set('phi', { version: 4, address: undefined, plan });
    expect(plans.recall('phi', '')).to.equal(plan);
    expect(plans.recall('phi', 'any source')).to.equal(plan);
    expect(plans.recall('phi', '', { version: 4 })).to.equal(plan);
    expect(plans.recall('phi', '', { version: 3 })).to.equal(undefined);
    expect(plans.recall('other', '')).to.equal(undefined);
  });

  it('replaces a plan, also by none', () => {
    const plans = new HostedPlans();
    plans.set('phi', { version: 4, address: undefined, plan });
    plans.set('phi', undefined);
    expect(plans.recall('phi', '')).to.equal(undefined);
  });
});
