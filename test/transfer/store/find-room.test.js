import assert from 'node:assert/strict';
import { describe, it } from '../../support/suite.js';
import { findRoom } from '../../../dist/transfer/store/find-room.js';
import { refusal, stub, TestClock } from '../ports-support.js';
import { fileSystem } from './file-system.js';

/** Replaces the storage of the browser; returns the names of the files in its file system. */
function install(test, { estimate = async () => ({}), truncate }) {
  const names = new Set();
  const storage = { estimate, ...(truncate && fileSystem(truncate, names)) };
  stub(test, 'navigator', { value: { storage } });
  return names;
}

const report = (quota, usage) => async () => ({ quota, usage });
const accept = async () => undefined;
const refuse = (name) => () => Promise.reject(refusal(name));
const never = () => new Promise(() => undefined);

describe('findRoom', () => {
  for (const [what, { estimate, truncate, result }] of Object.entries({
    'is what the browser reports, if it has no file system': { estimate: report(10, 4), result: true },
    'is missing if the browser reports too little': { estimate: report(10, 5), truncate: accept, result: false },
    'is missing if the browser refuses a file of that size': {
      estimate: report(1e10, 0),
      truncate: refuse('QuotaExceededError'),
      result: false,
    },
    'is what a file of that size shows, if the browser reports nothing': { truncate: accept, result: true },
    'is what a file shows, if the report fails': { estimate: refuse('TypeError'), truncate: accept, result: true },
    'is what the browser reports, if the trial fails': { estimate: report(10, 4), truncate: refuse('InvalidStateError'), result: true },
    'is unknown without a report and a file system': { result: undefined },
  })) {
    it(what, async (test) => {
      const names = install(test, { estimate, truncate });
      assert.equal(await findRoom(6, new TestClock()), result);
      assert.equal(names.size, 0, 'no file is left');
    });
  }

  it('tries the size, with one file', async (test) => {
    const tried = [];
    const names = install(test, { truncate: async (size) => void tried.push([size, names.size]) });
    await findRoom(6, new TestClock());
    assert.deepEqual(tried, [[6, 1]]);
  });

  it('deletes the file a second later if the browser still has it open', async (test) => {
    const names = new Set();
    let refusals = 1;
    const refuseOnce = () => {
      if (refusals-- > 0) throw refusal('NoModificationAllowedError');
    };
    stub(test, 'navigator', { value: { storage: { estimate: report(10, 4), ...fileSystem(accept, names, refuseOnce) } } });
    const clock = new TestClock();
    assert.equal(await findRoom(6, clock), true);
    assert.equal(names.size, 1);
    await clock.advance(1_000);
    assert.equal(names.size, 0);
  });

  for (const navigator of [undefined, {}, { storage: {} }]) {
    it(`is unknown with the navigator ${JSON.stringify(navigator)}`, async (test) => {
      stub(test, 'navigator', { value: navigator });
      assert.equal(await findRoom(6, new TestClock()), undefined);
    });
  }

  it('is unknown after a second without a response', async (test) => {
    install(test, { estimate: never, truncate: never });
    const clock = new TestClock();
    const asked = findRoom(6, clock);
    await clock.advance(1_000);
    assert.equal(await asked, undefined);
  });
});
