import { expect } from 'chai';
import { BodyState, type BodyBeginning } from '#dist/transfer/body-state.js';
import type { Connection } from '#dist/transfer/network/connection.js';
import { answer, connectionOf } from '../support/transfer-parts.js';

const PLAIN: BodyBeginning = { isSpliced: false, isProven: true, isExact: false };
const VERSION = { total: 10, validator: '"a"' };

function begun(connection: Partial<Connection> = {}, beginning: Partial<BodyBeginning> = {}, version = VERSION): BodyState {
  const state = new BodyState();
  state.begin(connectionOf({ declared: 10, version, ...connection }), version, { ...PLAIN, ...beginning });
  return state;
}

describe('BodyState', () => {
  it('knows nothing before the first response, and could continue with any', () => {
    const state = new BodyState();
    expect(state.version).to.deep.equal({ total: undefined, validator: undefined });
    expect(state.form).to.deep.equal({ coding: 'none', declared: undefined });
    expect(state).to.include({
      total: undefined,
      promised: undefined,
      isExact: false,
      isSpliced: false,
      isProven: true,
      isCode: false,
      mayBeEncoded: false,
      isProvable: true,
      storedValidator: undefined,
    });
  });

  it('begins with a response', () => {
    const state = begun();
    expect(state.version).to.equal(VERSION);
    expect(state.form).to.deep.equal({ coding: 'none', declared: 10 });
    expect(state).to.include({ total: 10, promised: 10, isExact: false, isSpliced: false, isProven: true, isCode: false });
    expect(state).to.include({ isProvable: true, storedValidator: '"a"' });
  });

  it('promises the total of a range, which declares no length of the body', () => {
    const state = begun({ isRange: true, declared: 4 }, { isSpliced: true, isExact: true });
    expect(state.form.declared).to.equal(undefined);
    expect(state).to.include({ promised: 10, isSpliced: true, isExact: true });
  });

  it('keeps its promise when the body begins once more', () => {
    const state = begun({ declared: 10 });
    state.begin(connectionOf({ declared: 12 }), { total: 12, validator: undefined }, PLAIN);
    expect(state.promised).to.equal(10);
    expect(state.total).to.equal(12);
  });

  it('recognizes code', () => {
    expect(begun({ response: answer('', { headers: { 'Content-Type': 'application/wasm' } }) }).isCode).to.equal(true);
  });

  it('is not provable without a strong validator', () => {
    expect(begun({}, {}, { total: 10, validator: undefined as unknown as string }).isProvable).to.equal(false);
  });

  it('is not provable by a time and a length that may count compressed bytes', () => {
    const byTime = { total: 10, validator: '~Sun, 01 Nov 2026 00:00:00 GMT' };
    expect(begun({}, {}, byTime).isProvable, 'not compressed').to.equal(true);
    expect(begun({ coding: 'unlikely' }, {}, byTime).isProvable, 'perhaps compressed').to.equal(false);
    expect(begun({ coding: 'unlikely' }, { isExact: true }, byTime).isProvable, 'a range has confirmed the length').to.equal(true);
    expect(begun({ coding: 'unlikely' }).isProvable, 'by a tag').to.equal(true);
  });

  it('is stored under its validator only where that shows one version, and the body is not compressed', () => {
    expect(begun({}, { isProven: false }).storedValidator).to.equal(undefined);
    expect(begun({ coding: 'some' }).storedValidator).to.equal(undefined);
    expect(begun({ coding: 'unknown' }).storedValidator).to.equal(undefined);
    expect(begun({ coding: 'unlikely' }).storedValidator).to.equal('"a"');
  });

  it('is whole at its total, unless that may count compressed bytes', () => {
    expect(begun().isWhole(10)).to.equal(true);
    expect(begun().isWhole(9)).to.equal(false);
    expect(begun({ coding: 'unlikely' }).isWhole(10)).to.equal(false);
    expect(begun({ coding: 'unlikely' }).mayBeEncoded).to.equal(true);
    expect(begun({ coding: 'unlikely' }, { isExact: true }).isWhole(10)).to.equal(true);
  });

  it('joins answers: it stays proven by equal versions only', () => {
    const state = begun();
    state.join(connectionOf({ isRange: true }), { total: 10, validator: '"a"' }, 'same');
    expect(state).to.include({ isSpliced: true, isProven: true, isExact: true });
    state.join(connectionOf(), VERSION, 'unknown');
    expect(state).to.include({ isProven: false, isExact: true });
    state.join(connectionOf(), VERSION, 'same');
    expect(state.isProven).to.equal(false);
  });

  it('is exact by a range with a total only, and takes what the first response lacked', () => {
    const nothing = { total: undefined, validator: undefined };
    const state = new BodyState();
    state.begin(connectionOf(), nothing, PLAIN);
    state.join(connectionOf({ isRange: true }), nothing, 'same');
    expect(state.isExact).to.equal(false);
    state.join(connectionOf(), VERSION, 'same');
    expect(state.isExact).to.equal(false);
    expect(state.version).to.deep.equal(VERSION);
  });

  it('is spliced by stored bytes', () => {
    const state = begun();
    state.joinStored();
    expect(state).to.include({ isSpliced: true, isProven: true });
  });

  it('replaces the total alone', () => {
    const state = begun();
    state.replaceTotal(undefined);
    expect(state.version).to.deep.equal({ total: undefined, validator: '"a"' });
    expect(state.promised).to.equal(10);
  });

  it('drops a total that the body contradicts, which a range may have confirmed for another body', () => {
    const plain = begun({}, { isExact: true });
    plain.dropTotal();
    expect(plain).to.include({ total: undefined, isExact: false, isProven: true, mayBeEncoded: true });
    expect(plain.form).to.deep.equal({ coding: 'some', declared: 10 });
    const spliced = begun({}, { isExact: true, isSpliced: true });
    spliced.dropTotal();
    expect(spliced.isProven).to.equal(false);
    const unconfirmed = begun({}, { isSpliced: true });
    unconfirmed.dropTotal();
    expect(unconfirmed.isProven).to.equal(true);
  });

  it('is exact once it is complete', () => {
    const state = begun();
    state.complete(11);
    expect(state).to.include({ total: 11, isExact: true });
  });
});
