// The files that make a repository a model of some kind: its config.json, and the other small files.

const words = ['[PAD]', '[UNK]', '</s>', 'hello'];
const addedToken = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };

/** A tokenizer that all versions read. Unlike that of the demo it has four words, for there are many repositories. */
const tokenizerFile = {
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: words.slice(0, 3).map((content, id) => ({ id, content, ...addedToken })),
  normalizer: null,
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: null,
  decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(words.map((word, id) => [word, id])),
  },
};

const text = { model_type: 'llama', num_hidden_layers: 1, num_key_value_heads: 1, num_attention_heads: 1, hidden_size: 4 };

/** All small files of all models, whether a load reads them or not. */
const small = {
  'tokenizer.json': tokenizerFile,
  'tokenizer_config.json': {
    tokenizer_class: 'BertTokenizer',
    model_max_length: 16,
    pad_token: '[PAD]',
    unk_token: '[UNK]',
    eos_token: '</s>',
  },
  'generation_config.json': { eos_token_id: 2 },
  'processor_config.json': { image_seq_len: 1 },
  'chat_template.jinja': '{{ messages }}',
  'special_tokens_map.json': {},
  'vocab.json': {},
  'quantize_config.json': {},
  'README.md': 'A decoy.',
};

export const preprocessors = {
  image: { feature_extractor_type: 'ViTFeatureExtractor', image_processor_type: 'ViTFeatureExtractor', size: { width: 4, height: 4 } },
  audio: { feature_extractor_type: 'Wav2Vec2FeatureExtractor', sampling_rate: 16_000 },
  whisper: {
    feature_extractor_type: 'WhisperFeatureExtractor',
    processor_class: 'WhisperProcessor',
    feature_size: 4,
    n_fft: 400,
    hop_length: 160,
    n_samples: 480_000,
    nb_max_frames: 3000,
    sampling_rate: 16_000,
  },
};

/**
 * A repository of one kind of model.
 *
 * @param {string} model_type
 * @param {{ config?: object, preprocessor?: object, architecture?: string, without?: string[] }} [options]
 *   `without` names small files that it lacks.
 * @returns {Record<string, unknown>} The contents of its small files.
 */
export function kindOf(model_type, { config = {}, preprocessor, architecture, without = [] } = {}) {
  const all = {
    ...small,
    'config.json': {
      ...text,
      ...(architecture && { architectures: [architecture] }),
      text_config: text,
      phi_config: text,
      language_config: text,
      decoder: { ...text, model_type: 'gpt2', n_head: 1, n_layer: 1, n_embd: 4 },
      encoder: { model_type: 'vit' },
      id2label: { 0: 'no', 1: 'yes' },
      label2id: { no: 0, yes: 1 },
      ...config,
      model_type,
    },
    ...(preprocessor && { 'preprocessor_config.json': preprocessor }),
  };
  return Object.fromEntries(Object.entries(all).filter(([path]) => !without.includes(path)));
}
