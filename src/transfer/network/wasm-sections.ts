import type { Chunk } from './chunk.js';

/** The first bytes of a WebAssembly module: `\0asm`. */
const MAGIC = [0, 97, 115, 109];

/** Bytes of the version that follows them. */
const VERSION_LENGTH = 4;

/** The longest size of a section, in bits. */
const MOST_BITS = 35;

/** How a body ends: with a section of a module, inside one, or `unknown` for a body that is no module. */
export type ModuleEnd = 'whole' | 'cut' | 'unknown';

/**
 * Follows the sections of a WebAssembly module as its bytes arrive. A module consists of sections, each of which begins with an
 * id of one byte and its size in LEB128 (WebAssembly Core Specification, 5.5), so that a body that breaks off ends inside one.
 */
export class WasmSections {
  #matched = 0;
  #isModule = true;
  #skip = 0;
  #sections = 0;
  #size = 0;
  /** Bits of the size that have been read; `undefined` where an id is next. */
  #bits: number | undefined;

  /** How the bytes end. */
  get end(): ModuleEnd {
    if (!this.#isModule || this.#matched < MAGIC.length) return 'unknown';
    return this.#sections > 0 && this.#skip === 0 && this.#bits === undefined ? 'whole' : 'cut';
  }

  /** Adds the next bytes of the body. */
  add(chunk: Chunk): void {
    for (let at = 0; this.#isModule && at < chunk.length; at++) {
      const skipped = Math.min(this.#skip, chunk.length - at);
      this.#skip -= skipped;
      at += skipped;
      const byte = chunk[at];
      if (byte !== undefined) this.#read(byte);
    }
  }

  #read(byte: number): void {
    if (this.#matched < MAGIC.length) {
      this.#isModule = byte === MAGIC[this.#matched];
      this.#matched += 1;
      if (this.#matched === MAGIC.length) this.#skip = VERSION_LENGTH;
    } else if (this.#bits === undefined) {
      this.#size = this.#bits = 0;
    } else {
      this.#size += (byte & 0x7f) * 2 ** this.#bits;
      this.#bits += 7;
      if (byte < 0x80) this.#endSize();
      else this.#isModule = this.#bits < MOST_BITS;
    }
  }

  #endSize(): void {
    this.#bits = undefined;
    this.#skip = this.#size;
    this.#sections += 1;
  }
}
