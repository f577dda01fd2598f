/** @typedef {import('./graph.js').GraphBuilder} GraphBuilder */

const faint = 1e-4;

/**
 * Adds feed-forward layers with random weights to a value. They are computed in full but hardly change the value:
 * they determine the size of a model, not its output.
 *
 * @param {GraphBuilder} graph
 * @param {string} value
 * @param {{ width: number, bytes: number, seed: number, layers?: number }} options `bytes` is the size of all their weights.
 * @returns {string}
 */
export function addLayers(graph, value, { width, bytes, seed, layers = 1 }) {
  const inner = Math.max(1, Math.round(bytes / layers / (2 * width * 4)));
  for (let layer = 0; layer < layers; layer++) {
    const up = graph.randomFloats([width, inner], 1 / Math.sqrt(width), seed + 2 * layer);
    const down = graph.randomFloats([inner, width], faint / Math.sqrt(inner), seed + 2 * layer + 1);
    const change = graph.op('MatMul', [graph.op('Relu', [graph.op('MatMul', [value, up])]), down]);
    value = graph.op('Add', [value, change]);
  }
  return value;
}

/**
 * The mean of the rows that a mask selects.
 *
 * @param {GraphBuilder} graph
 * @param {string} rows Floats of shape batch × length × width.
 * @param {string} mask Integers of shape batch × length.
 */
export function maskedMean(graph, rows, mask) {
  const kept = graph.op('Unsqueeze', [graph.op('Cast', [mask], { to: 1 }), graph.integers([2])]);
  const axis = graph.integers([1]);
  const sum = graph.op('ReduceSum', [graph.op('Mul', [rows, kept]), axis], { keepdims: 0 });
  return graph.op('Div', [sum, graph.op('ReduceSum', [kept, axis], { keepdims: 0 })]);
}

/**
 * The similarity of a value to each row: their dot products.
 *
 * @param {GraphBuilder} graph
 * @param {string} value
 * @param {Float32Array[]} rows
 */
export function matMulTransposed(graph, value, rows) {
  const table = graph.floats([rows.length, rows[0]?.length ?? 0], flatten(rows));
  return graph.op('MatMul', [value, graph.op('Transpose', [table], { perm: [1, 0] })]);
}

/**
 * The size of one dimension of a value, as an integer without dimensions.
 *
 * @param {GraphBuilder} graph
 * @param {string} value
 * @param {number} axis
 */
export function sizeOf(graph, value, axis) {
  return graph.op('Gather', [graph.op('Shape', [value]), graph.integers([axis], [])], { axis: 0 });
}

/**
 * The integers from one value up to another.
 *
 * @param {GraphBuilder} graph
 * @param {string} from
 * @param {string} to
 */
export function range(graph, from, to) {
  return graph.op('Range', [from, to, graph.integers([1], [])]);
}

/**
 * Joins rows into one array.
 *
 * @param {ArrayLike<number>[]} rows
 */
export function flatten(rows) {
  const width = rows[0]?.length ?? 0;
  const all = new Float32Array(rows.length * width);
  rows.forEach((row, index) => all.set(row, index * width));
  return all;
}
