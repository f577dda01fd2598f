import { expect } from 'chai';
import { addListener } from '#dist/core/add-listener.js';

describe('addListener', () => {
  it('calls the listener until it is removed', () => {
    const target = new EventTarget();
    const received: Event[] = [];
    const remove = addListener(target, 'freeze', (event) => received.push(event));
    const event = new Event('freeze');
    target.dispatchEvent(event);
    expect(received).to.deep.equal([event]);
    remove();
    target.dispatchEvent(new Event('freeze'));
    expect(received).to.have.lengthOf(1);
  });
});
