import { GraphBuilder } from './graph.js';
import { addLayers } from './layers.js';

const side = 32;
const width = 3 * side * side;

/** Colours in the range of the preprocessor's output: from −1 to 1. */
const colors = {
  black: [-1, -1, -1],
  white: [1, 1, 1],
  grey: [0, 0, 0],
  red: [1, -1, -1],
  green: [-1, 1, -1],
  blue: [-1, -1, 1],
  yellow: [1, 1, -1],
  orange: [1, 0.1, -1],
  pink: [1, 0.2, 0.5],
  purple: [0, -1, 0.4],
  brown: [0.1, -0.4, -0.8],
};

/** The other files of the model. */
export function eyesFiles() {
  const labels = Object.keys(colors);
  return {
    'config.json': {
      model_type: 'vit',
      architectures: ['ViTForImageClassification'],
      image_size: side,
      id2label: Object.fromEntries(labels.entries()),
      label2id: Object.fromEntries(labels.map((label, id) => [label, id])),
    },
    'preprocessor_config.json': {
      feature_extractor_type: 'ViTFeatureExtractor',
      image_processor_type: 'ViTFeatureExtractor',
      do_resize: true,
      size: { width: side, height: side },
      resample: 2,
      do_rescale: true,
      rescale_factor: 1 / 255,
      do_normalize: true,
      image_mean: [0.5, 0.5, 0.5],
      image_std: [0.5, 0.5, 0.5],
    },
  };
}

/**
 * Outputs the name of the colour that is nearest to the average of a picture.
 *
 * @param {number} bytes
 */
export function eyesGraph(bytes) {
  const graph = new GraphBuilder();
  const pixels = graph.input('pixel_values', 'float32', ['batch_size', 3, side, side]);
  const flat = graph.op('Reshape', [pixels, graph.integers([0, width])]);
  const seen = graph.op('Reshape', [addLayers(graph, flat, { width, bytes, seed: 600 }), graph.integers([0, 3, side * side])]);
  const mean = graph.op('ReduceMean', [seen], { axes: [2], keepdims: 0 });
  // The squared distance to a colour, without the term that is equal for all colours.
  const channels = [0, 1, 2].flatMap((channel) => Object.values(colors).map((color) => 8 * (color[channel] ?? 0)));
  const lengths = Object.values(colors).map((color) => -4 * color.reduce((sum, value) => sum + value * value, 0));
  const count = lengths.length;
  const nearness = graph.op('MatMul', [mean, graph.floats([3, count], channels)]);
  graph.output('logits', graph.op('Add', [nearness, graph.floats([count], lengths)]), ['batch_size', count]);
  return graph;
}
