import { expect } from 'chai';
import { WasmSections } from '#dist/transfer/network/wasm-sections.js';

const HEADER = [0, 97, 115, 109, 1, 0, 0, 0];

/** A section of `size` bytes, whose size is written with a byte more than it needs. */
function section(id: number, size: number): number[] {
  const last = Math.floor(size / 128);
  return [id, (size % 128) | 0x80, last, ...new Array<number>(size).fill(0xff)];
}

const MODULE = [...HEADER, ...section(1, 5), ...section(0, 300), ...section(10, 0)];
const ENDS = [HEADER.length + 8, HEADER.length + 8 + 303, MODULE.length];

function isWhole(bytes: readonly number[], pieceLength: number): boolean {
  const sections = new WasmSections();
  for (let at = 0; at < bytes.length; at += pieceLength) sections.add(Uint8Array.from(bytes.slice(at, at + pieceLength)));
  return sections.end === 'whole';
}

describe('WasmSections', () => {
  for (const pieceLength of [1, 7, 1_000]) {
    it(`are complete behind each section, and nowhere else, in pieces of ${pieceLength} bytes`, () => {
      const whole = MODULE.map((_, index) => index + 1).filter((length) => isWhole(MODULE.slice(0, length), pieceLength));
      expect(whole).to.deep.equal(ENDS);
    });
  }

  it('are cut elsewhere in a module, and unknown in a body that is none', () => {
    const endOf = (bytes: readonly number[]): string => {
      const sections = new WasmSections();
      sections.add(Uint8Array.from(bytes));
      return sections.end;
    };
    expect(endOf(MODULE.slice(0, -1))).to.equal('cut');
    expect(endOf(HEADER)).to.equal('cut');
    expect(endOf(HEADER.slice(0, 3))).to.equal('unknown');
    expect(endOf([0, 97, 115, 110, ...MODULE.slice(4)])).to.equal('unknown');
  });

  it('are not complete behind a size of more than 32 bits', () => {
    const endless = [...HEADER, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0];
    expect(isWhole(endless, 1_000)).to.equal(false);
    const longest = [...HEADER, 1, 0x80, 0x80, 0x80, 0x80, 0];
    expect(isWhole(longest, 1_000)).to.equal(true);
  });

  it('are those of real modules', async () => {
    // (module (func (export "f") (result i32) (i32.const 42)))
    const real = [...HEADER, 1, 5, 1, 0x60, 0, 1, 0x7f, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 6, 1, 4, 0, 0x41, 42, 0x0b];
    expect(await WebAssembly.compile(Uint8Array.from(real))).to.be.instanceOf(WebAssembly.Module);
    expect(isWhole(real, 3)).to.equal(true);
    expect(isWhole(real.slice(0, -1), 3)).to.equal(false);
  });
});
