import { replies } from './phrases.js';
import { unitVectors } from './random.js';
import { idOf, special, splitWords } from './tokenizer.js';

/** @typedef {import('./tokenizer.js').Tokenizer} Tokenizer @typedef {{ from: Float32Array, bias: number, to: Float32Array }} Neuron */

const strength = { continuation: 10, keyword: 3, otherwise: 1 };

/**
 * Computes the weights with which a small transformer writes known sentences. One neuron for each pair of adjacent
 * words raises the score of the next word, and one for each topic that of the first word of its reply.
 *
 * A feature row contains three embeddings: of the word, of the word before it, and of all words so far. The first
 * elements of an embedding are those of the topics, the others are random.
 *
 * @param {Tokenizer} tokenizer
 * @param {number} width
 */
export function memorize(tokenizer, width) {
  const topics = replies.slice(1);
  const inputs = embeddings(tokenizer, topics, width);
  const outputs = unitVectors(tokenizer.size, width, 2);
  const context = { width, inputs, outputs, topics: topics.length };
  const sentences = replies.map(({ text }) => splitWords(text).map((word) => idOf(tokenizer, word)));
  const end = idOf(tokenizer, special.end);
  const neurons = [
    ...continuations(sentences, end).map((step) => continuation(context, step)),
    ...sentences.slice(1).map((sentence, topic) => opening(context, topic, sentence[0] ?? end)),
  ];
  const otherwise = scaled(outputs[sentences[0]?.[0] ?? end], strength.otherwise);
  return { inputs, outputs, neurons, otherwise };
}

/**
 * @param {Tokenizer} tokenizer
 * @param {{ keywords: string[] }[]} topics
 * @param {number} width
 */
function embeddings(tokenizer, topics, width) {
  const rows = unitVectors(tokenizer.size, width - topics.length, 1).map((row) => {
    const wide = new Float32Array(width);
    wide.set(row, topics.length);
    return wide;
  });
  topics.forEach(({ keywords }, topic) => {
    for (const word of keywords) rows[idOf(tokenizer, word)]?.fill(1, topic, topic + 1);
  });
  return rows;
}

/**
 * Every step of every sentence: the previous word (none for the first), the word, and the next one.
 *
 * @param {number[][]} sentences
 * @param {number} end
 */
function continuations(sentences, end) {
  /** @type {Map<string, { before: number | undefined, word: number, next: number }>} */
  const steps = new Map();
  for (const sentence of sentences) {
    sentence.forEach((word, index) => {
      const step = { before: sentence[index - 1], word, next: sentence[index + 1] ?? end };
      const key = `${step.before} ${word}`;
      if ((steps.get(key) ?? step).next !== step.next) throw new Error(`Two words lead to different ones: ${key}.`);
      steps.set(key, step);
    });
  }
  return [...steps.values()];
}

/**
 * @param {{ width: number, inputs: Float32Array[], outputs: Float32Array[] }} context
 * @param {{ before: number | undefined, word: number, next: number }} step
 * @returns {Neuron}
 */
function continuation({ width, inputs, outputs }, { before, word, next }) {
  const from = new Float32Array(3 * width);
  from.set(scaled(random(inputs[word]), 2), 0);
  if (before !== undefined) from.set(scaled(random(inputs[before]), 2), width);
  return { from, bias: before === undefined ? -1 : -3, to: scaled(outputs[next], strength.continuation) };
}

/**
 * @param {{ width: number, outputs: Float32Array[] }} context
 * @param {number} topic
 * @param {number} first
 * @returns {Neuron}
 */
function opening({ width, outputs }, topic, first) {
  const from = new Float32Array(3 * width);
  from[2 * width + topic] = 50;
  return { from, bias: 0, to: scaled(outputs[first], strength.keyword) };
}

/**
 * An embedding without its topics, so that words of one topic are not similar.
 *
 * @param {Float32Array | undefined} row
 */
function random(row) {
  return row?.map((value, index) => (index < replies.length - 1 ? 0 : value));
}

/**
 * @param {Float32Array | undefined} row
 * @param {number} factor
 */
function scaled(row, factor) {
  return (row ?? new Float32Array()).map((value) => value * factor);
}
