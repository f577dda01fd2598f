import { expect } from 'chai';
import { BodyHash } from '#dist/transfer/integrity/body-hash.js';
import { settle } from '../../support/fake-clock.js';
import { stubGlobal } from '../../support/stub-global.js';

const text = new TextEncoder();
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
/** Of `blob 3\0abc`. */
const ABC_BLOB = 'f2ba8f84ab5c1bce84a7b441cb1959cfc7093b7f';
const MiB = 1024 * 1024;

const isSettled = async (promise: Promise<unknown>): Promise<boolean> => {
  let settled = false;
  void promise.then(() => (settled = true));
  await settle();
  return settled;
};

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Records how many bytes the browser hashes in each call, until `restore()` returns the record. */
function spyOnDigest(): { restore(): readonly number[] } {
  const lengths: number[] = [];
  const { subtle } = crypto;
  const digest: SubtleCrypto['digest'] = (algorithm, bytes) => {
    lengths.push(bytes.byteLength);
    return subtle.digest(algorithm, bytes);
  };
  const restore = stubGlobal('crypto', { value: { subtle: { digest } } });
  return {
    restore() {
      restore();
      return lengths;
    },
  };
}

describe('BodyHash', () => {
  // A realm without workers: the hash is computed here.
  let restore: () => void;
  beforeEach(() => (restore = stubGlobal('Worker', undefined)));
  afterEach(() => restore());

  it('computes the chosen hash of all bytes, also of those that came before the choice', async () => {
    const hash = new BodyHash();
    await hash.update([text.encode('a')]);
    hash.choose('sha256');
    await hash.update([text.encode('b'), text.encode('c')]);
    expect(await hash.digest(3)).to.deep.equal({ algorithm: 'sha256', hash: ABC, size: undefined });
    hash.close();
  });

  it('computes SHA-256 where no algorithm was chosen', async () => {
    const hash = new BodyHash();
    await hash.update([text.encode('abc')]);
    expect(await hash.digest(3)).to.include({ algorithm: 'sha256', hash: ABC });
    hash.close();
  });

  it('copies the bytes, which stay the caller’s', async () => {
    const hash = new BodyHash();
    const bytes = text.encode('abc');
    await hash.update([bytes]);
    bytes.fill(0);
    expect(await hash.digest(3)).to.include({ hash: ABC });
    hash.close();
  });

  it('computes git’s blob hash, with the listed size or the length of the body', async () => {
    for (const size of [3, undefined]) {
      const hash = new BodyHash();
      hash.chooseGit(size);
      await hash.update([text.encode('abc')]);
      expect(await hash.digest(3)).to.deep.equal({ algorithm: 'sha1', hash: ABC_BLOB, size: 3 });
      hash.close();
    }
  });

  for (const [name, choose, hash] of [
    ['SHA-256', (body: BodyHash) => body.choose('sha256', 3), ABC],
    ['git’s blob hash', (body: BodyHash) => body.chooseGit(3), ABC_BLOB],
  ] as const) {
    it(`computes ${name} of a small body in one call of the browser`, async () => {
      const calls = spyOnDigest();
      const body = new BodyHash();
      choose(body);
      await body.update([text.encode('ab'), text.encode('c')]);
      expect(await body.digest(3)).to.include({ hash });
      expect(calls.restore()).to.deep.equal([hash === ABC ? 3 : 'blob 3\0abc'.length]);
      body.close();
    });

    it(`computes ${name} of a small body itself if the browser cannot`, async () => {
      const restoreSubtle = stubGlobal('crypto', { value: {} });
      const body = new BodyHash();
      choose(body);
      await body.update([text.encode('abc')]);
      expect(await body.digest(3)).to.include({ hash });
      restoreSubtle();
      body.close();
    });
  }

  for (const [listed, length] of [
    [MiB, 8 * MiB + 1],
    [MiB + 1, MiB + 1],
    [undefined, 3],
  ] as const) {
    it(`computes the hash of ${length} bytes, listed as ${listed}, while they arrive`, async () => {
      const calls = spyOnDigest();
      const body = new BodyHash();
      body.choose('sha256', listed);
      await body.update([new Uint8Array(length)]);
      const hash = (await body.digest(length))?.hash;
      expect(calls.restore()).to.deep.equal([]);
      expect(hash).to.equal(await sha256(new Uint8Array(length)));
      body.close();
    });
  }

  it('is closed by another algorithm once it computes one', async () => {
    const hash = new BodyHash();
    hash.choose('sha256');
    hash.choose('sha256');
    expect(hash.isClosed).to.equal(false);
    hash.choose('sha384');
    expect(hash.isClosed).to.equal(true);
    expect(await hash.digest(0)).to.equal(undefined);
    const git = new BodyHash();
    git.choose('sha256');
    git.chooseGit(3);
    expect(git.isClosed).to.equal(true);
  });

  it('buffers up to 8 MiB, and then computes SHA-256', async () => {
    const hash = new BodyHash();
    await hash.update([new Uint8Array(8 * MiB)]);
    hash.chooseGit(9 * MiB);
    expect(hash.isClosed).to.equal(false);
    hash.close();
    const large = new BodyHash();
    await large.update([new Uint8Array(8 * MiB + 1)]);
    large.chooseGit(9 * MiB);
    expect(large.isClosed).to.equal(true);
  });

  it('closes where a body of unknown length exceeds the buffer before git’s hash can begin', async () => {
    const hash = new BodyHash();
    hash.chooseGit(undefined);
    await hash.update([new Uint8Array(8 * MiB + 1)]);
    expect(hash.isClosed).to.equal(true);
    expect(await hash.digest(8 * MiB + 1)).to.equal(undefined);
  });

  it('is possible until it is closed', async () => {
    const hash = new BodyHash();
    expect(await hash.isPossible()).to.equal(true);
    hash.close();
    expect(await hash.isPossible()).to.equal(false);
    expect(hash.isClosed).to.equal(true);
  });

  it('settles everything when it is closed, and accepts no more bytes', async () => {
    const hash = new BodyHash();
    await hash.update([text.encode('abc')]);
    const digesting = hash.digest(3);
    const possible = hash.isPossible();
    hash.close();
    expect(await digesting).to.equal(undefined);
    expect(await possible).to.equal(false);
    expect(await isSettled(hash.update([new Uint8Array(9 * MiB)]))).to.equal(true);
    hash.close();
    expect(hash.isClosed).to.equal(true);
  });

  it('returns the same digest each time', async () => {
    const hash = new BodyHash();
    await hash.update([text.encode('abc')]);
    const first = hash.digest(3);
    expect(hash.digest(3)).to.equal(first);
    await first;
    hash.close();
  });
});
