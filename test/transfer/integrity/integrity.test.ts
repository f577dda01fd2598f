import { expect } from 'chai';
import { parseIntegrity, toBase64 } from '#dist/transfer/integrity/integrity.js';

describe('parseIntegrity', () => {
  it('reads the algorithm and the hash without its padding', () => {
    expect(parseIntegrity('sha256-AB+/==')).to.deep.equal({ algorithm: 'sha256', hashes: ['AB+/'] });
    expect(parseIntegrity('sha384-AAAA')).to.deep.equal({ algorithm: 'sha384', hashes: ['AAAA'] });
    expect(parseIntegrity('SHA512-AAAA')).to.deep.equal({ algorithm: 'sha512', hashes: ['AAAA'] });
  });

  it('reads the alphabet of URLs, and ignores options', () => {
    expect(parseIntegrity('sha256-a-_b?ct=text/plain')).to.deep.equal({ algorithm: 'sha256', hashes: ['a+/b'] });
    expect(parseIntegrity('sha256-a--__b')).to.deep.equal({ algorithm: 'sha256', hashes: ['a++//b'] });
  });

  it('chooses the strongest algorithm, with all of its hashes', () => {
    expect(parseIntegrity('sha256-AA sha384-BB\n sha384-CC')).to.deep.equal({ algorithm: 'sha384', hashes: ['BB', 'CC'] });
    expect(parseIntegrity('sha512-DD sha384-BB')).to.deep.equal({ algorithm: 'sha512', hashes: ['DD'] });
  });

  it('requires nothing if it is empty, or names no known algorithm', () => {
    for (const integrity of ['', ' ', 'md5-AA', 'sha256', 'sha256-', 'xsha256-AA', 'sha256-A*', 'sha1-AA'])
      expect(parseIntegrity(integrity), integrity).to.equal(undefined);
  });

  it('ignores what it cannot read beside a hash', () => {
    expect(parseIntegrity('md5-AA sha256-BB x')).to.deep.equal({ algorithm: 'sha256', hashes: ['BB'] });
  });
});

describe('toBase64', () => {
  it('encodes hexadecimal digits, without padding', () => {
    expect(toBase64('')).to.equal('');
    expect(toBase64('00ff10')).to.equal('AP8Q');
    expect(toBase64('fb')).to.equal('+w');
    expect(toBase64('ffff')).to.equal('//8');
  });
});
