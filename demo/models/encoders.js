import { GraphBuilder } from './graph.js';
import { addLayers, flatten, maskedMean } from './layers.js';
import { opinions } from './phrases.js';
import { unitVectors } from './random.js';
import { createTokenizer } from './tokenizer.js';
import { everydayWords } from './words.js';

/** @typedef {import('./tokenizer.js').Tokenizer} Tokenizer */

const sentimentWidth = 128;
const embeddingWidth = 256;

/** The words of the models that only read text. */
export function encoderTokenizer() {
  const words = [...everydayWords, ...opinions.positive, ...opinions.negative];
  return createTokenizer({ words, className: 'BertTokenizer' });
}

/** @param {Tokenizer} tokenizer */
export function sentimentConfig(tokenizer) {
  return {
    model_type: 'distilbert',
    architectures: ['DistilBertForSequenceClassification'],
    dim: sentimentWidth,
    vocab_size: tokenizer.size,
    id2label: { 0: 'NEGATIVE', 1: 'POSITIVE' },
    label2id: { NEGATIVE: 0, POSITIVE: 1 },
  };
}

/**
 * Distinguishes friendly sentences from others: the first element of an embedding is the word's friendliness, the
 * others are random.
 *
 * @param {Tokenizer} tokenizer
 * @param {number} bytes
 */
export function sentimentGraph(tokenizer, bytes) {
  const graph = new GraphBuilder();
  const vectors = unitVectors(tokenizer.size, sentimentWidth, 21);
  for (const [word, id] of tokenizer.ids) vectors[id]?.fill(opinionOf(word), 0, 1);
  const mean = maskedMean(graph, ...embed(graph, vectors));
  const state = addLayers(graph, mean, { width: sentimentWidth, bytes, seed: 400 });
  const head = new Float32Array(sentimentWidth * 2);
  head.set([-8, 8]);
  graph.output('logits', graph.op('MatMul', [state, graph.floats([sentimentWidth, 2], head)]), ['batch_size', 2]);
  return graph;
}

/** @param {Tokenizer} tokenizer */
export function embeddingConfig(tokenizer) {
  return {
    model_type: 'bert',
    architectures: ['BertModel'],
    hidden_size: embeddingWidth,
    num_hidden_layers: 4,
    vocab_size: tokenizer.size,
  };
}

/**
 * Outputs one embedding for each word, equal for equal words.
 *
 * @param {Tokenizer} tokenizer
 * @param {number} bytes
 */
export function embeddingGraph(tokenizer, bytes) {
  const graph = new GraphBuilder();
  const [rows] = embed(graph, unitVectors(tokenizer.size, embeddingWidth, 31));
  const states = addLayers(graph, rows, { width: embeddingWidth, bytes, seed: 500, layers: 4 });
  graph.output('last_hidden_state', states, ['batch_size', 'sequence_length', embeddingWidth]);
  return graph;
}

/**
 * @param {GraphBuilder} graph
 * @param {Float32Array[]} vectors
 * @returns {[rows: string, mask: string]}
 */
function embed(graph, vectors) {
  const tokens = graph.input('input_ids', 'int64', ['batch_size', 'sequence_length']);
  const mask = graph.input('attention_mask', 'int64', ['batch_size', 'sequence_length']);
  const table = graph.floats([vectors.length, vectors[0]?.length ?? 0], flatten(vectors));
  return [graph.op('Gather', [table, tokens]), mask];
}

/** @param {string} word */
function opinionOf(word) {
  if (opinions.positive.includes(word)) return 1;
  return opinions.negative.includes(word) ? -1 : 0;
}
