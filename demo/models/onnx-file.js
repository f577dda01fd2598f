import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import protobuf from 'protobufjs';
import { elementCode } from './graph.js';
import { encode } from './onnx-schema.js';

/** @typedef {import('./graph.js').GraphBuilder} GraphBuilder @typedef {import('./graph.js').Weights} Weights */

/** Tags of Protobuf: the number of the field × 8 + 2, the wire type of bytes. */
const tags = { graphInModel: 0x3a, tensorInGraph: 0x2a, bytesInTensor: 0x4a };
/** Weights from this size on, in bytes, are stored outside of the graph. */
const externalFrom = 1024;

/**
 * Writes a model with its weights in the same file.
 *
 * Parsers merge a message field that occurs several times. The file is therefore the graph without weights, then one
 * small graph for each tensor, and no tensor has to be in memory as a whole.
 *
 * @param {string} path
 * @param {GraphBuilder} graph
 */
export async function writeOnnx(path, graph) {
  await writeChunks(path, function* () {
    yield graph.skeleton();
    for (const weights of graph.weights) yield* embedded(weights);
  });
}

/**
 * Writes a model whose larger weights are in a second file, as Transformers.js expects for models over 2 GB.
 *
 * @param {string} path
 * @param {string} dataPath
 * @param {GraphBuilder} graph
 */
export async function writeOnnxWithExternalData(path, dataPath, graph) {
  const large = graph.weights.filter((weights) => weights.byteLength >= externalFrom);
  await writeChunks(path, function* () {
    yield graph.skeleton();
    let offset = 0;
    for (const weights of graph.weights) {
      if (!large.includes(weights)) {
        yield* embedded(weights);
        continue;
      }
      yield graphPiece(reference(weights, basename(dataPath), offset), 0);
      offset += weights.byteLength;
    }
  });
  await writeChunks(dataPath, function* () {
    for (const weights of large) yield* weights.chunks();
  });
}

/**
 * @param {Weights} weights
 * @returns {Generator<Uint8Array>}
 */
function* embedded(weights) {
  const head = encode('Tensor', describe(weights));
  const tensor = Buffer.concat([head, lengthPrefix(tags.bytesInTensor, weights.byteLength)]);
  yield graphPiece(tensor, weights.byteLength);
  yield* weights.chunks();
}

/**
 * @param {Weights} weights
 * @param {string} location
 * @param {number} offset
 */
function reference(weights, location, offset) {
  const entries = { location, offset: String(offset), length: String(weights.byteLength) };
  const externalData = Object.entries(entries).map(([key, value]) => ({ key, value }));
  return encode('Tensor', { ...describe(weights), externalData, dataLocation: 1 });
}

/** @param {Weights} weights */
function describe({ name, dims, type }) {
  return { name, dims, dataType: elementCode(type) };
}

/**
 * @param {Uint8Array} tensor
 * @param {number} following The number of bytes of the tensor after this piece.
 */
function graphPiece(tensor, following) {
  const inner = lengthPrefix(tags.tensorInGraph, tensor.length + following);
  const outer = lengthPrefix(tags.graphInModel, inner.length + tensor.length + following);
  return Buffer.concat([outer, inner, tensor]);
}

/**
 * @param {number} tag
 * @param {number} length
 */
function lengthPrefix(tag, length) {
  return protobuf.Writer.create().uint32(tag).uint32(length).finish();
}

/**
 * @param {string} path
 * @param {() => Iterable<Uint8Array>} chunks
 */
async function writeChunks(path, chunks) {
  const file = await open(path, 'w');
  try {
    for (const chunk of chunks()) await file.writeFile(chunk);
  } finally {
    await file.close();
  }
}
