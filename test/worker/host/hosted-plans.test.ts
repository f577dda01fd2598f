import { expect } from 'chai';
import { HostedPlans } from '#dist/worker/host/hosted-plans.js';

const plan = [{ file: 'config.json', size: 2 }];

describe('HostedPlans', () => {
  it('recalls the plan that the page has sent, under its conditions', () => {
    const plans = new HostedPlans();
    plans.set('phi', 'q4', { version: '4.3.1', address: undefined, plan });
    expect(plans.recall('phi', 'q4')).to.equal(plan);
    expect(plans.recall('phi', 'q4', { version: '4.3.1' })).to.equal(plan);
    expect(plans.recall('phi', 'q4', { version: '4.3.0' })).to.equal(undefined);
    expect(plans.recall('other', 'q4')).to.equal(undefined);
  });

  it('has a plan for each variant', () => {
    const plans = new HostedPlans();
    plans.set('phi', 'q4', { version: '4.3.1', address: undefined, plan });
    plans.set('phi', 'q8', undefined);
    expect(plans.recall('phi', 'q4')).to.equal(plan);
    expect(plans.recall('phi', 'q8')).to.equal(undefined);
  });

  it('replaces a plan, also by none', () => {
    const plans = new HostedPlans();
    plans.set('phi', 'q4', { version: '4.3.1', address: undefined, plan });
    plans.set('phi', 'q4', undefined);
    expect(plans.recall('phi', 'q4')).to.equal(undefined);
  });

  it('knows the missing files of the same version only', () => {
    const plans = new HostedPlans();
    const absent = ['https://hub.example/own/model/resolve/main/generation_config.json'];
    plans.set('phi', 'q4', { version: '4.3.1', address: undefined, plan, absent });
    expect(plans.absences('phi', 'q4', '4.3.1')).to.deep.equal(absent);
    expect(plans.absences('phi', 'q4', '4.3.0')).to.deep.equal([]);
    expect(plans.absences('phi', 'q8', '4.3.1')).to.deep.equal([]);
  });
});
