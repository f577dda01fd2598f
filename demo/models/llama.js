import { randomWeights, unitVectors } from './random.js';

/** @typedef {import('./gguf-file.js').GgufTensor} GgufTensor @typedef {import('./gguf-file.js').GgufValue} GgufValue */

const width = 256;
const heads = 4;
const positions = 512;
/** A factor that puts the right row far above the random products of the others, so that the next word is certain. */
const sharp = 2;

/** The reply to every question. No word is repeated, since each word determines the next one. */
export const llamaReply = 'I am a very small llama made on this machine and all that can be said by me is said.';

const unknown = 0;
const begin = 1;
const end = 2;
/** The format's numbers of the kinds of tokens. */
const kinds = { normal: 1, unknown: 2, control: 3, byte: 6 };

/** The pieces of the reply, each after a space in the tokenizer's form. */
const words = llamaReply.split(' ').map((word) => `▁${word}`);
const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
const tokens = ['<unk>', '<s>', '</s>', ...bytes, ...words];
const firstWord = tokens.length - words.length;

/**
 * Creates the content of a GGUF file: a llama with one layer. Its attention and its feed-forward network have no
 * effect, so only the last token counts. A word of the reply is followed by the next one, the last word by the end,
 * and any other token by the first word.
 *
 * @param {number} byteLength The approximate size of the file.
 * @returns {{ metadata: Record<string, GgufValue>, tensors: GgufTensor[] }}
 */
export function llama(byteLength) {
  const rest = byteLength / 4 - 2 * tokens.length * width - 4 * width * width;
  const hidden = Math.ceil(rest / (3 * width) / 32) * 32;
  return { metadata: metadata(hidden), tensors: tensors(hidden) };
}

/**
 * @param {number} hidden
 * @returns {Record<string, GgufValue>}
 */
function metadata(hidden) {
  const types = tokens.map((_, id) =>
    id === unknown ? kinds.unknown : id <= end ? kinds.control : id < firstWord ? kinds.byte : kinds.normal,
  );
  return {
    'general.architecture': { type: 'string', value: 'llama' },
    'general.name': { type: 'string', value: 'Tiny Llama' },
    'llama.context_length': { type: 'uint32', value: positions },
    'llama.embedding_length': { type: 'uint32', value: width },
    'llama.block_count': { type: 'uint32', value: 1 },
    'llama.feed_forward_length': { type: 'uint32', value: hidden },
    'llama.attention.head_count': { type: 'uint32', value: heads },
    'llama.attention.head_count_kv': { type: 'uint32', value: heads },
    'llama.attention.layer_norm_rms_epsilon': { type: 'float32', value: 1e-6 },
    'llama.rope.dimension_count': { type: 'uint32', value: width / heads },
    'llama.vocab_size': { type: 'uint32', value: tokens.length },
    'tokenizer.ggml.model': { type: 'string', value: 'llama' },
    'tokenizer.ggml.tokens': { type: 'strings', value: tokens },
    'tokenizer.ggml.scores': { type: 'float32s', value: tokens.map(() => 0) },
    'tokenizer.ggml.token_type': { type: 'int32s', value: types },
    'tokenizer.ggml.bos_token_id': { type: 'uint32', value: begin },
    'tokenizer.ggml.eos_token_id': { type: 'uint32', value: end },
    'tokenizer.ggml.unknown_token_id': { type: 'uint32', value: unknown },
  };
}

/**
 * @param {number} hidden
 * @returns {GgufTensor[]}
 */
function tensors(hidden) {
  const embeddings = embed();
  const square = [width, width];
  return [
    tensor('token_embd.weight', [width, tokens.length], embeddings),
    constant('output_norm.weight', [width], 1),
    tensor('output.weight', [width, tokens.length], nextTokens(embeddings)),
    constant('blk.0.attn_norm.weight', [width], 1),
    random('blk.0.attn_q.weight', square, 2),
    random('blk.0.attn_k.weight', square, 3),
    random('blk.0.attn_v.weight', square, 4),
    constant('blk.0.attn_output.weight', square, 0),
    constant('blk.0.ffn_norm.weight', [width], 1),
    random('blk.0.ffn_gate.weight', [width, hidden], 5),
    random('blk.0.ffn_up.weight', [width, hidden], 6),
    constant('blk.0.ffn_down.weight', [hidden, width], 0),
  ];
}

/** The embeddings of the tokens: each word of the reply has its own, and all other tokens share one. */
function embed() {
  const [other, ...own] = unitVectors(words.length + 1, width, 1);
  return tokens.map((_, id) => /** @type {Float32Array} */ (id < firstWord ? other : own[id - firstWord]));
}

/**
 * The rows that match the previous token of each token.
 *
 * @param {Float32Array[]} embeddings
 */
function nextTokens(embeddings) {
  const rows = tokens.map(() => new Float32Array(width));
  const sharpen = (/** @type {number} */ id) => /** @type {Float32Array} */ (embeddings[id]).map((value) => sharp * value);
  words.forEach((_, index) => (rows[firstWord + index] = sharpen(firstWord + index - 1)));
  rows[end] = sharpen(tokens.length - 1);
  return rows;
}

/**
 * @param {string} name
 * @param {number[]} dims
 * @param {Float32Array[]} rows
 * @returns {GgufTensor}
 */
function tensor(name, dims, rows) {
  return { name, dims, chunks: () => rows.map(({ buffer }) => new Uint8Array(buffer)) };
}

/**
 * @param {string} name
 * @param {number[]} dims
 * @param {number} value
 * @returns {GgufTensor}
 */
function constant(name, dims, value) {
  return tensor(name, dims, [new Float32Array(countOf(dims)).fill(value)]);
}

/**
 * @param {string} name
 * @param {number[]} dims
 * @param {number} seed
 * @returns {GgufTensor}
 */
function random(name, dims, seed) {
  return { name, dims, chunks: () => randomWeights(countOf(dims), 0.02, seed) };
}

/** @param {number[]} dims */
function countOf(dims) {
  return dims.reduce((product, dim) => product * dim, 1);
}
