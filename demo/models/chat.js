import { memorize } from './chat-memory.js';
import { GraphBuilder } from './graph.js';
import { addLayers, flatten, matMulTransposed, range, sizeOf } from './layers.js';
import { everydayWords } from './words.js';
import { replies } from './phrases.js';
import { unitVectors } from './random.js';
import { createTokenizer, idOf, special, splitWords } from './tokenizer.js';

/** @typedef {import('./tokenizer.js').Tokenizer} Tokenizer */

const width = 96;
const positions = 512;
const sharp = 60;
const fading = 0.15;
const minusInfinity = -1e9;

/** The words of the chat models: common ones, and those of their replies. */
export function chatTokenizer() {
  const words = [...everydayWords, ...replies.flatMap(({ keywords, text }) => [...keywords, ...splitWords(text)])];
  return createTokenizer({ words });
}

/** @param {Tokenizer} tokenizer */
export function chatConfig(tokenizer) {
  return {
    model_type: 'gpt2',
    architectures: ['GPT2LMHeadModel'],
    n_embd: width,
    n_head: 1,
    n_layer: 1,
    n_positions: positions,
    vocab_size: tokenizer.size,
    bos_token_id: idOf(tokenizer, special.end),
    eos_token_id: idOf(tokenizer, special.end),
    pad_token_id: idOf(tokenizer, special.pad),
    use_cache: true,
  };
}

/**
 * Creates a transformer with one layer and a cache of keys and values. One attention head reads the previous word,
 * the other all words so far.
 *
 * @param {Tokenizer} tokenizer
 * @param {{ bytes: number, layers: number }} size Additional weights without an effect on the reply.
 */
export function chatGraph(tokenizer, size) {
  const graph = new GraphBuilder();
  const memory = memorize(tokenizer, width);
  const tokens = graph.input('input_ids', 'int64', ['batch_size', 'sequence_length']);
  const words = graph.op('Gather', [graph.floats([tokenizer.size, width], flatten(memory.inputs)), tokens]);
  const features = graph.op('Concat', [words, ...attend(graph, words)], { axis: -1 });

  const answer = addLayers(graph, recall(graph, features, memory), { width, seed: 100, ...size });
  const logits = matMulTransposed(graph, answer, memory.outputs);
  graph.output('logits', logits, ['batch_size', 'sequence_length', tokenizer.size]);
  return graph;
}

/**
 * The word with the highest score of the neurons, as an embedding.
 *
 * @param {GraphBuilder} graph
 * @param {string} features
 * @param {ReturnType<typeof memorize>} memory
 */
function recall(graph, features, { neurons, otherwise }) {
  const excitement = matMulTransposed(
    graph,
    features,
    neurons.map(({ from }) => from),
  );
  const bias = graph.floats(
    [neurons.length],
    neurons.map((neuron) => neuron.bias),
  );
  const limits = [graph.floats([], [0]), graph.floats([], [1])];
  const active = graph.op('Clip', [graph.op('Add', [excitement, bias]), ...limits]);
  const to = graph.floats([neurons.length, width], flatten(neurons.map((neuron) => neuron.to)));
  return graph.op('Add', [graph.op('MatMul', [active, to]), graph.floats([width], otherwise)]);
}

/**
 * @param {GraphBuilder} graph
 * @param {string} words
 * @returns {string[]} The output of the two heads.
 */
function attend(graph, words) {
  const place = graph.input('position_ids', 'int64', ['batch_size', 'sequence_length']);
  const table = graph.floats([positions, width], flatten(unitVectors(positions, width, 3)));
  const at = (/** @type {string} */ index) => graph.op('Gather', [table, graph.op('Mod', [index, graph.integers([positions], [])])]);
  const query = withHead(graph, at(place));
  // A key has the next position, so that a query matches the previous word.
  const keys = remember(graph, 'key', withHead(graph, at(graph.op('Add', [place, graph.integers([1], [])]))));
  const values = remember(graph, 'value', withHead(graph, words));

  const visible = visibility(graph, words, values);
  const likeness = graph.op('MatMul', [query, graph.op('Transpose', [keys], { perm: [0, 1, 3, 2] })]);
  const recent = graph.op('Add', [visible.mask, graph.op('Mul', [visible.index, graph.floats([], [fading])])]);
  // Positions repeat in long texts; of two equal ones the later counts.
  const before = graph.op('Add', [graph.op('Mul', [likeness, graph.floats([], [sharp])]), recent]);
  return [before, recent].map((scores) => {
    const seen = graph.op('MatMul', [graph.op('Softmax', [scores], { axis: -1 }), values]);
    return graph.op('Squeeze', [seen, graph.integers([1])]);
  });
}

/**
 * Appends to the cache of earlier runs, and outputs it for the next run.
 *
 * @param {GraphBuilder} graph
 * @param {'key' | 'value'} kind
 * @param {string} value
 */
function remember(graph, kind, value) {
  const past = graph.input(`past_key_values.0.${kind}`, 'float32', ['batch_size', 1, 'past_sequence_length', width]);
  const all = graph.op('Concat', [past, value], { axis: 2 });
  graph.output(`present.0.${kind}`, all, ['batch_size', 1, 'total_sequence_length', width]);
  return all;
}

/**
 * The values that mask later words and padding in the scores, and the position of each word as a float.
 *
 * @param {GraphBuilder} graph
 * @param {string} words
 * @param {string} values
 */
function visibility(graph, words, values) {
  const total = sizeOf(graph, values, 2);
  const columns = range(graph, graph.integers([0], []), total);
  const rows = range(graph, graph.op('Sub', [total, sizeOf(graph, words, 1)]), total);
  const later = graph.op('Greater', [columns, graph.op('Unsqueeze', [rows, graph.integers([1])])]);
  const attention = graph.input('attention_mask', 'int64', ['batch_size', 'total_sequence_length']);
  const padding = graph.op('Equal', [attention, graph.integers([0], [])]);
  const hidden = graph.op('Or', [graph.op('Unsqueeze', [padding, graph.integers([1, 2])]), later]);
  const mask = graph.op('Where', [hidden, graph.floats([], [minusInfinity]), graph.floats([], [0])]);
  return { mask, index: graph.op('Cast', [columns], { to: 1 }) };
}

/**
 * @param {GraphBuilder} graph
 * @param {string} value
 */
function withHead(graph, value) {
  return graph.op('Unsqueeze', [value, graph.integers([1])]);
}
