import { kindOf, preprocessors } from './model-kinds.js';

/**
 * @typedef {{ model: string, task: string, options?: Record<string, unknown>, versions?: number[] }} PlannedLoad
 *   `versions` are all three, unless only some have the model's class.
 */

const { image, audio, whisper } = preprocessors;
const samImage = { image_processor_type: 'SamImageProcessor', size: { longest_edge: 4 } };
const conditional = (/** @type {string} */ name) => `${name}ForConditionalGeneration`;
const ownConfig = (/** @type {object} */ own) => ({ config: { 'transformers.js_config': own } });
const modern = [3, 4];

/** Every repository by its name: the contents of its small files. */
export const repositories = {
  gpt2: kindOf('gpt2', { architecture: 'GPT2LMHeadModel', config: { n_head: 1, n_layer: 1, n_embd: 4 } }),
  'gpt2-bare': kindOf('gpt2', { config: { n_head: 1, n_layer: 1, n_embd: 4 }, without: ['generation_config.json'] }),
  qwen3: kindOf('qwen3', { architecture: 'Qwen3ForCausalLM' }),
  ernie: kindOf('ernie4_5', { architecture: 'Ernie4_5ForCausalLM' }),
  t5: kindOf('t5', { architecture: conditional('T5'), config: { is_encoder_decoder: true } }),
  bart: kindOf('bart', { architecture: 'BartForSequenceClassification', config: { is_encoder_decoder: true } }),
  mbart: kindOf('mbart', { architecture: conditional('MBart'), config: { is_encoder_decoder: true } }),
  bert: kindOf('bert', { architecture: 'BertModel', preprocessor: image }),
  unknown: kindOf('made-up', { architecture: 'MadeUpModel' }),
  vit: kindOf('vit', { architecture: 'ViTModel', preprocessor: image }),
  'vit-bare': kindOf('vit', { preprocessor: image, without: ['tokenizer_config.json', 'generation_config.json'] }),
  detr: kindOf('detr', { preprocessor: image }),
  dpt: kindOf('dpt', { preprocessor: image }),
  modnet: kindOf('modnet', { preprocessor: image }),
  swin2sr: kindOf('swin2sr', { preprocessor: image }),
  clip: kindOf('clip', { architecture: 'CLIPModel', preprocessor: image }),
  siglip: kindOf('siglip', { preprocessor: image }),
  'jina-clip': kindOf('jina_clip', { preprocessor: { ...image, processor_class: 'JinaCLIPProcessor' } }),
  owlvit: kindOf('owlvit', { preprocessor: { ...image, processor_class: 'OwlViTProcessor' } }),
  sam: kindOf('sam', { preprocessor: { ...samImage, processor_class: 'SamProcessor' } }),
  captions: kindOf('vision-encoder-decoder', { architecture: 'VisionEncoderDecoderModel', preprocessor: image }),
  whisper: kindOf('whisper', { architecture: conditional('Whisper'), preprocessor: whisper }),
  moonshine: kindOf('moonshine', {
    preprocessor: { ...audio, processor_class: 'MoonshineProcessor', feature_extractor_type: 'MoonshineFeatureExtractor' },
  }),
  'cohere-asr': kindOf('cohere_asr', {
    config: { encoder_config: { num_hidden_layers: 1, num_attention_heads: 1, hidden_size: 4 } },
    preprocessor: { ...whisper, processor_class: 'CohereAsrProcessor' },
  }),
  wav2vec2: kindOf('wav2vec2', { architecture: 'Wav2Vec2ForCTC', preprocessor: { ...audio, processor_class: 'Wav2Vec2Processor' } }),
  'wav2vec2-plain': kindOf('wav2vec2', { preprocessor: audio }),
  hubert: kindOf('hubert', { preprocessor: { ...audio, processor_class: 'Wav2Vec2Processor' } }),
  clap: kindOf('clap', { preprocessor: audio }),
  speecht5: kindOf('speecht5', {
    preprocessor: { feature_extractor_type: 'SpeechT5FeatureExtractor', processor_class: 'SpeechT5Processor' },
  }),
  vits: kindOf('vits'),
  musicgen: kindOf('musicgen', { config: { decoder: { model_type: 'musicgen_decoder' } } }),
  supertonic: kindOf('supertonic'),
  idefics3: kindOf('idefics3', { preprocessor: { ...image, processor_class: 'Idefics3Processor' } }),
  smolvlm: kindOf('smolvlm', { architecture: conditional('SmolVLM'), preprocessor: { ...image, processor_class: 'SmolVLMProcessor' } }),
  llava: kindOf('llava', { architecture: conditional('Llava') }),
  florence2: kindOf('florence2', { config: { is_encoder_decoder: true } }),
  ultravox: kindOf('ultravox'),
  voxtral: kindOf('voxtral'),
  'phi3-v': kindOf('phi3_v', { architecture: 'Phi3VForCausalLM' }),
  janus: kindOf('multi_modality'),
  mimi: kindOf('mimi'),
  gemma3: kindOf('gemma3', { architecture: conditional('Gemma3') }),
  'gemma3-text': kindOf('gemma3', { architecture: 'Gemma3ForCausalLM' }),
  gemma3n: kindOf('gemma3n', { architecture: conditional('Gemma3n') }),
  'qwen2-vl': kindOf('qwen2_vl', { architecture: conditional('Qwen2VL') }),
  'embedding-gemma': kindOf('embedding_gemma2', {
    config: { vision_config: {}, audio_config: {} },
    preprocessor: { ...image, processor_class: 'EmbeddingGemma2Processor' },
  }),
  'embedding-text': kindOf('embedding_gemma2'),
  'own-dtype': kindOf('bert', ownConfig({ dtype: 'q4' })),
  'own-dtypes': kindOf('t5', ownConfig({ dtype: { encoder_model: 'fp16', decoder_model_merged: 'q4f16' } })),
  'own-device': kindOf(
    'bert',
    ownConfig({
      dtype: 'fp16',
      use_external_data_format: true,
      device_config: { cpu: { dtype: 'uint8', use_external_data_format: false }, wasm: { dtype: 'q4' } },
    }),
  ),
  'own-data': kindOf('bert', ownConfig({ use_external_data_format: { 'model_q4.onnx': 2, model: 1 } })),
};

/** @type {PlannedLoad[]} */
export const loads = [
  ...['text-classification', 'token-classification', 'question-answering', 'fill-mask', 'zero-shot-classification', 'feature-extraction']
    .concat('sentiment-analysis', 'ner', 'embeddings')
    .map((task) => ({ model: 'bert', task })),
  ...['text-generation', 'feature-extraction'].flatMap((task) => ['gpt2', 'gpt2-bare'].map((model) => ({ model, task }))),
  ...['text-generation', 'feature-extraction'].flatMap((task) => ['qwen3', 'ernie'].map((model) => ({ model, task, versions: modern }))),
  ...['translation', 'summarization', 'text2text-generation', 'feature-extraction'].map((task) => ({ model: 't5', task })),
  { model: 't5', task: 'translation_en_to_de', versions: [2, 3] },
  { model: 'bart', task: 'text-classification' },
  { model: 'bart', task: 'summarization' },
  { model: 'mbart', task: 'text-generation' },
  { model: 'mbart', task: 'translation' },
  { model: 'unknown', task: 'feature-extraction' },
  { model: 'vit', task: 'image-classification' },
  { model: 'vit-bare', task: 'image-classification' },
  { model: 'vit', task: 'image-feature-extraction' },
  { model: 'detr', task: 'object-detection' },
  { model: 'detr', task: 'image-segmentation' },
  { model: 'dpt', task: 'depth-estimation' },
  { model: 'swin2sr', task: 'image-to-image' },
  { model: 'modnet', task: 'background-removal', versions: modern },
  { model: 'clip', task: 'zero-shot-image-classification' },
  { model: 'clip', task: 'image-feature-extraction' },
  { model: 'siglip', task: 'image-feature-extraction' },
  { model: 'jina-clip', task: 'image-feature-extraction', versions: modern },
  { model: 'owlvit', task: 'zero-shot-object-detection' },
  { model: 'sam', task: 'image-feature-extraction' },
  { model: 'captions', task: 'image-to-text' },
  { model: 'captions', task: 'document-question-answering' },
  { model: 'whisper', task: 'automatic-speech-recognition' },
  { model: 'whisper', task: 'asr' },
  { model: 'moonshine', task: 'automatic-speech-recognition', versions: modern },
  { model: 'cohere-asr', task: 'automatic-speech-recognition', versions: [4] },
  { model: 'wav2vec2', task: 'automatic-speech-recognition' },
  { model: 'wav2vec2-plain', task: 'automatic-speech-recognition' },
  { model: 'wav2vec2', task: 'audio-classification' },
  { model: 'wav2vec2-plain', task: 'audio-classification' },
  { model: 'hubert', task: 'audio-classification' },
  { model: 'clap', task: 'zero-shot-audio-classification' },
  { model: 'speecht5', task: 'text-to-speech' },
  { model: 'vits', task: 'text-to-audio' },
  { model: 'musicgen', task: 'text-to-audio', versions: modern },
  { model: 'supertonic', task: 'text-to-speech', versions: modern },
  ...['idefics3', 'smolvlm'].map((model) => ({ model, task: 'image-to-text', versions: modern })),
  ...['llava', 'florence2', 'ultravox', 'voxtral', 'phi3-v', 'janus', 'mimi', 'gemma3n'].map((model) => ({
    model,
    task: 'feature-extraction',
    versions: modern,
  })),
  { model: 'phi3-v', task: 'text-generation', versions: modern },
  ...['gemma3', 'gemma3-text', 'gemma3n', 'qwen2-vl'].map((model) => ({ model, task: 'text-generation', versions: [4] })),
  ...['feature-extraction', 'image-feature-extraction'].map((task) => ({ model: 'embedding-gemma', task, versions: [4] })),
  { model: 'embedding-text', task: 'feature-extraction', versions: [4] },

  // Formats of the weights.
  { model: 'bert', task: 'feature-extraction', options: { quantized: false } },
  { model: 'bert', task: 'feature-extraction', options: { quantized: true } },
  { model: 'gpt2', task: 'text-generation', options: { quantized: false } },
  { model: 't5', task: 'translation', options: { quantized: false } },
  { model: 'bert', task: 'feature-extraction', options: { dtype: 'q8' } },
  ...['fp32', 'fp16', 'int8', 'uint8', 'q4', 'q4f16', 'bnb4', 'auto'].map((dtype) => ({
    model: 'bert',
    task: 'fill-mask',
    options: { dtype },
    versions: modern,
  })),
  { model: 'bert', task: 'fill-mask', options: { dtype: 'q2' }, versions: [4] },
  { model: 'bert', task: 'fill-mask', options: { dtype: 'made-up' }, versions: [4] },
  { model: 't5', task: 'translation', options: { dtype: { encoder_model: 'fp16', decoder_model_merged: 'q4' } }, versions: modern },
  { model: 't5', task: 'translation', options: { dtype: { decoder_model_merged: 'q4', model: 'int8' } }, versions: modern },
  { model: 'whisper', task: 'asr', options: { dtype: { encoder_model: 'fp32', decoder_model_merged: 'q8' } }, versions: modern },
  { model: 'bert', task: 'fill-mask', options: { dtype: { model: 'auto' }, device: { model: 'cpu' } }, versions: modern },
  { model: 'bert', task: 'fill-mask', options: { device: 'cpu' }, versions: modern },
  { model: 'own-dtype', task: 'fill-mask' },
  ...[{ dtype: 'auto' }, { dtype: 'int8' }, { dtype: { other: 'int8' } }].map((options) => ({
    model: 'own-dtype',
    task: 'fill-mask',
    options,
    versions: modern,
  })),
  { model: 'own-dtypes', task: 'translation' },
  { model: 'own-dtypes', task: 'translation', options: { dtype: { encoder_model: 'auto' } }, versions: modern },
  { model: 'own-device', task: 'fill-mask' },

  // Places and names.
  ...['', 'other/place'].flatMap((subfolder) => [
    { model: 'bert', task: 'fill-mask', options: { subfolder } },
    { model: 't5', task: 'translation', options: { subfolder, dtype: 'q8' } },
  ]),
  { model: 'bert', task: 'fill-mask', options: { model_file_name: 'own_name' } },
  { model: 'gpt2', task: 'text-generation', options: { model_file_name: 'own_name', quantized: true } },
  {
    model: 'bert',
    task: 'fill-mask',
    options: { model_file_name: 'own_name', dtype: { own_name: 'q4', model: 'int8' } },
    versions: modern,
  },
  { model: 't5', task: 'translation', options: { model_file_name: 'own_name' } },
  { model: 'clip', task: 'image-feature-extraction', options: { model_file_name: 'own_name' } },
  { model: 'bert', task: 'fill-mask', options: { revision: 'v9/next' } },

  // External data.
  { model: 'bert', task: 'fill-mask', options: { use_external_data_format: true } },
  { model: 'bert', task: 'fill-mask', options: { use_external_data_format: 3, dtype: 'q4' }, versions: modern },
  { model: 'bert', task: 'fill-mask', options: { use_external_data_format: 2, subfolder: '' }, versions: modern },
  ...[{ model: 2 }, { 'model_q4.onnx': 2, model: true }, { 'model.onnx': 2 }, { model: false }].map((use_external_data_format) => ({
    model: 'bert',
    task: 'fill-mask',
    options: { use_external_data_format, dtype: 'q4' },
    versions: modern,
  })),
  { model: 't5', task: 'translation', options: { use_external_data_format: { decoder_model_merged: 2 }, dtype: 'q4' }, versions: modern },
  ...[{}, { dtype: 'q4' }, { use_external_data_format: false }].map((options) => ({
    model: 'own-data',
    task: 'fill-mask',
    options,
    versions: modern,
  })),
];
