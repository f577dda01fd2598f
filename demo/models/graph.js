import { encode } from './onnx-schema.js';
import { randomWeights } from './random.js';

/**
 * @typedef {'float32' | 'int64'} ElementType
 * @typedef {{ name: string, dims: number[], type: ElementType, byteLength: number, chunks: () => Iterable<Uint8Array> }} Weights
 * @typedef {(string | number)[]} Shape A string names a dimension that is known only when the model runs.
 */

const elementTypes = { float32: 1, int64: 7 };

/** Builds an ONNX graph from operators. */
export class GraphBuilder {
  /** @type {Weights[]} */
  weights = [];
  /** @type {Record<string, unknown>[]} */
  #nodes = [];
  /** @type {Record<string, unknown>[]} */
  #inputs = [];
  /** @type {Record<string, unknown>[]} */
  #outputs = [];

  /**
   * @param {string} name
   * @param {ElementType} type
   * @param {Shape} shape
   */
  input(name, type, shape) {
    this.#inputs.push(valueInfo(name, type, shape));
    return name;
  }

  /**
   * Makes a value an output of the graph, under this name.
   *
   * @param {string} name
   * @param {string} value
   * @param {Shape} shape
   */
  output(name, value, shape) {
    this.#nodes.push({ opType: 'Identity', name, input: [value], output: [name] });
    this.#outputs.push(valueInfo(name, 'float32', shape));
  }

  /**
   * Adds an operator with one result.
   *
   * @param {string} opType
   * @param {string[]} input
   * @param {Record<string, number | number[]>} [attributes]
   * @returns {string} The name of the result.
   */
  op(opType, input, attributes = {}) {
    const name = `${opType.toLowerCase()}_${this.#nodes.length}`;
    this.#nodes.push({ opType, name, input, output: [name], attribute: Object.entries(attributes).map(attribute) });
    return name;
  }

  /**
   * @param {number[]} dims
   * @param {ArrayLike<number>} values
   */
  floats(dims, values) {
    return this.#add('float32', dims, new Uint8Array(Float32Array.from(values).buffer));
  }

  /**
   * @param {number[]} values
   * @param {number[]} [dims]
   */
  integers(values, dims = [values.length]) {
    return this.#add('int64', dims, new Uint8Array(BigInt64Array.from(values, BigInt).buffer));
  }

  /**
   * Weights that are too large for memory: they are generated while the file is written.
   *
   * @param {number[]} dims
   * @param {number} scale
   * @param {number} seed
   */
  randomFloats(dims, scale, seed) {
    const count = dims.reduce((product, size) => product * size, 1);
    const name = `weights_${this.weights.length}`;
    const chunks = () => randomWeights(count, scale, seed);
    this.weights.push({ name, dims, type: 'float32', byteLength: count * 4, chunks });
    return name;
  }

  /** Returns the bytes of the model without its weights. */
  skeleton() {
    return encode('Model', {
      irVersion: 8,
      producerName: 'model-download demo',
      opsetImport: [{ domain: '', version: 13 }],
      graph: { name: 'model', node: this.#nodes, input: this.#inputs, output: this.#outputs },
    });
  }

  /**
   * @param {ElementType} type
   * @param {number[]} dims
   * @param {Uint8Array} bytes
   */
  #add(type, dims, bytes) {
    const name = `weights_${this.weights.length}`;
    this.weights.push({ name, dims, type, byteLength: bytes.byteLength, chunks: () => [bytes] });
    return name;
  }
}

/** @param {ElementType} type */
export function elementCode(type) {
  return elementTypes[type];
}

/** @param {[string, number | number[]]} entry */
function attribute([name, value]) {
  if (Array.isArray(value)) return { name, ints: value, type: 7 };
  return Number.isInteger(value) ? { name, i: value, type: 2 } : { name, f: value, type: 1 };
}

/**
 * @param {string} name
 * @param {ElementType} type
 * @param {Shape} shape
 */
function valueInfo(name, type, shape) {
  const dim = shape.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType: elementTypes[type], shape: { dim } } } };
}
