import { expect } from 'chai';
import { until } from '../../support/until.js';
import { usableSize } from '#dist/model/device/usable-size.js';

const ADDRESS = 'https://hub.test/model.onnx';

const entry = (body: string, headers: Record<string, string> = {}, status = 200): Response => new Response(body, { status, headers });

describe('usableSize', () => {
  it('returns the size of the body, with or without a length', async () => {
    expect(await usableSize(entry('weights'), ADDRESS)).to.equal(7);
    expect(await usableSize(entry('weights', { 'Content-Length': '7' }), ADDRESS)).to.equal(7);
    expect(await usableSize(entry('weights', { 'Content-Length': '5' }), ADDRESS), 'the length of a compressed body').to.equal(7);
  });

  it('returns undefined for a file that is too short', async () => {
    expect(await usableSize(entry('weights', { 'Content-Length': '8' }), ADDRESS)).to.equal(undefined);
  });

  it('returns undefined for an error response', async () => {
    expect(await usableSize(entry('weights', {}, 404), ADDRESS)).to.equal(undefined);
  });

  for (const body of [
    '<!DOCTYPE html><p>',
    '\n <html lang="en">',
    '<head>',
    '<body class="x">',
    'version https://git-lfs.github.com/spec/v1\noid',
  ]) {
    it(`returns undefined for ${JSON.stringify(body)}`, async () => {
      expect(await usableSize(entry(body), ADDRESS)).to.equal(undefined);
      expect(await usableSize(entry(body, { 'Content-Length': '100000000' }), ADDRESS), 'of a large file').to.equal(undefined);
    });
  }

  const MIB = 1024 * 1024;
  const large = (size: number, noted: number): Response => {
    const body = new Blob(Array.from({ length: size / MIB }, () => new Uint8Array(MIB)));
    return new Response(body, { headers: { 'Content-Length': String(noted) } });
  };

  it('returns undefined for a large file that is too short, once its length is known', async () => {
    const size = (): Promise<number | undefined> => usableSize(large(65 * MIB, 66 * MIB), 'https://hub.test/short');
    await until(async () => (await size()) === undefined);
  });

  it('returns the length of a large file that is whole, before and after it is known', async () => {
    const size = (): Promise<number | undefined> => usableSize(large(65 * MIB, 65 * MIB), 'https://hub.test/whole');
    for (let times = 0; times < 3; times++) expect(await size()).to.equal(65 * MIB);
  });
});
