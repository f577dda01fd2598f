import type { Chunk } from './chunk.js';

/** The first bytes of a WebAssembly module: `\0asm`. */
const MAGIC = [0, 97, 115, 109];

/** Bytes of the version that follows them. */
const VERSION_LENGTH = 4;

/** The most bits that the encoded size of a section contains: five bytes of LEB128. */
const MOST_BITS = 35;

/** How a body ends: `whole` after a section of a module, `cut` inside a section, `unknown` if it is not a module. */
export type ModuleEnd = 'whole' | 'cut' | 'unknown';

/**
 * Follows the sections of a WebAssembly module as its bytes arrive. Each section begins with an id of one byte and its size in
 * LEB128 (WebAssembly Core Specification, 5.5). A body that breaks off therefore ends inside a section.
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
