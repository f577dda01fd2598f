import { expect } from 'chai';
import {
  areTwoVersions,
  compareVersions,
  isOtherLength,
  isProvable,
  isTag,
  mergeVersions,
  relationOf,
  totalsDiffer,
  validatorOf,
  withoutWeak,
} from '#dist/transfer/integrity/file-version.js';

const modified = 'Thu, 01 Jan 2026 00:00:00 GMT';
const at = Date.parse(modified);
const version = (validator?: string, total?: number) => ({ validator, total });
const validator = (headers: Record<string, string>, now = 0) => validatorOf(new Response(null, { headers }), now);

describe('validatorOf', () => {
  it('is a strong tag', () => {
    expect(validator({ ETag: '"one"', 'Last-Modified': modified })).to.equal('"one"');
    expect(validator({ ETag: 'W/"one"' })).to.equal(undefined);
    expect(validator({})).to.equal(undefined);
  });

  it('is a modification time that is a minute older than the response', () => {
    const date = (age: number) => new Date(at + age).toUTCString();
    expect(validator({ ETag: 'W/"one"', 'Last-Modified': modified, Date: date(60_000) })).to.equal(modified);
    expect(validator({ 'Last-Modified': modified, Date: date(59_000) }, at + 90_000)).to.equal(undefined);
    expect(validator({ 'Last-Modified': 'once' }, at)).to.equal(undefined);
  });

  it('is marked if only this device’s clock shows the age', () => {
    expect(validator({ 'Last-Modified': modified }, at + 60_000)).to.equal(`~${modified}`);
    expect(validator({ 'Last-Modified': modified }, at + 59_999)).to.equal(undefined);
  });
});

describe('compareVersions', () => {
  const compare = (a: ReturnType<typeof version>, b: ReturnType<typeof version>) => compareVersions(a, b);

  it('compares tags', () => {
    expect(compare(version('"a"'), version('"a"'))).to.equal('same');
    expect(compare(version('"a"'), version('"b"'))).to.equal('other');
    expect(compare(version('"a"', 1), version('"a"', 2))).to.equal('other');
    expect(compare(version('"a"'), version())).to.equal('unknown');
    expect(compare(version(), version('"a"'))).to.equal('unknown');
    expect(compare(version('"a"'), version(modified))).to.equal('unknown');
  });

  it('compares modification times, with totals if only this device’s clock shows their age', () => {
    expect(compare(version(modified), version(modified))).to.equal('same');
    expect(compare(version(modified), version('then'))).to.equal('other');
    expect(compare(version(`~${modified}`), version(modified))).to.equal('unknown');
    expect(compare(version(modified, 1), version(`~${modified}`))).to.equal('unknown');
    expect(compare(version(modified), version(`~${modified}`, 1))).to.equal('unknown');
    expect(compare(version(`~${modified}`, 1), version(modified, 1))).to.equal('same');
    expect(compare(version(modified, 1), version(`~${modified}`, 1))).to.equal('same');
    expect(compare(version(`~${modified}`, 1), version('~then', 1))).to.equal('other');
  });

  it('decides whether a version can be proven', () => {
    expect(isProvable(version('"a"'))).to.equal(true);
    expect(isProvable(version(`~${modified}`))).to.equal(false);
    expect(isProvable(version(undefined, 3))).to.equal(false);
  });

  it('ignores totals where only validators count', () => {
    expect(areTwoVersions(version('"a"', 1), version('"a"', 2))).to.equal(false);
    expect(areTwoVersions(version('"a"', 1), version('"b"', 1))).to.equal(true);
    expect(areTwoVersions(version(), version('"b"'))).to.equal(false);
  });
});

describe('totals of versions', () => {
  it('differ if both are known', () => {
    expect(totalsDiffer(version('', 1), version('', 2))).to.equal(true);
    expect(totalsDiffer(version('', 1), version('', 1))).to.equal(false);
    expect(totalsDiffer(version(), version('', 2))).to.equal(false);
    expect(totalsDiffer(version('', 2), version())).to.equal(false);
  });

  it('are dropped if they are less than the stored bytes', () => {
    expect(withoutWeak(version('"a"', 3), 4)).to.deep.equal(version('"a"'));
    expect(withoutWeak(version('"a"', 4), 4)).to.deep.equal(version('"a"', 4));
    expect(withoutWeak(version('"a"'), 4)).to.deep.equal(version('"a"'));
  });

  it('contradict the stored bytes', () => {
    expect(isOtherLength(version(), version('', 3), 4)).to.equal(true);
    expect(isOtherLength(version(), version('', 4), 4)).to.equal(false);
    expect(isOtherLength(version('', 5), version('', 4), 4)).to.equal(true);
    expect(isOtherLength(version('', 5), version(), 9)).to.equal(false);
    expect(relationOf(version('"a"'), version('"a"', 3), 4)).to.equal('other');
    expect(relationOf(version('"a"'), version('"a"', 4), 4)).to.equal('same');
    expect(relationOf(version(), version('"a"', 4), 4)).to.equal('unknown');
  });

  it('are merged with validators, the known ones first', () => {
    expect(mergeVersions(version('"a"', 1), version('"b"', 2))).to.deep.equal(version('"a"', 1));
    expect(mergeVersions(version(), version('"b"', 2))).to.deep.equal(version('"b"', 2));
  });
});

describe('isTag', () => {
  it('is true for a quoted validator', () => {
    expect([isTag('"a"'), isTag(modified), isTag(undefined)]).to.deep.equal([true, false, false]);
  });
});
