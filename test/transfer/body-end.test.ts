import { expect } from 'chai';
import { BodyEnd } from '#dist/transfer/body-end.js';
import { BodyJoiner } from '#dist/transfer/body-joiner.js';
import { lengthOf } from '#dist/transfer/network/chunk.js';
import { suspectAddresses } from '#dist/transfer/network/suspect-addresses.js';
import { bodyWith, part, refused, sha256Of, TEXT, whole, type BodySettings, type Reply } from '../support/body-parts.js';
import { settle } from '../support/fake-clock.js';
import { rejectionOf } from '../support/rejection-of.js';
import { answer, PushedBody } from '../support/transfer-parts.js';

const no = (): Promise<boolean> => Promise.resolve(false);

/** A body of `text`, all of which has been read, checked and stored. */
async function ended(replies: readonly Reply[], settings: BodySettings = {}) {
  const body = bodyWith(replies, settings);
  const joiner = new BodyJoiner(body.parts);
  const end = new BodyEnd(body.parts, joiner);
  body.listed.request();
  body.check.begin();
  await joiner.open(no);
  let loaded = 0;
  for (let chunks = await body.source.read(); chunks; chunks = await body.source.read()) {
    loaded += lengthOf(chunks);
    await body.partial.write(chunks);
    await body.check.update(chunks);
  }
  await body.partial.flush();
  return { ...body, joiner, end, loaded };
}

/** A response without a length. */
const unmeasured =
  (headers: Record<string, string> = {}): Reply =>
  () =>
    answer(TEXT, { headers });
const wasm = { 'Content-Type': 'application/wasm' };
const sizeOnly = (size: number): BodySettings['known'] => ({ size, sha256: undefined });

describe('BodyEnd', () => {
  describe('findCut', () => {
    it('finds no cut in a body with a total', async () => {
      const { end, loaded } = await ended([whole()], { known: sizeOnly(20) });
      expect(await end.findCut(loaded)).to.equal(undefined);
    });

    it('finds one where a new listing has a larger size, once for each length', async () => {
      const { end, loaded } = await ended([unmeasured()], { known: sizeOnly(20) });
      expect(await end.findCut(loaded)).to.include({ code: 'network', message: 'Expected 20 bytes, received 10' });
      expect(await end.findCut(loaded)).to.equal(undefined);
      expect(await end.findCut(loaded - 1)).to.include({ message: 'Expected 20 bytes, received 9' });
    });

    it('finds none where the listing, or a new one, has no larger size', async () => {
      for (const settings of [
        { known: sizeOnly(10) },
        { known: sizeOnly(5) },
        { known: undefined },
        { known: sizeOnly(20), fresh: sizeOnly(10) },
        { known: sizeOnly(20), fresh: undefined },
      ]) {
        const { end, loaded } = await ended([unmeasured()], settings);
        expect(await end.findCut(loaded), JSON.stringify(settings)).to.equal(undefined);
      }
    });

    it('finds none where the listing is slow', async () => {
      const body = await ended([unmeasured()], { lookUp: () => new Promise(() => undefined) });
      const finding = body.end.findCut(body.loaded);
      await settle();
      await body.clock.advanceAsync(1_000);
      expect(await finding).to.equal(undefined);
    });

    it('requests the size of a file with code from the server where nothing else tells it', async () => {
      const last: Reply = () => answer('9', { status: 206, headers: { 'Content-Range': 'bytes 9-9/20' } });
      const { url, end, loaded, requests } = await ended([unmeasured(wasm), last]);
      expect(await end.findCut(loaded)).to.include({ code: 'network', message: 'Expected 20 bytes, received 10' });
      expect(requests[1]?.range).to.equal('bytes=9-');
      suspectAddresses.delete(url);
    });

    it('makes no request for other files, and none where the size or a hash is known', async () => {
      const plain = await ended([unmeasured()]);
      expect(await plain.end.findCut(10)).to.equal(undefined);
      const sized = await ended([unmeasured(wasm)], { known: sizeOnly(10) });
      expect(await sized.end.findCut(10)).to.equal(undefined);
      const hashed = await ended([unmeasured(wasm)], { integrity: `sha256-${'A'.repeat(43)}` });
      expect(await hashed.end.findCut(10)).to.equal(undefined);
      for (const { requests } of [plain, sized, hashed]) expect(requests).to.have.lengthOf(1);
    });

    it('makes that request after a pause', async () => {
      const body = await ended([unmeasured(wasm), refused(416)]);
      body.gate.close();
      const finding = body.end.findCut(10);
      await settle();
      expect(body.requests).to.have.lengthOf(1);
      body.gate.open();
      expect(await finding).to.equal(undefined);
      expect(body.requests).to.have.lengthOf(2);
    });
  });

  describe('judge', () => {
    it('accepts a body with the hash of the file, also one that no validator identifies', async () => {
      const known = { size: 10, sha256: await sha256Of(TEXT) };
      const { url, end, joiner, loaded } = await ended([whole()], { known });
      suspectAddresses.add(url);
      joiner.state.join(await bodyConnection(), joiner.state.version, 'unknown');
      await end.judge(loaded);
      expect(suspectAddresses.has(url)).to.equal(false);
    });

    it('rejects a body with another hash, deletes it, and marks its address', async () => {
      const known = { size: 10, sha256: await sha256Of('another') };
      const body = await ended([whole()], { known });
      expect(await body.store.find(body.url)).not.to.equal(undefined);
      const failure = await rejectionOf(body.end.judge(body.loaded));
      expect(failure).to.include({ code: 'corrupt' });
      expect((failure as Error).message).to.match(/^SHA-256 mismatch: expected [\da-f]{64}, got [\da-f]{64}: https:/);
      expect(suspectAddresses.has(body.url)).to.equal(true);
      expect(await body.store.find(body.url)).to.equal(undefined);
      suspectAddresses.delete(body.url);
    });

    it('rejects a body that ended twice before the size of a new listing', async () => {
      const { url, end, loaded } = await ended([whole()], { known: sizeOnly(20) });
      expect(await rejectionOf(end.judge(loaded))).to.include({ code: 'corrupt', message: `Expected 20 bytes, received 10: ${url}` });
      suspectAddresses.delete(url);
    });

    it('does not compare the size where nothing is to be verified', async () => {
      const { end, loaded } = await ended([whole()], { known: sizeOnly(20), verify: 'never' });
      await end.judge(loaded);
    });

    it('rejects a body of several responses that nothing identifies', async () => {
      const body = await ended([whole()]);
      body.joiner.state.join(await bodyConnection(), body.joiner.state.version, 'unknown');
      const failure = await rejectionOf(body.end.judge(body.loaded));
      expect(failure).to.include({
        code: 'changed',
        message: `Expected parts of one version, found no validator and no hash that show it: ${body.url}`,
      });
      expect(await body.store.find(body.url), 'for the next attempt').not.to.equal(undefined);
    });

    it('deletes such a body where the only known hash cannot be compared with it', async () => {
      const first = { size: 10, sha256: await sha256Of('another') };
      const body = await ended([whole()], { known: first, fresh: undefined });
      body.joiner.state.join(await bodyConnection(), body.joiner.state.version, 'unknown');
      expect(await rejectionOf(body.end.judge(body.loaded))).to.include({ code: 'changed' });
      expect(await body.store.find(body.url)).to.equal(undefined);
    });

    it('waits no longer than a second for a slow listing to judge a body that a validator identifies', async () => {
      const body = await ended([whole()], { lookUp: () => new Promise(() => undefined) });
      const judging = body.end.judge(body.loaded);
      await settle();
      await body.clock.advanceAsync(1_100);
      await judging;
    });

    it('deletes the stored bytes where they are incomplete, for the copy of the caller', async () => {
      const body = await ended([whole()]);
      await body.end.judge(body.loaded);
      expect(await body.store.find(body.url)).to.include({ length: 10 });
      await body.partial.drop();
      await body.end.judge(body.loaded);
      expect(await body.store.find(body.url)).to.equal(undefined);
    });
  });

  describe('isWholeWhenDecoded', () => {
    const coded: Reply = () => answer(TEXT, { headers: { 'Content-Length': '14', 'Content-Type': 'text/plain' }, type: 'cors' });

    it('is false for a plain body, and for an empty one', async () => {
      const plain = await ended([whole()], { known: sizeOnly(10) });
      expect(await plain.end.isWholeWhenDecoded(10)).to.equal(false);
      const empty = await ended([coded], { known: sizeOnly(0) });
      expect(await empty.end.isWholeWhenDecoded(0)).to.equal(false);
    });

    it('compares with the listed size', async () => {
      const { end, requests } = await ended([coded], { known: sizeOnly(10) });
      expect(await end.isWholeWhenDecoded(10)).to.equal(true);
      expect(await end.isWholeWhenDecoded(9)).to.equal(false);
      expect(requests).to.have.lengthOf(1);
    });

    it('requests the last byte where no size is listed, and expects no byte behind it', async () => {
      const more: Reply = () => answer('9a', { status: 206, headers: { 'Content-Range': 'bytes 9-10/11' } });
      for (const [reply, expected] of [
        [part(9), true],
        [more, false],
        [whole(), true],
        [whole({}, '0123456789a'), false],
      ] as const) {
        const { end, requests, source } = await ended([coded, reply]);
        expect(await end.isWholeWhenDecoded(10)).to.equal(expected);
        expect(requests[1]?.range).to.equal('bytes=9-');
        expect(source.isOpen).to.equal(false);
      }
    });

    it('closes that request if its server is silent, so that none of its bytes is read later', async () => {
      const late = new PushedBody();
      const silent: Reply = () => answer(late.stream, { status: 206, headers: { 'Content-Range': 'bytes 9-9/10' } });
      const { end, clock, source } = await ended([coded, silent]);
      const failure = rejectionOf(end.isWholeWhenDecoded(10));
      await clock.advanceAsync(36_000, 500);
      expect(await failure).to.include({ code: 'timeout' });
      expect(late.cancelled).not.to.equal(undefined);
      expect(source.isOpen).to.equal(false);
      source.setAside();
      expect(source.silent.isHeld).to.equal(false);
    });

    it('requests the bytes behind the only one, and expects none', async () => {
      const short: Reply = () => answer('0', { headers: { 'Content-Length': '14', 'Content-Type': 'text/plain' }, type: 'cors' });
      const refused: Reply = () => answer('No', { status: 416 });
      for (const [replies, expected] of [
        [[short, part(1)], false],
        [[short, refused, short], true],
        [[short, refused, whole()], false],
        [[short, refused, whole({}, '')], false],
      ] as const) {
        const { end, requests } = await ended([...replies]);
        expect(await end.isWholeWhenDecoded(1)).to.equal(expected);
        expect(requests[1]?.range).to.equal('bytes=1-');
      }
    });
  });

  describe('endedBefore', () => {
    it('is a broken connection where the body is of one version', async () => {
      const { end } = await ended([whole()]);
      expect(await end.endedBefore(12)).to.include({
        code: 'network',
        message: 'Expected a response of more than 12 bytes, received fewer',
      });
    });

    it('is a shorter file where nothing identifies the body, by a listing that has fewer bytes', async () => {
      for (const [known, code] of [
        [sizeOnly(11), 'changed'],
        [sizeOnly(12), 'network'],
      ] as const) {
        const body = await ended([whole()], { known });
        body.joiner.state.join(await bodyConnection(), body.joiner.state.version, 'unknown');
        const failure = await body.end.endedBefore(12);
        expect(failure.code).to.equal(code);
        expect((await body.store.find(body.url)) === undefined, 'deleted').to.equal(code === 'changed');
        if (code === 'changed') expect(failure.message).to.equal(`Expected a file of at least 12 bytes, found a shorter one: ${body.url}`);
      }
    });

    it('is a shorter file without a listing only where a second response ends at the same byte', async () => {
      const body = await ended([whole()], { known: undefined });
      body.joiner.state.join(await bodyConnection(), body.joiner.state.version, 'unknown');
      for (const [loaded, code] of [
        [12, 'network'],
        [13, 'network'],
        [13, 'changed'],
      ] as const) {
        expect((await body.end.endedBefore(loaded)).code).to.equal(code);
        expect((await body.store.find(body.url)) === undefined, 'deleted').to.equal(code === 'changed');
      }
    });
  });
});

/** The connection of another response. */
async function bodyConnection() {
  const body = bodyWith([whole()]);
  const connection = await body.source.open(no);
  body.source.close();
  return connection;
}
