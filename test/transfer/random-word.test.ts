import { expect } from 'chai';
import { randomWord } from '#dist/transfer/random-word.js';

describe('randomWord', () => {
  it('is of three random numbers of 32 bits, each time others', () => {
    const words = Array.from({ length: 100 }, () => randomWord());
    for (const word of words) expect(word).to.match(/^\d{1,10}-\d{1,10}-\d{1,10}$/);
    expect(new Set(words).size).to.equal(100);
  });
});
