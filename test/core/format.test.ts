import { expect } from 'chai';
import { formatBytes, formatDuration, formatPercent, formatSpeed } from 'model-download/core';

describe('formatBytes', () => {
  for (const [bytes, text] of [
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1 kB'],
    [26_256, '26 kB'],
    [999_949, '1.0 MB'],
    [1_500_000, '1.5 MB'],
    [12_340_000, '12.3 MB'],
    [2_256_000_000, '2.3 GB'],
    [5e15, '5,000.0 TB'],
  ] as const) {
    it(`writes ${bytes} bytes as ${text}`, () => {
      expect(formatBytes(bytes, 'en')).to.equal(text);
    });
  }

  it('follows the language', () => {
    expect(formatBytes(12_340_000, 'de')).to.match(/^12,3\sMB$/);
    expect(formatBytes(12_340_000, 'fr')).to.match(/^12,3\sMo$/);
  });
});

describe('formatSpeed', () => {
  it('shows speeds below 1 kB/s in B/s, not as 0', () => {
    expect(formatSpeed(512, 'en')).to.equal('512 B/s');
    expect(formatSpeed(0, 'en')).to.equal('0 B/s');
  });

  it('uses the unit that fits', () => {
    expect(formatSpeed(64_000, 'en')).to.equal('64 kB/s');
    expect(formatSpeed(3_240_000, 'en')).to.equal('3.2 MB/s');
  });
});

describe('formatPercent', () => {
  it('rounds down, so that 100 is shown only when it is true', () => {
    expect(formatPercent(99.999, 'en')).to.equal('99%');
    expect(formatPercent(100, 'en')).to.equal('100%');
    expect(formatPercent(0.9, 'en')).to.equal('0%');
  });

  it('does not lose a point to rounding errors', () => {
    for (let percent = 0; percent <= 100; percent++) expect(formatPercent(percent, 'en')).to.equal(`${percent}%`);
  });
});

describe('formatDuration', () => {
  for (const [seconds, text] of [
    [0, 'a few seconds'],
    [4.9, 'a few seconds'],
    [5, '5 s'],
    [59.4, '59 s'],
    [59.6, '1 min'],
    [250, '4 min 10 s'],
    [299, '5 min'],
    [303, '5 min'],
    [599, '10 min'],
    [3_599, '1 h'],
    [4_800, '1 h 20 min'],
    [90_000, '1 day 1 h'],
    [93_600, '1 day 2 h'],
    [187_200, '2 days 4 h'],
  ] as const) {
    it(`writes ${seconds} seconds as ${text}`, () => {
      expect(formatDuration(seconds, 'en')).to.equal(text);
    });
  }

  it('uses the caller’s text for a few seconds, and the number without one', () => {
    expect(formatDuration(2, 'de', 'ein paar Sekunden')).to.equal('ein paar Sekunden');
    expect(formatDuration(2, 'en', '')).to.equal('2 s');
  });

  it('joins the units by the rules of the language', () => {
    expect(formatDuration(250, 'fr')).to.match(/^4\smin\s10\ss$/);
    expect(formatDuration(250, 'zh-Hans')).to.equal('4分钟10秒');
  });
});
