import { expect } from 'chai';
import type { AggregateProgressInfo } from 'model-download/core';
import { learnPlan, StoredPlans } from '#dist/model/index.js';
import { memoryStorage } from '../support/memory-storage.js';

const ADDRESS = 'https://hub.example/own/model/resolve/main/';
const PLAN = [
  { file: 'config.json', size: 2 },
  { file: 'onnx/model.onnx', size: 7 },
];

const aggregateOf = (plan: readonly { file: string; size: number }[], totalIsExact = true): AggregateProgressInfo =>
  ({ files: plan.map(({ file, size }) => ({ file, total: size })), totalIsExact }) as unknown as AggregateProgressInfo;

describe('StoredPlans', () => {
  it('recalls the files of a load, also in another instance', () => {
    const { storage, values } = memoryStorage();
    learnPlan({ storage, namespace: 'app' }, 'phi', 'source', aggregateOf(PLAN), { version: '4.3.1', address: ADDRESS });
    expect([...values.keys()]).to.deep.equal(['app:download_files_phi']);
    const plans = new StoredPlans(storage, 'app');
    expect(plans.recall('phi', 'source')).to.deep.equal(PLAN);
    expect(plans.latest('phi', 'source')).to.deep.equal({ version: '4.3.1', address: ADDRESS, plan: PLAN });
  });

  it('recalls nothing for another model, definition, version, address or namespace', () => {
    const { storage } = memoryStorage();
    const plans = new StoredPlans(storage, undefined);
    learnPlan({ storage, namespace: undefined }, 'phi', 'source', aggregateOf(PLAN), { version: '4.3.1', address: ADDRESS });
    expect(plans.recall('other', 'source')).to.equal(undefined);
    expect(plans.recall('phi', 'other')).to.equal(undefined);
    expect(plans.recall('phi', 'source', { version: '4.3.0' })).to.equal(undefined);
    expect(plans.recall('phi', 'source', { address: `${ADDRESS}x` })).to.equal(undefined);
    expect(new StoredPlans(storage, 'app').recall('phi', 'source')).to.equal(undefined);
  });

  it('does not store a plan whose total is not exact', () => {
    const { storage, values } = memoryStorage();
    learnPlan({ storage, namespace: undefined }, 'phi', 'source', aggregateOf(PLAN, false));
    expect(values.size).to.equal(0);
  });

  const entry = (plan: unknown, more: object = {}): string => JSON.stringify({ source: 'source', plan, ...more });
  for (const [name, text] of Object.entries({
    'text that is not JSON': '{',
    null: 'null',
    'a plan that is not an array': entry({}),
    'an empty plan': entry([]),
    'an entry without a file': entry([{ size: 2 }]),
    'an empty file name': entry([{ file: '', size: 2 }]),
    'an entry without a size': entry([{ file: 'a' }]),
    'a negative size': entry([{ file: 'a', size: -1 }]),
    'a fraction': entry([{ file: 'a', size: 1.5 }]),
    'an entry of null': entry([null]),
  })) {
    it(`ignores ${name}`, () => {
      const { storage } = memoryStorage({ download_files_phi: text });
      expect(new StoredPlans(storage, undefined).latest('phi', 'source')).to.equal(undefined);
    });
  }

  it('ignores conditions of another type', () => {
    const { storage } = memoryStorage({ download_files_phi: entry(PLAN, { version: 4, address: 1 }) });
    expect(new StoredPlans(storage, undefined).latest('phi', 'source')).to.deep.equal({
      version: undefined,
      address: undefined,
      plan: PLAN,
    });
  });

  it('works without a storage, and with one that throws', () => {
    const fail = (): never => {
      throw new DOMException('blocked', 'SecurityError');
    };
    for (const storage of [undefined, { getItem: fail, setItem: fail, removeItem: fail }]) {
      const plans = new StoredPlans(storage, undefined);
      learnPlan({ storage, namespace: undefined }, 'phi', 'source', aggregateOf(PLAN));
      expect(plans.recall('phi', 'source')).to.equal(undefined);
    }
  });
});
