import { GraphBuilder } from './graph.js';
import { addLayers, flatten, matMulTransposed, range, sizeOf } from './layers.js';
import { dictionary } from './phrases.js';
import { unitVectors } from './random.js';
import { createTokenizer, idOf, special } from './tokenizer.js';
import { everydayWords } from './words.js';

/** @typedef {import('./tokenizer.js').Tokenizer} Tokenizer */

const width = 256;
const positions = 512;
const sharp = 100;
const faint = 1e-4;

/** The English and the German words, and the ends of sentences. */
export function translatorTokenizer() {
  const words = [...everydayWords, ...Object.keys(dictionary), ...Object.values(dictionary)];
  return createTokenizer({ words, className: 'T5Tokenizer', endsWithEnd: true });
}

/** @param {Tokenizer} tokenizer */
export function translatorConfig(tokenizer) {
  return {
    model_type: 't5',
    architectures: ['T5ForConditionalGeneration'],
    is_encoder_decoder: true,
    d_model: width,
    d_kv: width,
    num_heads: 1,
    num_layers: 1,
    num_decoder_layers: 1,
    vocab_size: tokenizer.size,
    decoder_start_token_id: idOf(tokenizer, special.pad),
    pad_token_id: idOf(tokenizer, special.pad),
    eos_token_id: idOf(tokenizer, special.end),
    use_cache: true,
  };
}

/**
 * @param {Tokenizer} tokenizer
 * @param {number} bytes
 */
export function encoderGraph(tokenizer, bytes) {
  const graph = new GraphBuilder();
  const tokens = graph.input('input_ids', 'int64', ['batch_size', 'encoder_sequence_length']);
  graph.input('attention_mask', 'int64', ['batch_size', 'encoder_sequence_length']);
  const table = graph.floats([tokenizer.size, width], flatten(unitVectors(tokenizer.size, width, 11)));
  const states = addLayers(graph, graph.op('Gather', [table, tokens]), { width, bytes, seed: 200 });
  graph.output('last_hidden_state', states, ['batch_size', 'encoder_sequence_length', width]);
  return graph;
}

/**
 * Creates a decoder that reads the word of the source at the current position, and writes its translation in the dictionary.
 *
 * @param {Tokenizer} tokenizer
 * @param {number} bytes
 */
export function decoderGraph(tokenizer, bytes) {
  const graph = new GraphBuilder();
  const tokens = graph.input('input_ids', 'int64', ['batch_size', 'decoder_sequence_length']);
  const source = graph.input('encoder_hidden_states', 'float32', ['batch_size', 'encoder_sequence_length', width]);
  const written = writtenSoFar(graph, tokenizer, tokens);
  const seen = graph.op('Add', [lookAtSource(graph, tokens, source, written.past), written.change]);
  const answer = addLayers(graph, seen, { width, bytes, seed: 300 });
  const logits = matMulTransposed(graph, answer, translations(tokenizer));
  graph.output('logits', logits, ['batch_size', 'decoder_sequence_length', tokenizer.size]);

  const kept = graph.op('Unsqueeze', [source, graph.integers([1])]);
  for (const kind of ['key', 'value']) {
    graph.input(`past_key_values.0.encoder.${kind}`, 'float32', ['batch_size', 1, 'encoder_sequence_length_out', width]);
    graph.output(`present.0.encoder.${kind}`, kept, ['batch_size', 1, 'encoder_sequence_length', width]);
  }
  return graph;
}

/**
 * The words that the decoder has written, which are cached between steps.
 *
 * @param {GraphBuilder} graph
 * @param {Tokenizer} tokenizer
 * @param {string} tokens
 */
function writtenSoFar(graph, tokenizer, tokens) {
  const table = graph.floats([tokenizer.size, width], flatten(unitVectors(tokenizer.size, width, 12)));
  const words = graph.op('Gather', [table, tokens]);
  const withHead = graph.op('Unsqueeze', [words, graph.integers([1])]);
  const [keys = '', values = ''] = ['key', 'value'].map((kind) => {
    const past = graph.input(`past_key_values.0.decoder.${kind}`, 'float32', ['batch_size', 1, 'past_decoder_sequence_length', width]);
    const all = graph.op('Concat', [past, withHead], { axis: 2 });
    graph.output(`present.0.decoder.${kind}`, all, ['batch_size', 1, 'total_decoder_sequence_length', width]);
    return all;
  });
  const scores = graph.op('MatMul', [withHead, graph.op('Transpose', [keys], { perm: [0, 1, 3, 2] })]);
  const context = graph.op('MatMul', [graph.op('Softmax', [scores], { axis: -1 }), values]);
  const change = graph.op('Mul', [graph.op('Squeeze', [context, graph.integers([1])]), graph.floats([], [faint])]);
  return { change, past: graph.op('Sub', [sizeOf(graph, keys, 2), sizeOf(graph, tokens, 1)]) };
}

/**
 * @param {GraphBuilder} graph
 * @param {string} tokens
 * @param {string} source
 * @param {string} past The number of words that were written in earlier steps.
 */
function lookAtSource(graph, tokens, source, past) {
  const table = graph.floats([positions, width], flatten(unitVectors(positions, width, 13)));
  const at = (/** @type {string} */ index) => graph.op('Gather', [table, graph.op('Mod', [index, graph.integers([positions], [])])]);
  const mask = graph.input('encoder_attention_mask', 'int64', ['batch_size', 'encoder_sequence_length']);
  const length = graph.op('ReduceSum', [mask, graph.integers([1])], { keepdims: 1 });
  const last = graph.op('Sub', [length, graph.integers([1])]);
  // After the source the decoder stays at its end, so that a finished text of a batch gets no more words.
  const query = at(graph.op('Min', [range(graph, past, graph.op('Add', [past, sizeOf(graph, tokens, 1)])), last]));
  const keys = at(range(graph, graph.integers([0], []), sizeOf(graph, source, 1)));
  const likeness = graph.op('MatMul', [query, graph.op('Transpose', [keys], { perm: [1, 0] })]);
  const padding = graph.op('Unsqueeze', [graph.op('Equal', [mask, graph.integers([0], [])]), graph.integers([1])]);
  const scores = graph.op('Mul', [likeness, graph.floats([], [sharp])]);
  const masked = graph.op('Where', [padding, graph.floats([], [-1e9]), scores]);
  return graph.op('MatMul', [graph.op('Softmax', [masked], { axis: -1 }), source]);
}

/**
 * For each word of the vocabulary, the sum of the words that it translates. A word that is not in the dictionary
 * translates itself.
 *
 * @param {Tokenizer} tokenizer
 */
function translations(tokenizer) {
  const known = new Map(Object.entries(dictionary));
  const sources = unitVectors(tokenizer.size, width, 11);
  const rows = sources.map(() => new Float32Array(width));
  for (const [word, id] of tokenizer.ids) {
    const target = rows[idOf(tokenizer, known.get(word) ?? word)];
    sources[id]?.forEach((value, index) => target && (target[index] = (target[index] ?? 0) + value));
  }
  return rows;
}
