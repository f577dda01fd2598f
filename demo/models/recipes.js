import { chatConfig, chatGraph, chatTokenizer } from './chat.js';
import { embeddingConfig, embeddingGraph, encoderTokenizer, sentimentConfig, sentimentGraph } from './encoders.js';
import { eyesFiles, eyesGraph } from './eyes.js';
import { llama, llamaReply } from './llama.js';
import { writeOnnxWithExternalData } from './onnx-file.js';
import { replies } from './phrases.js';
import { decoderGraph, encoderGraph, translatorConfig, translatorTokenizer } from './translator.js';

/** @typedef {import('./recipe.js').Recipe} Recipe @typedef {import('./recipe.js').Version} Version */

const kilo = 1000;
const mega = 1000 * kilo;
const textFiles = ['config.json', 'tokenizer.json', 'tokenizer_config.json'];
const modelFile = 'onnx/model_quantized.onnx';

/** Every model that the demo and the tests can load. */
export const recipes = [
  chat({ id: 'local/tiny-chat', name: 'Tiny Chat', bytes: 100 * kilo, layers: 1, question: 'hello', topic: 1 }),
  chat({
    id: 'local/medium-chat',
    name: 'Medium Chat',
    bytes: 10 * mega,
    layers: 2,
    question: 'why is it so slow?',
    topic: 4,
    generation: true,
  }),
  chat({
    id: 'local/large-chat',
    name: 'Large Chat',
    bytes: 98 * mega,
    layers: 8,
    question: 'tell me a joke',
    topic: 8,
    generation: true,
  }),
  translator(),
  external(),
  sentiment(),
  eyes(),
  tinyLlama(),
];

/**
 * @param {{ id: string, name: string, bytes: number, layers: number, question: string, topic: number, generation?: boolean }} options
 * @returns {Recipe}
 */
function chat({ id, name, bytes, layers, question, topic, generation = false }) {
  const texts = generation ? [...textFiles, 'generation_config.json'] : textFiles;
  return {
    id,
    name,
    task: 'text-generation',
    versions: {
      ...versions([...texts, modelFile]),
      v2: { options: { quantized: true }, files: [...texts, 'onnx/decoder_model_merged_quantized.onnx'] },
    },
    sample: {
      input: question,
      options: { max_new_tokens: 60, return_full_text: false },
      expected: { generated_text: ` ${replies[topic]?.text}` },
    },
    async make(folder) {
      const tokenizer = chatTokenizer();
      const config = chatConfig(tokenizer);
      await folder.json({ ...tokenizer.files, 'config.json': config });
      const generationConfig = { eos_token_id: config.eos_token_id, do_sample: false };
      if (generation) await folder.json({ 'generation_config.json': generationConfig });
      const aliases = ['onnx/decoder_model_merged_quantized.onnx', 'onnx/model.onnx', 'onnx/decoder_model_merged.onnx'];
      await folder.graph(chatGraph(tokenizer, { bytes, layers }), modelFile, aliases);
    },
  };
}

/** @returns {Recipe} */
function translator() {
  const encoder = 'onnx/encoder_model_quantized.onnx';
  const decoder = 'onnx/decoder_model_merged_quantized.onnx';
  return {
    id: 'local/translator',
    name: 'English to German',
    task: 'translation',
    versions: versions([...textFiles, encoder, decoder]),
    sample: {
      input: 'Hello world, the house is small and my friend has a garden.',
      options: { max_new_tokens: 40 },
      expected: { translation_text: 'Hallo Welt, das Haus ist klein und mein Freund hat ein Garten.' },
    },
    async make(folder) {
      const tokenizer = translatorTokenizer();
      await folder.json({ ...tokenizer.files, 'config.json': translatorConfig(tokenizer) });
      await folder.graph(encoderGraph(tokenizer, 4 * mega), encoder, ['onnx/encoder_model.onnx']);
      await folder.graph(decoderGraph(tokenizer, 6 * mega), decoder, ['onnx/decoder_model_merged.onnx']);
    },
  };
}

/** @returns {Recipe} */
function external() {
  const files = [...textFiles, 'onnx/model.onnx', 'onnx/model.onnx_data'];
  const load = { options: { dtype: 'fp32', use_external_data_format: true }, files };
  return {
    id: 'local/external',
    name: 'Embeddings with external data',
    task: 'feature-extraction',
    versions: { v3: load, v4: load },
    sample: {
      input: 'The sun is warm.',
      options: { pooling: 'mean', normalize: true },
      expected: { dims: [1, 256], start: [0.0314, 0.0388, 0.006, -0.0506] },
    },
    async make(folder) {
      const tokenizer = encoderTokenizer();
      await folder.json({ ...tokenizer.files, 'config.json': embeddingConfig(tokenizer) });
      const [path, dataPath] = [await folder.place('onnx/model.onnx'), await folder.place('onnx/model.onnx_data')];
      await writeOnnxWithExternalData(path, dataPath, embeddingGraph(tokenizer, 19 * mega));
    },
  };
}

/** @returns {Recipe} */
function sentiment() {
  return {
    id: 'local/sentiment',
    name: 'Friendly or not',
    task: 'text-classification',
    versions: versions([...textFiles, modelFile]),
    sample: { input: 'What a lovely day, I am so happy!', options: {}, expected: { label: 'POSITIVE' } },
    async make(folder) {
      const tokenizer = encoderTokenizer();
      await folder.json({ ...tokenizer.files, 'config.json': sentimentConfig(tokenizer) });
      await folder.graph(sentimentGraph(tokenizer, 3.4 * mega), modelFile, ['onnx/model.onnx']);
    },
  };
}

/** @returns {Recipe} */
function eyes() {
  return {
    id: 'local/eyes',
    name: 'Eyes for colors',
    task: 'image-classification',
    versions: versions(['config.json', 'preprocessor_config.json', modelFile]),
    sample: { input: { width: 32, height: 32, color: [230, 25, 20] }, options: {}, expected: { label: 'red' } },
    async make(folder) {
      await folder.json(eyesFiles());
      await folder.graph(eyesGraph(6 * mega), modelFile, ['onnx/model.onnx']);
    },
  };
}

/**
 * The only model for wllama.
 *
 * @returns {Recipe}
 */
function tinyLlama() {
  return {
    id: 'local/tiny-llama',
    name: 'Tiny Llama',
    task: 'text-generation',
    versions: {},
    sample: { input: 'Who are you?', options: { max_tokens: 40, temperature: 0 }, expected: { text: ` ${llamaReply}` } },
    async make(folder) {
      await folder.gguf(llama(6 * mega), 'tiny-llama.gguf');
    },
  };
}

/**
 * @param {string[]} files
 * @returns {Record<Version, import('./recipe.js').Load>}
 */
function versions(files) {
  const q8 = { options: { dtype: 'q8' }, files };
  return { v2: { options: { quantized: true }, files }, v3: q8, v4: q8 };
}
