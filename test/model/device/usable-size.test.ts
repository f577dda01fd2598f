import { expect } from 'chai';
import { usableSize } from '#dist/model/device/usable-size.js';

const entry = (body: string, headers: Record<string, string> = {}, status = 200): Response => new Response(body, { status, headers });

describe('usableSize', () => {
  it('returns the size of the body, with or without a length', async () => {
    expect(await usableSize(entry('weights'))).to.equal(7);
    expect(await usableSize(entry('weights', { 'Content-Length': '7' }))).to.equal(7);
    expect(await usableSize(entry('weights', { 'Content-Length': '5' })), 'the length of a compressed body').to.equal(7);
  });

  it('returns undefined for a file that is too short', async () => {
    expect(await usableSize(entry('weights', { 'Content-Length': '8' }))).to.equal(undefined);
  });

  it('returns undefined for an error response', async () => {
    expect(await usableSize(entry('weights', {}, 404))).to.equal(undefined);
  });

  for (const body of [
    '<!DOCTYPE html><p>',
    '\n <html lang="en">',
    '<head>',
    '<body class="x">',
    'version https://git-lfs.github.com/spec/v1\noid',
  ]) {
    it(`returns undefined for ${JSON.stringify(body)}`, async () => {
      expect(await usableSize(entry(body))).to.equal(undefined);
      expect(await usableSize(entry(body, { 'Content-Length': '100000000' })), 'of a large file').to.equal(undefined);
    });
  }

  it('does not read a large file', async () => {
    expect(await usableSize(entry('weights', { 'Content-Length': '100000000' }))).to.equal(100_000_000);
  });
});
