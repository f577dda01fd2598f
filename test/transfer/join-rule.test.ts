import { expect } from 'chai';
import type { ResponseForm } from '#dist/transfer/join-rule.js';
import { JoinRule } from '#dist/transfer/join-rule.js';
import type { FileVersion } from '#dist/transfer/integrity/file-version.js';
import type { BodyCheck } from '#dist/transfer/integrity/body-check.js';
import type { ListedFile } from '#dist/transfer/integrity/listed-file.js';
import type { Connection } from '#dist/transfer/network/connection.js';
import { rejectionOf } from '../support/rejection-of.js';
import { connectionOf } from '../support/transfer-parts.js';

/** What is known of the hash of the file. */
interface Known {
  readonly isKnown?: boolean;
  readonly isDemanded?: boolean;
  readonly isUnchanged?: boolean;
}

function ruleWith(
  { isKnown = false, isDemanded = false, isUnchanged = false }: Known = {},
  signal = new AbortController().signal,
): JoinRule {
  const check = { isKnown: () => Promise.resolve(isKnown), isDemanded } as unknown as BodyCheck;
  const listed = { isUnchanged: () => Promise.resolve(isUnchanged) } as unknown as ListedFile;
  return new JoinRule({ check, listed, signal });
}

const PLAIN: ResponseForm = { coding: 'none', declared: 10 };
const A: FileVersion = { total: 10, validator: '"a"' };
const B: FileVersion = { total: 10, validator: '"b"' };
const UNKNOWN: FileVersion = { total: 10, validator: undefined };

function range(version: FileVersion, parts: Partial<Connection> = {}): Connection {
  return connectionOf({ isRange: true, start: 4, end: 10, version, ...parts });
}

describe('JoinRule', () => {
  it('knows a hash as the check does, until the download is aborted', async () => {
    expect(await ruleWith().isHashKnown()).to.equal(false);
    expect(await ruleWith({ isKnown: true }).isHashKnown()).to.equal(true);
    expect(await rejectionOf(ruleWith({}, AbortSignal.abort(new Error('enough'))).isHashKnown())).to.have.property('message', 'enough');
  });

  describe('mayRange', () => {
    it('allows a range where the offsets of a body are those of the file, or a hash is known', async () => {
      const cases: [ResponseForm, boolean][] = [
        [{ coding: 'none', declared: undefined }, true],
        [{ coding: 'unlikely', declared: undefined }, true],
        [{ coding: 'unknown', declared: 10 }, true],
        [{ coding: 'unknown', declared: undefined }, false],
        [{ coding: 'some', declared: 10 }, false],
      ];
      for (const [form, expected] of cases) {
        expect(await ruleWith().mayRange(form), JSON.stringify(form)).to.equal(expected);
        expect(await ruleWith({ isKnown: true }).mayRange(form)).to.equal(true);
      }
    });
  });

  describe('canJoin', () => {
    it('accepts the same version, and another one, which a request for the whole would find as well', async () => {
      expect(await ruleWith().canJoin(range(A), A, PLAIN)).to.equal(true);
      expect(await ruleWith().canJoin(range(B), A, PLAIN)).to.equal(true);
      expect(await ruleWith().canJoin(range(UNKNOWN), A, PLAIN)).to.equal(false);
      expect(await ruleWith({ isKnown: true }).canJoin(range(UNKNOWN), A, PLAIN)).to.equal(true);
    });

    it('refuses a range that ends behind the known total', async () => {
      const rule = ruleWith({ isKnown: true });
      expect(await rule.canJoin(range(A, { end: 11 }), A, PLAIN)).to.equal(false);
      expect(await rule.canJoin(range(A, { end: 11 }), { ...A, total: undefined }, PLAIN)).to.equal(true);
      expect(await rule.canJoin(range(A, { end: undefined }), A, PLAIN)).to.equal(true);
    });

    it('accepts a range without a place only where it ends at the total', async () => {
      expect(await ruleWith().canJoin(range(A, { isPlaced: false }), A, PLAIN)).to.equal(true);
      expect(await ruleWith().canJoin(range(A, { isPlaced: false, end: 9 }), A, PLAIN)).to.equal(false);
      expect(await ruleWith().canJoin(range(A, { isPlaced: false, end: undefined }), A, PLAIN)).to.equal(false);
      expect(
        await ruleWith().canJoin(range({ ...A, total: undefined }, { isPlaced: false, end: undefined }), { ...A, total: undefined }, PLAIN),
      ).to.equal(false);
    });

    it('requires of a body that may be compressed the total that it has declared', async () => {
      const unknown: ResponseForm = { coding: 'unknown', declared: 10 };
      expect(await ruleWith().canJoin(range(A), A, unknown)).to.equal(true);
      expect(await ruleWith().canJoin(range(A), A, { ...unknown, declared: 7 })).to.equal(false);
      expect(await ruleWith().canJoin(range({ ...A, total: undefined }), A, { ...unknown, declared: undefined })).to.equal(false);
      expect(await ruleWith().canJoin(range(B), A, unknown)).to.equal(false);
      expect(await ruleWith({ isKnown: true }).canJoin(range(B), A, unknown)).to.equal(true);
    });

    it('compares the totals of a plain body only by the version: that of another one may be of the compressed file', async () => {
      const longer = range({ ...A, total: 12 });
      expect(await ruleWith({ isKnown: true }).canJoin(longer, A, { coding: 'unlikely', declared: 10 })).to.equal(false);
      expect(await ruleWith().canJoin(longer, A, PLAIN)).to.equal(true);
    });

    it('accepts a body of an unlikely coding without a length', async () => {
      const unlikely: ResponseForm = { coding: 'unlikely', declared: undefined };
      expect(await ruleWith().canJoin(range(A), { ...A, total: undefined }, unlikely)).to.equal(true);
      expect(await ruleWith().canJoin(range(A), { ...A, total: undefined }, { ...unlikely, declared: 7 })).to.equal(false);
      expect(await ruleWith().canJoin(range(A), { ...A, total: undefined }, { ...unlikely, coding: 'unknown' })).to.equal(false);
    });
  });

  describe('versionIn', () => {
    const found = (coding: Connection['coding'], version: FileVersion): Connection => connectionOf({ coding, version });

    it('is that of the response where both are of one form', () => {
      expect(ruleWith().versionIn(found('none', B), A, PLAIN, 4)).to.deep.equal(B);
      expect(ruleWith().versionIn(found('unlikely', A), A, PLAIN, 4)).to.deep.equal(A);
    });

    it('ignores the tag of a response in another form, unless it is the same', () => {
      const compressed: ResponseForm = { coding: 'some', declared: 7 };
      expect(ruleWith().versionIn(found('none', B), A, compressed, 4)).to.deep.equal({ total: 10, validator: undefined });
      expect(ruleWith().versionIn(found('none', A), A, compressed, 4)).to.deep.equal(A);
      const dated = { total: 10, validator: 'Wed, 21 Oct 2015 07:28:00 GMT' };
      expect(ruleWith().versionIn(found('none', dated), A, compressed, 4)).to.deep.equal(dated);
    });

    it('ignores a length that may count compressed bytes', () => {
      expect(ruleWith().versionIn(found('unlikely', A), A, { coding: 'some', declared: 7 }, 4).total).to.equal(undefined);
      expect(ruleWith().versionIn(found('unlikely', A), { ...A, total: undefined }, PLAIN, 4).total).to.equal(undefined);
      expect(ruleWith().versionIn(found('unlikely', B), { ...A, total: undefined }, PLAIN, 4).total).to.equal(10);
      expect(ruleWith().versionIn(found('none', A), { ...A, total: undefined }, PLAIN, 4).total).to.equal(10);
      expect(ruleWith().versionIn(found('unlikely', UNKNOWN), { total: undefined, validator: undefined }, PLAIN, 4).total).to.equal(10);
    });

    it('ignores a length that the delivered bytes exceed, unless the body is not compressed', () => {
      expect(ruleWith().versionIn(found('unlikely', A), A, PLAIN, 10).total).to.equal(10);
      expect(ruleWith().versionIn(found('unlikely', A), A, PLAIN, 11).total).to.equal(undefined);
      expect(ruleWith().versionIn(found('none', A), A, PLAIN, 11).total).to.equal(10);
    });
  });

  describe('mayJoin', () => {
    it('joins bytes of the same version without a hash', async () => {
      expect(await ruleWith().mayJoin('same', A, A, 4)).to.equal(true);
    });

    it('joins bytes of an unknown version only where a hash will show that they belong together', async () => {
      expect(await ruleWith().mayJoin('unknown', A, UNKNOWN, 4)).to.equal(false);
      expect(await ruleWith({ isKnown: true }).mayJoin('unknown', A, UNKNOWN, 4)).to.equal(true);
    });

    it('joins bytes under another validator only where the listing has not changed, or the caller requires a hash', async () => {
      expect(await ruleWith({ isKnown: true }).mayJoin('other', A, B, 4)).to.equal(false);
      expect(await ruleWith({ isKnown: true, isUnchanged: true }).mayJoin('other', A, B, 4)).to.equal(true);
      expect(await ruleWith({ isKnown: true, isDemanded: true }).mayJoin('other', A, B, 4)).to.equal(true);
      expect(await ruleWith({ isUnchanged: true, isDemanded: true }).mayJoin('other', A, B, 4)).to.equal(false);
    });

    it('joins no bytes of a file of another length', async () => {
      const rule = ruleWith({ isKnown: true, isDemanded: true });
      expect(await rule.mayJoin('other', A, { ...A, total: 11 }, 4)).to.equal(false);
      expect(await rule.mayJoin('other', { ...A, total: undefined }, { ...B, total: 3 }, 4)).to.equal(false);
    });
  });
});
