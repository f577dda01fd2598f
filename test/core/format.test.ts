import { expect } from 'chai';
import { formatBytes, formatDuration, formatPercent, formatSpeed } from 'model-download/core';

let languages = 0;

/** English by a tag that has no formatter yet. */
function newEnglish(): string {
  languages += 1;
  return `en-x-t${languages}`;
}

describe('formatBytes', () => {
  for (const [bytes, text] of [
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1 kB'],
    [26_256, '26 kB'],
    [999.4, '999 B'],
    [999.6, '1 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [999_949, '1.0 MB'],
    [999_949_999, '999.9 MB'],
    [999_951_000, '1.0 GB'],
    [3.25e12, '3.3 TB'],
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

  it('follows the platform without a language', () => {
    const { locale } = new Intl.NumberFormat().resolvedOptions();
    expect(formatBytes(12_340_000)).to.equal(formatBytes(12_340_000, locale));
    expect(formatBytes(12_340_000, undefined)).to.equal(formatBytes(12_340_000, locale));
  });

  it('throws a RangeError for a language that is no BCP 47 tag', () => {
    expect(() => formatBytes(1, 'not_a_tag')).to.throw(RangeError);
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
    expect(formatSpeed(2.5e12, 'en')).to.equal('2.5 TB/s');
  });

  it('does not confuse a speed with the same number of bytes', () => {
    expect([formatBytes(777, 'en'), formatSpeed(777, 'en'), formatBytes(777, 'en')]).to.deep.equal(['777 B', '777 B/s', '777 B']);
  });
});

describe('formatPercent', () => {
  it('rounds down, so that 100 is shown only when it is true', () => {
    expect(formatPercent(99.999, 'en')).to.equal('99%');
    expect(formatPercent(100, 'en')).to.equal('100%');
    expect(formatPercent(0.9, 'en')).to.equal('0%');
  });

  it('does not lose a point to rounding errors', () => {
    const locale = newEnglish();
    for (let percent = 0; percent <= 100; percent++) expect(formatPercent(percent, locale)).to.equal(`${percent}%`);
  });
});

describe('formatDuration', () => {
  for (const [seconds, text] of [
    [0, 'a few seconds'],
    [4.9, 'a few seconds'],
    [5, '5 s'],
    [59.4, '59 s'],
    [59.5, '1 min'],
    [59.6, '1 min'],
    [62, '1 min'],
    [63, '1 min 5 s'],
    [250, '4 min 10 s'],
    [297, '4 min 55 s'],
    [298, '5 min'],
    [299, '5 min'],
    [303, '5 min'],
    [305, '5 min 10 s'],
    [594, '9 min 50 s'],
    [595, '10 min'],
    [599, '10 min'],
    [3_569, '59 min'],
    [3_570, '1 h'],
    [3_599, '1 h'],
    [4_800, '1 h 20 min'],
    [35_969, '9 h 59 min'],
    [35_970, '10 h'],
    [36_299, '10 h'],
    [36_300, '10 h 10 min'],
    [86_099, '23 h 50 min'],
    [86_100, '1 day'],
    [90_000, '1 day 1 h'],
    [93_600, '1 day 2 h'],
    [187_200, '2 days 4 h'],
    [1e9, '11,574 days 2 h'],
  ] as const) {
    it(`writes ${seconds} seconds as ${text}`, () => {
      expect(formatDuration(seconds, 'en')).to.equal(text);
    });
  }

  it('uses the caller’s text for a few seconds, and the number without one', () => {
    expect(formatDuration(2, 'de', 'ein paar Sekunden')).to.equal('ein paar Sekunden');
    expect(formatDuration(2, 'en', '')).to.equal('2 s');
    expect(formatDuration(0.4, 'en', '')).to.equal('0 s');
    expect(formatDuration(5, 'en', 'soon')).to.equal('5 s');
  });

  it('has the same symbols in every English', () => {
    for (const locale of ['en', 'en-GB', 'en-AU', 'en-IN']) {
      expect(formatDuration(30, locale), locale).to.equal('30 s');
      expect(formatDuration(250, locale), locale).to.equal('4 min 10 s');
      expect(formatDuration(8_400, locale), locale).to.equal('2 h 20 min');
      expect(formatDuration(3_600, locale), locale).to.equal('1 h');
    }
  });

  it('joins the units by the rules of the language', () => {
    expect(formatDuration(250, 'fr')).to.match(/^4\smin\s10\ss$/);
    expect(formatDuration(250, 'zh-Hans')).to.equal('4分钟10秒');
  });
});

describe('the formatters', () => {
  const original = Intl.NumberFormat;
  let made = 0;
  let used = 0;

  beforeEach(() => {
    [made, used] = [0, 0];
    class Counted extends original {
      constructor(locale?: string, options?: Intl.NumberFormatOptions) {
        super(locale, options);
        made += 1;
      }

      override formatToParts(value?: number): Intl.NumberFormatPart[] {
        used += 1;
        return super.formatToParts(value);
      }
    }
    Intl.NumberFormat = Counted as unknown as typeof Intl.NumberFormat;
  });

  afterEach(() => {
    Intl.NumberFormat = original;
  });

  it('are made once for each unit and language', () => {
    const [locale, other] = [newEnglish(), newEnglish()];
    for (let percent = 0; percent < 50; percent++) formatPercent(percent, locale);
    expect(made).to.equal(1);
    formatSpeed(5, locale);
    formatPercent(5, other);
    expect(made).to.equal(3);
  });

  it('are used once for a figure that is drawn again', () => {
    const locale = newEnglish();
    for (let draw = 0; draw < 20; draw++) formatSpeed(123, locale);
    expect(used).to.equal(1);
  });

  it('keep at most 500 texts, and are right after they have dropped them', () => {
    const locale = newEnglish();
    const texts = (): string[] => Array.from({ length: 501 }, (_, bytes) => formatBytes(bytes, locale));
    const first = texts();
    expect(used).to.equal(501);
    expect(formatBytes(500, locale)).to.equal(first[500]);
    expect(used, 'the last one is kept').to.equal(501);
    expect(texts()).to.deep.equal(first);
    expect(used, 'not all are').to.be.greaterThan(600);
  });
});

describe('formatters of numbers that are no amounts', () => {
  for (const format of [formatBytes, formatSpeed, formatPercent, formatDuration]) {
    it(`${format.name} shows a dash for NaN and undefined, and 0 for a negative number`, () => {
      expect(format(NaN, 'en')).to.equal('—');
      expect(format(undefined, 'en')).to.equal('—');
      for (const value of [Symbol('s'), 1n, '5', null]) expect(format(value as unknown as number, 'en'), String(value)).to.equal('—');
      expect(format(-5, 'en')).to.equal(format(0, 'en'));
    });
  }

  it('shows a dash for an infinite size, speed or duration, and 100 % at most', () => {
    for (const format of [formatBytes, formatSpeed, formatDuration]) expect(format(Infinity, 'en')).to.equal('—');
    expect(formatPercent(250, 'en')).to.equal('100%');
  });
});
