import { expect } from 'chai';
import { RangeRefusals } from '#dist/transfer/network/range-refusals.js';
import { newUrl } from '../../support/transfer-parts.js';

describe('RangeRefusals', () => {
  it('is reached by three in a row, also over several downloads of an address', () => {
    const url = newUrl('model.bin');
    new RangeRefusals(url).add('first');
    new RangeRefusals(url).add('second');
    expect(new RangeRefusals(url).isExhausted).to.equal(false);
    new RangeRefusals(url).add('third');
    expect(new RangeRefusals(url).isExhausted).to.equal(true);
    expect(new RangeRefusals(newUrl('model.bin')).isExhausted).to.equal(false);
  });

  it('begins anew once a range is answered', () => {
    const refusals = new RangeRefusals(newUrl('model.bin'));
    refusals.add('first');
    refusals.add('second');
    refusals.clear();
    refusals.add('third');
    expect(refusals.isExhausted).to.equal(false);
  });

  it('is reached at once where it is exhausted', () => {
    const refusals = new RangeRefusals(newUrl('model.bin'));
    refusals.exhaust();
    expect(refusals.isExhausted).to.equal(true);
  });

  it('is reached by one more refusal after the whole file was sent', () => {
    const refusals = new RangeRefusals(newUrl('model.bin'));
    refusals.recordWhole();
    refusals.add('first');
    expect(refusals.isExhausted, 'a whole file without refusals counts as none').to.equal(false);
    refusals.exhaust();
    refusals.recordWhole();
    expect(refusals.isExhausted).to.equal(false);
    refusals.add('one more');
    expect(refusals.isExhausted).to.equal(true);
  });

  it('recognizes the last refusal', () => {
    const refusals = new RangeRefusals(newUrl('model.bin'));
    const [first, second] = [new Error('first'), new Error('second')];
    expect(refusals.has(undefined)).to.equal(false);
    refusals.add(first);
    refusals.add(second);
    expect([refusals.has(first), refusals.has(second)]).to.deep.equal([false, true]);
  });
});
