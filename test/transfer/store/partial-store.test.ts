import { expect } from 'chai';
import { contiguousSegments, describePartialFile, follows, segmentsOf, type StoredSegment } from '#dist/transfer/store/partial-store.js';

const segment = (start: number, end: number, rest: Partial<StoredSegment> = {}): StoredSegment => ({
  url: 'https://store.example/a',
  writtenBy: 'one',
  validator: '"v"',
  total: 100,
  keptAt: 1,
  start,
  end,
  ...rest,
});

describe('follows', () => {
  it('requires the next offset of the same body', () => {
    expect(follows(segment(3, 5), segment(0, 3))).to.equal(true);
    expect(follows(segment(4, 5), segment(0, 3))).to.equal(false);
    expect(follows(segment(3, 5, { writtenBy: 'two' }), segment(0, 3))).to.equal(false);
    expect(follows(segment(0, 5), undefined)).to.equal(false);
  });
});

describe('contiguousSegments', () => {
  it('orders segments, and ends at a gap', () => {
    const [first, second, last] = [segment(0, 3), segment(3, 5), segment(6, 9)];
    expect(contiguousSegments([last, second, first])).to.deep.equal([first, second]);
    expect(contiguousSegments([second])).to.deep.equal([]);
    expect(contiguousSegments([])).to.deep.equal([]);
  });

  it('prefers the longer of two segments at one offset', () => {
    const [short, long] = [segment(0, 3), segment(0, 4)];
    expect(contiguousSegments([short, long])).to.deep.equal([long]);
  });

  it('chooses the newest body that has its first bytes', () => {
    const [old, young] = [segment(0, 3, { keptAt: 5 }), segment(0, 2, { keptAt: 6, writtenBy: 'two' })];
    const headless = segment(4, 6, { keptAt: 9, writtenBy: 'three' });
    expect(contiguousSegments([young, old, headless])).to.deep.equal([young]);
    expect(contiguousSegments([old, young])).to.deep.equal([young]);
  });
});

describe('segmentsOf', () => {
  const all = [segment(0, 3), segment(3, 6), segment(6, 9)];
  const body = { url: 'https://store.example/a', writtenBy: 'one', validator: '"v"' };

  it('returns the segments with bytes between two offsets', () => {
    expect(segmentsOf(all, body, 3, 6)).to.deep.equal([all[1]]);
    expect(segmentsOf(all, body, 2, 7)).to.deep.equal(all);
    expect(segmentsOf(all, body, 9, Infinity)).to.deep.equal([]);
  });

  it('returns those of the body only', () => {
    expect(segmentsOf(all, { ...body, validator: undefined }, 0, 9)).to.deep.equal(all);
    for (const other of [{ url: 'b' }, { writtenBy: 'two' }, { validator: '"w"' }])
      expect(segmentsOf(all, { ...body, ...other }, 0, 9)).to.deep.equal([]);
  });
});

describe('describePartialFile', () => {
  it('is undefined without segments', () => {
    expect(describePartialFile([])).to.equal(undefined);
  });

  it('has the length, the last known total and the newest time', () => {
    const run = [segment(0, 3, { keptAt: 7, total: 9 }), segment(3, 5, { total: 8 }), segment(5, 6, { total: undefined })];
    const { url, writtenBy, validator } = segment(0, 1);
    expect(describePartialFile(run)).to.deep.equal({ url, writtenBy, validator, length: 6, total: 8, keptAt: 7, took: 0 });
  });

  it('has the time in which the segments were stored, and a share of it for the first one', () => {
    const run = [segment(0, 4, { keptAt: 1_000 }), segment(4, 6, { keptAt: 1_300 }), segment(6, 8, { keptAt: 1_600 })];
    expect(describePartialFile(run)?.took).to.equal(1_200);
    expect(describePartialFile(run.slice(0, 2))?.took).to.equal(900);
    expect(describePartialFile(run.slice(0, 1))?.took, 'one segment').to.equal(undefined);
    const set = [segment(0, 4, { keptAt: 1_000 }), segment(4, 6, { keptAt: 500 })];
    expect(describePartialFile(set)?.took, 'a clock that was set back').to.equal(0);
  });

  it('has no validator if the segments have several', () => {
    expect(describePartialFile([segment(0, 3, { validator: '"u"' }), segment(3, 5)])?.validator).to.equal(undefined);
  });
});
