import { expect } from 'chai';
import { RangeRecord } from '#dist/transfer/network/range-record.js';

let count = 0;
const newUrl = (): string => `https://record.example/${++count}`;

describe('RangeRecord', () => {
  it('starts without a refusal', () => {
    const record = new RangeRecord(newUrl());
    expect([record.isRefused, record.isForbidden, record.isLast]).to.deep.equal([false, false, false]);
  });

  it('refuses ranges, and distinguishes the server’s refusal', () => {
    const [refused, forbidden] = [new RangeRecord(newUrl()), new RangeRecord(newUrl())];
    refused.refuse();
    forbidden.forbid();
    expect([refused.isRefused, refused.isForbidden]).to.deep.equal([true, false]);
    expect([forbidden.isRefused, forbidden.isForbidden]).to.deep.equal([true, true]);
  });

  it('counts failures of an address over several downloads, until one delivers bytes', () => {
    const url = newUrl();
    new RangeRecord(url).fail();
    expect(new RangeRecord(url).isLast).to.equal(false);
    new RangeRecord(url).fail();
    expect(new RangeRecord(url).isLast).to.equal(true);
    expect(new RangeRecord(newUrl()).isLast).to.equal(false);
    new RangeRecord(url).recordBytes(true);
    expect(new RangeRecord(url).isLast).to.equal(false);
  });

  it('counts a range whose body failed before its first byte as several failures', () => {
    const record = new RangeRecord(newUrl());
    record.failEmpty();
    expect(record.isLast).to.equal(true);
    record.recordBytes(true);
    expect(record.isLast).to.equal(false);
  });

  it('refuses ranges after more than 64 of less than 16 KiB', () => {
    const record = new RangeRecord(newUrl());
    for (let piece = 0; piece < 64; piece++) record.endPiece(16 * 1024 - 1);
    for (let piece = 0; piece < 99; piece++) record.endPiece(16 * 1024);
    expect(record.isRefused).to.equal(false);
    record.endPiece(1);
    expect([record.isRefused, record.isForbidden]).to.deep.equal([true, false]);
  });
});
