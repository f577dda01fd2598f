import { open } from 'node:fs/promises';

/**
 * @typedef {{ type: 'uint32', value: number } | { type: 'float32', value: number } | { type: 'string', value: string }
 *   | { type: 'int32s', value: number[] } | { type: 'float32s', value: number[] } | { type: 'strings', value: string[] }} GgufValue
 * @typedef {{ name: string, dims: number[], chunks: () => Iterable<Uint8Array> }} GgufTensor
 *   32-bit floats; the first dimension is the one whose elements are contiguous.
 */

const magic = 'GGUF';
const version = 3;
const floatTensor = 0;
const alignment = 32;
/** The format's numbers of the types of values. */
const codes = { uint32: 4, int32: 5, float32: 6, string: 8, array: 9 };

/**
 * Writes a file in the format of llama.cpp: the metadata of the model, then the names and offsets of its tensors,
 * then their bytes.
 *
 * @param {string} path
 * @param {{ metadata: Record<string, GgufValue>, tensors: GgufTensor[] }} model
 */
export async function writeGguf(path, { metadata, tensors }) {
  const file = await open(path, 'w');
  try {
    const head = header(metadata, tensors);
    await file.writeFile(head);
    await file.writeFile(padding(head.length));
    for (const { dims, chunks } of tensors) {
      for (const chunk of chunks()) await file.writeFile(chunk);
      await file.writeFile(padding(byteLength(dims)));
    }
  } finally {
    await file.close();
  }
}

/**
 * @param {Record<string, GgufValue>} metadata
 * @param {GgufTensor[]} tensors
 */
function header(metadata, tensors) {
  const entries = Object.entries(metadata);
  const start = [Buffer.from(magic), uint32(version), uint64(tensors.length), uint64(entries.length)];
  const values = entries.map(([key, value]) => Buffer.concat([string(key), typed(value)]));
  let offset = 0;
  const places = tensors.map(({ name, dims }) => {
    const place = Buffer.concat([string(name), uint32(dims.length), ...dims.map(uint64), uint32(floatTensor), uint64(offset)]);
    offset += aligned(byteLength(dims));
    return place;
  });
  return Buffer.concat([...start, ...values, ...places]);
}

/** @param {GgufValue} entry */
function typed({ type, value }) {
  switch (type) {
    case 'uint32':
      return Buffer.concat([uint32(codes.uint32), uint32(value)]);
    case 'float32':
      return Buffer.concat([uint32(codes.float32), float32(value)]);
    case 'string':
      return Buffer.concat([uint32(codes.string), string(value)]);
    case 'int32s':
      return array(codes.int32, value.map(int32));
    case 'float32s':
      return array(codes.float32, value.map(float32));
    case 'strings':
      return array(codes.string, value.map(string));
  }
}

/**
 * @param {number} code
 * @param {Buffer[]} elements
 */
function array(code, elements) {
  return Buffer.concat([uint32(codes.array), uint32(code), uint64(elements.length), ...elements]);
}

/** @param {string} text */
function string(text) {
  const bytes = Buffer.from(text);
  return Buffer.concat([uint64(bytes.length), bytes]);
}

/** @param {number} value */
function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** @param {number} value */
function uint64(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

/** @param {number} value */
function int32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

/** @param {number} value */
function float32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

/** @param {number[]} dims */
function byteLength(dims) {
  return dims.reduce((product, dim) => product * dim, 4);
}

/** @param {number} length */
function aligned(length) {
  return Math.ceil(length / alignment) * alignment;
}

/** @param {number} length */
function padding(length) {
  return Buffer.alloc(aligned(length) - length);
}
