import { expect } from 'chai';
import { keyOf } from '#dist/transfer/store/download-key.js';

const URL_A = 'https://hub.example/a.bin';
const key = (headers: Record<string, string>): Promise<string> => keyOf(URL_A, new Headers(headers));

describe('keyOf', () => {
  it('is the address of a request without headers of its own', async () => {
    expect(await key({})).to.equal(URL_A);
  });

  it('adds a digest of the headers, which hides their values', async () => {
    const own = await key({ Authorization: 'Bearer secret' });
    expect(own).to.match(/^https:\/\/hub\.example\/a\.bin#[\da-f]{64}$/);
    expect(await key({ authorization: 'Bearer secret' })).to.equal(own);
    expect(await key({ Authorization: 'Bearer other' })).not.to.equal(own);
  });

  it('distinguishes headers by names, values and their limits', async () => {
    const keys = await Promise.all([
      key({ a: '1', b: '2' }),
      key({ a: '1b: 2' }),
      key({ a: '1', c: '2' }),
      key({ a: '2', b: '1' }),
      key({ a: '1' }),
    ]);
    expect(new Set(keys).size).to.equal(keys.length);
    expect(await key({ b: '2', a: '1' })).to.equal(keys[0]);
  });

  it('is a random name where the page has no digests, the same for the same headers', async () => {
    const { digest } = crypto.subtle;
    Object.defineProperty(crypto.subtle, 'digest', {
      configurable: true,
      writable: true,
      value: () => Promise.reject(new Error('insecure')),
    });
    try {
      const own = await key({ a: 'insecure' });
      expect(own).to.match(/#\d+-\d+-\d+$/);
      expect(await key({ a: 'insecure' })).to.equal(own);
      expect(await key({ a: 'other' })).not.to.equal(own);
    } finally {
      Object.defineProperty(crypto.subtle, 'digest', { configurable: true, writable: true, value: digest });
    }
  });
});
