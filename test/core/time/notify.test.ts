import { expect } from 'chai';
import { notify } from '#dist/core/internal.js';
import { FakeClock } from '../../support/fake-clock.js';

describe('notify', () => {
  it('calls a listener at once with the value', () => {
    const received: number[] = [];
    notify((value) => received.push(value), 5, new FakeClock());
    expect(received).to.deep.equal([5]);
  });

  it('does nothing without a listener', () => {
    const clock = new FakeClock();
    notify(undefined, 5, clock);
    expect(clock.pending).to.equal(0);
  });

  it('reports an error of the listener in a task of its own', () => {
    const clock = new FakeClock();
    const error = new Error('broken listener');
    const listener = (): void => {
      throw error;
    };
    expect(() => notify(listener, 5, clock)).to.not.throw();
    expect(() => clock.advance(0)).to.throw('broken listener');
  });
});
