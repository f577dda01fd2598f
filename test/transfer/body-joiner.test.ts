import { expect } from 'chai';
import { BodyJoiner } from '#dist/transfer/body-joiner.js';
import { suspectAddresses } from '#dist/transfer/network/suspect-addresses.js';
import {
  bodyWith,
  cut,
  part,
  refused,
  sha256Of,
  storeBeginning,
  TEXT,
  whole,
  writeSegment,
  type BodySettings,
  type Reply,
} from '../support/body-parts.js';
import { rejectionOf } from '../support/rejection-of.js';
import { answer, flat } from '../support/transfer-parts.js';

const no = (): Promise<boolean> => Promise.resolve(false);
const weak = { ETag: 'W/"a"' };

function joinerWith(replies: readonly Reply[], settings: BodySettings = {}) {
  const body = bodyWith(replies, settings);
  return { ...body, joiner: new BodyJoiner(body.parts) };
}

/** Reads the connection of the body to its end, or to its break. */
async function textOf({ source }: ReturnType<typeof joinerWith>): Promise<string> {
  const bytes: number[] = [];
  try {
    for (let chunks = await source.read(); chunks; chunks = await source.read()) bytes.push(...flat(chunks));
  } catch {
    source.close();
  }
  return String.fromCharCode(...bytes);
}

/** A body whose first connection has broken after four bytes. */
async function broken(replies: readonly Reply[], settings: BodySettings = {}, headers: Record<string, string> = {}, text = TEXT) {
  const body = joinerWith([cut(4, headers, text), ...replies], settings);
  body.check.begin();
  body.listed.request();
  await body.joiner.open(no);
  expect(await textOf(body)).to.equal(text.slice(0, 4));
  return body;
}

describe('BodyJoiner', () => {
  describe('open', () => {
    it('opens the file from its first byte on, and stores it', async () => {
      const body = joinerWith([whole()]);
      expect(await body.joiner.open(no)).to.include({ isRange: false, start: 0 });
      expect(body.joiner.state).to.include({ total: 10, promised: 10, isSpliced: false, isProven: true, isExact: false });
      expect(body.joiner.length).to.equal(10);
      await writeSegment(body.partial);
      expect(await body.store.find(body.url)).to.include({ length: 4, total: 10, validator: '"a"' });
      body.source.close();
    });

    it('bypasses the cache at an address whose last answer was not the file', async () => {
      const body = joinerWith([whole()]);
      suspectAddresses.add(body.url);
      await body.joiner.open(no);
      expect(body.requests[0]?.cache).to.equal('reload');
      suspectAddresses.delete(body.url);
      body.source.close();
    });

    it('continues stored bytes by a range of the same version', async () => {
      const body = joinerWith([part(4)]);
      await storeBeginning(body.store, body.url, '0123');
      expect(await body.joiner.open(no)).to.include({ isRange: true, start: 4 });
      expect(body.requests[0]?.range).to.equal('bytes=4-');
      expect(body.joiner.state).to.include({ total: 10, promised: 10, isSpliced: true, isProven: true, isExact: true });
      expect(await body.partial.read()).to.deep.include({ wasStored: true });
      expect(await textOf(body)).to.equal('456789');
    });

    it('deletes stored bytes of another version, also by a response with the whole file', async () => {
      for (const reply of [part(4, { ETag: '"b"' }), whole({ ETag: '"b"' })]) {
        const body = joinerWith([reply, whole({ ETag: '"b"' })]);
        await storeBeginning(body.store, body.url, '0123');
        await body.joiner.open(no);
        expect(body.joiner.state.isSpliced).to.equal(false);
        expect(await body.store.find(body.url)).to.equal(undefined);
        expect(await body.partial.read()).to.equal(undefined);
        body.source.close();
      }
    });

    it('requests the file anew where a range is of another version', async () => {
      const body = joinerWith([part(4, { ETag: '"b"' }), whole({ ETag: '"b"' })]);
      await storeBeginning(body.store, body.url, '0123');
      expect(await body.joiner.open(no)).to.include({ isRange: false });
      expect(body.requests.map(({ range }) => range)).to.deep.equal(['bytes=4-', null]);
      expect(await textOf(body)).to.equal(TEXT);
    });

    it('requests the file anew where nothing identifies the stored bytes', async () => {
      const body = joinerWith([whole()]);
      await storeBeginning(body.store, body.url, '0123', { total: 10 });
      await body.joiner.open(no);
      expect(body.requests[0]?.range).to.equal(null);
      expect(body.joiner.state.isSpliced).to.equal(false);
      body.source.close();
    });

    it('continues unidentified bytes where a hash will show that they belong to the file', async () => {
      const known = { size: 10, sha256: await sha256Of(TEXT) };
      const body = joinerWith([part(4)], { known });
      await storeBeginning(body.store, body.url, '0123', { total: 10 });
      body.check.begin();
      body.listed.request();
      await body.joiner.open(no);
      expect(body.requests[0]?.range).to.equal('bytes=4-');
      expect(body.joiner.state).to.include({ isSpliced: true, isProven: false });
      body.source.close();
    });

    it('rejects as the request does, and leaves the stored bytes', async () => {
      const body = joinerWith([refused(503)]);
      await storeBeginning(body.store, body.url, '0123');
      expect(await rejectionOf(body.joiner.open(no))).to.include({ httpStatus: 503 });
      expect(await body.store.find(body.url)).to.include({ length: 4 });
    });
  });

  describe('reopen', () => {
    it('continues by a range of the same version', async () => {
      const body = await broken([part(4)]);
      await body.joiner.reopen(4);
      expect(body.requests[1]?.range).to.equal('bytes=4-');
      expect(body.joiner.state).to.include({ isSpliced: true, isProven: true, isExact: true });
      expect(await textOf(body)).to.equal('456789');
    });

    it('continues in a response with the whole file of the same version', async () => {
      const body = await broken([whole()]);
      await body.joiner.reopen(4);
      expect(body.joiner.state).to.include({ isSpliced: true, isProven: true, isExact: false });
      expect(await textOf(body)).to.equal('456789');
    });

    it('rejects another version, and deletes the stored bytes of the old one', async () => {
      const body = await broken([part(4, { ETag: '"b"' })]);
      await writeSegment(body.partial);
      const failure = await rejectionOf(body.joiner.reopen(4));
      expect(failure).to.include({ code: 'changed' });
      expect((failure as Error).message).to.equal(
        `Expected the version of the file that the download began with, found another or an unknown one: ${body.url}`,
      );
      expect(body.source.isOpen).to.equal(false);
      expect(await body.store.find(body.url)).to.equal(undefined);
    });

    it('rejects an unknown version, and leaves the stored bytes', async () => {
      const body = await broken([part(4, weak), whole(weak)]);
      await writeSegment(body.partial);
      expect(await rejectionOf(body.joiner.reopen(4))).to.include({ code: 'changed' });
      expect(body.requests.map(({ range }) => range)).to.deep.equal([null, 'bytes=4-', null]);
      expect(await body.store.find(body.url)).to.include({ length: 4 });
    });

    it('deletes stored bytes without a validator if the file has another length', async () => {
      const known = { size: 10, sha256: await sha256Of(TEXT) };
      const longer = `${TEXT}ab`;
      const body = await broken([part(4, weak), whole(weak, longer), whole(weak, longer)], { known }, weak);
      await body.joiner.reopen(4);
      expect(body.joiner.state.isProven).to.equal(false);
      await writeSegment(body.partial);
      body.source.close();
      body.source.ranges.refuse();
      expect(await rejectionOf(body.joiner.reopen(4))).to.include({ code: 'changed' });
      expect(await body.store.find(body.url)).to.equal(undefined);
    });

    it('makes no request where neither a validator nor a hash identifies the file', async () => {
      const body = await broken([part(4)], {}, weak);
      expect(await body.joiner.canContinue(4)).to.equal(false);
      expect(await body.joiner.canContinue(0)).to.equal(true);
      const failure = await rejectionOf(body.joiner.reopen(4));
      expect(failure).to.include({
        code: 'changed',
        message: `Expected a validator or a hash that identifies the file, found none: ${body.url}`,
      });
      expect(body.requests).to.have.lengthOf(1);
    });

    it('joins an unknown version where a hash is known, and stores what follows under no validator', async () => {
      const known = { size: 10, sha256: await sha256Of(TEXT) };
      const body = await broken([part(4, weak)], { known }, weak);
      expect(await body.joiner.isHashKnown()).to.equal(true);
      await body.joiner.reopen(4);
      expect(body.joiner.state).to.include({ isSpliced: true, isProven: false });
      await writeSegment(body.partial);
      expect((await body.store.find(body.url))?.validator).to.equal(undefined);
      body.source.close();
    });

    it('marks the bytes from then on as unproven where another tag is joined by the hash', async () => {
      const known = { size: 10, sha256: await sha256Of(TEXT) };
      const body = await broken([part(4, { ETag: '"mirror"' })], { known });
      await body.joiner.reopen(4);
      await writeSegment(body.partial);
      expect((await body.store.find(body.url))?.validator).to.equal(undefined);
      body.source.close();
    });

    it('begins the file once more where no byte has been delivered', async () => {
      const body = joinerWith([cut(0), whole()]);
      await body.joiner.open(no);
      expect(await textOf(body)).to.equal('');
      await body.joiner.reopen(0);
      expect(body.requests.map(({ range }) => range)).to.deep.equal([null, null]);
      expect(await textOf(body)).to.equal(TEXT);
    });

    it('rejects a beginning of another length than that in the headers of the reader', async () => {
      const body = joinerWith([cut(0), whole({}, 'longer than before')]);
      await body.joiner.open(no);
      body.source.close();
      const failure = await rejectionOf(body.joiner.reopen(0));
      expect(failure).to.include({ code: 'changed', message: `Expected a file of 10 bytes, found 18 bytes: ${body.url}` });
      const hidden = joinerWith([cut(0), (): Response => answer(TEXT, { headers: { ETag: '"a"' } })]);
      await hidden.joiner.open(no);
      hidden.source.close();
      expect(await rejectionOf(hidden.joiner.reopen(0))).to.include({
        message: `Expected a file of 10 bytes, found an unknown number of bytes: ${hidden.url}`,
      });
    });

    it('accepts a beginning without a length where a range has confirmed it', async () => {
      const body = joinerWith([part(4), (): Response => answer(TEXT, { headers: { ETag: '"a"' } })]);
      await storeBeginning(body.store, body.url, '0123');
      await body.joiner.open(no);
      body.source.close();
      await body.joiner.reopen(0);
      expect(body.joiner.state).to.include({ total: 10, promised: 10 });
      body.source.close();
    });
  });

  describe('length', () => {
    it('is not passed on where it counts compressed bytes and exceeds the listed size', async () => {
      for (const [size, expected] of [
        [10, undefined],
        [14, 14],
        [20, 14],
      ] as const) {
        const body = joinerWith([(): Response => answer(TEXT, { headers: { 'Content-Length': '14', 'Content-Encoding': 'gzip' } })], {
          known: { size, sha256: undefined },
        });
        body.listed.request();
        await body.joiner.open(no);
        await body.listed.isSettled();
        expect(body.joiner.length, `${size}`).to.equal(expected);
        body.source.close();
      }
    });

    it('is passed on where the body is plain', async () => {
      const body = joinerWith([whole()], { known: { size: 8, sha256: undefined } });
      body.listed.request();
      await body.joiner.open(no);
      await body.listed.isSettled();
      expect(body.joiner.length).to.equal(10);
      body.source.close();
    });
  });

  it('is resumable by a validator, or by a hash that is known now', async () => {
    const strong = joinerWith([whole()]);
    expect(strong.joiner.isResumable).to.equal(true);
    await strong.joiner.open(no);
    expect(strong.joiner.isResumable).to.equal(true);
    const none = joinerWith([whole(weak)]);
    await none.joiner.open(no);
    expect(none.joiner.isResumable).to.equal(false);
    const hashed = joinerWith([whole(weak)], { known: { size: 10, sha256: await sha256Of(TEXT) } });
    hashed.check.begin();
    await hashed.check.isKnown();
    await hashed.joiner.open(no);
    expect(hashed.joiner.isResumable).to.equal(true);
    for (const { source } of [strong, none, hashed]) source.close();
  });

  describe('continueFromStored', () => {
    it('continues with more bytes that another tab has stored of the same version', async () => {
      const body = await broken([]);
      await storeBeginning(body.store, body.url, '01234567');
      expect(await body.joiner.continueFromStored(4)).to.equal(true);
      expect(body.joiner.state.isSpliced).to.equal(true);
      const piece = await body.partial.read();
      expect(piece).to.be.an('object');
      expect(typeof piece === 'object' && flat(piece.chunks)).to.deep.equal([...new TextEncoder().encode('4567')]);
    });

    it('ignores fewer bytes, those of another version, and those of a plain file beside a compressed body', async () => {
      const none = await broken([]);
      expect(await none.joiner.continueFromStored(4)).to.equal(false);
      const few = await broken([]);
      await storeBeginning(few.store, few.url, '0123');
      expect(await few.joiner.continueFromStored(4)).to.equal(false);
      const other = await broken([]);
      await storeBeginning(other.store, other.url, '01234567', { total: 10, validator: '"b"' });
      expect(await other.joiner.continueFromStored(4)).to.equal(false);
      const coded = await broken([], {}, { 'Content-Encoding': 'gzip' });
      await storeBeginning(coded.store, coded.url, '01234567');
      expect(await coded.joiner.continueFromStored(4)).to.equal(false);
      expect(coded.joiner.state.isSpliced).to.equal(false);
    });
  });

  it('drops a total that the body contradicts, with the bytes that were stored under it', async () => {
    const body = joinerWith([whole()]);
    await body.joiner.open(no);
    await writeSegment(body.partial);
    await body.joiner.dropTotal();
    expect(body.joiner.state).to.include({ total: undefined, mayBeEncoded: true });
    expect(await body.store.find(body.url)).to.equal(undefined);
    body.source.close();
  });

  it('discards the stored bytes, and stores no more', async () => {
    const body = joinerWith([whole()]);
    await body.joiner.open(no);
    await writeSegment(body.partial);
    await body.joiner.discard();
    expect(await body.store.find(body.url)).to.equal(undefined);
    expect(body.partial.isFull).to.equal(true);
    body.source.close();
  });

  it('closes the connection for an error that ends the body', async () => {
    const body = joinerWith([whole()]);
    await body.joiner.open(no);
    expect(body.joiner.fail('corrupt', 'Wrong')).to.include({ code: 'corrupt', message: `Wrong: ${body.url}` });
    expect(body.source.isOpen).to.equal(false);
  });
});
