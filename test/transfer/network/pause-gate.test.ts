import { expect } from 'chai';
import { PauseGate } from '#dist/transfer/network/pause-gate.js';
import { settle } from '../../support/fake-clock.js';

/** Records whether a promise has resolved. */
function watch(promise: Promise<void>): { isDone: boolean } {
  const state = { isDone: false };
  void promise.then(() => (state.isDone = true));
  return state;
}

describe('PauseGate', () => {
  it('is open at first, and when it is opened without having been closed', async () => {
    const gate = new PauseGate();
    expect(gate.isClosed).to.equal(false);
    await gate.pass();
    gate.open();
    expect(gate.isClosed).to.equal(false);
    await gate.pass();
  });

  it('holds all that pass until it is opened', async () => {
    const gate = new PauseGate();
    gate.close();
    expect(gate.isClosed).to.equal(true);
    const passing = [watch(gate.pass()), watch(gate.pass())];
    await settle();
    expect(passing).to.deep.equal([{ isDone: false }, { isDone: false }]);
    gate.open();
    expect(gate.isClosed).to.equal(false);
    await settle();
    expect(passing).to.deep.equal([{ isDone: true }, { isDone: true }]);
  });

  it('opens once, however often it was closed', async () => {
    const gate = new PauseGate();
    gate.close();
    const passing = watch(gate.pass());
    gate.close();
    gate.open();
    await settle();
    expect(passing.isDone).to.equal(true);
  });

  it('holds those that wait if it is closed again before they continue', async () => {
    const gate = new PauseGate();
    gate.close();
    const passing = watch(gate.pass());
    gate.open();
    gate.close();
    await settle();
    expect(passing.isDone).to.equal(false);
    gate.open();
    await settle();
    expect(passing.isDone).to.equal(true);
  });
});
