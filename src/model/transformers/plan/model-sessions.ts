import { fieldsOf } from '../../../core/internal.js';
import type { FileSelection } from './file-selection.js';
import type { ModelKind } from './pipeline-tasks.js';

/** The sessions of a model, and the small file that some of them need. */
export interface ModelSessions {
  /** The names of the sessions' files. */
  readonly names: readonly [string, ...string[]];
  /** Whether the option `model_file_name` replaces the first name. */
  readonly isRenamable: boolean;
  /** Whether `generation_config.json` is read. */
  readonly generates: boolean;
}

const one = (...names: ModelSessions['names']): ModelSessions => ({ names, isRenamable: true, generates: false });
const fixed = (...names: ModelSessions['names']): ModelSessions => ({ names, isRenamable: false, generates: false });
const generating = (sessions: ModelSessions): ModelSessions => ({ ...sessions, generates: true });

const ONE = one('model');
const SEQ2SEQ = fixed('encoder_model', 'decoder_model_merged');
/** The sessions of a decoder for text, which other inputs are embedded into. */
const DECODER = ['embed_tokens', 'decoder_model_merged'] as const;
const TEXT_ONLY = generating(fixed(...DECODER));

/** The sessions by the model's type, for a model class that loads any type. The first match counts. */
const SESSIONS: readonly (readonly [type: RegExp, sessions: ModelSessions])[] = [
  [/^((long|m)?t5|m?bart|marian|m2m_100|blenderbot(-small)?|whisper|cohere_asr)$/, SEQ2SEQ],
  [/^(vision-encoder-decoder|speecht5|lite-whisper|moonshine)$/, generating(SEQ2SEQ)],
  [/^(mimi|dac|snac)$/, fixed('encoder_model', 'decoder_model')],
  [/^(sam2?|sam3_tracker|edgetam)$/, fixed('vision_encoder', 'prompt_encoder_mask_decoder')],
  [/^supertonic$/, fixed('text_encoder', 'latent_denoiser', 'voice_decoder')],
  [/^musicgen$/, generating(fixed('text_encoder', 'decoder_model_merged', 'encodec_decode'))],
  [/^phi3_v$/, generating(fixed('prepare_inputs_embeds', 'model', 'vision_encoder'))],
  [
    /^multi_modality$/,
    generating(fixed('prepare_inputs_embeds', 'language_model', 'lm_head', 'gen_head', 'gen_img_embeds', 'image_decode')),
  ],
  [/^gemma3n$/, generating(fixed('audio_encoder', 'vision_encoder', ...DECODER))],
  [/^(ultravox|voxtral(_realtime)?|granite_speech)$/, generating(fixed('audio_encoder', ...DECODER))],
  [
    /^(llava(_onevision|_qwen2)?|moondream1|florence2|qwen2-vl|lfm2_vl|idefics3|smolvlm|paligemma|mistral3|lighton_ocr|glm_ocr)$/,
    generating(fixed('vision_encoder', ...DECODER)),
  ],
];

/** Types with one session that a class for any type loads as text generators, in versions 2 and 3. */
const WRITERS =
  /^(arcee|bloom|codegen|cohere|ernie4_5|exaone|falcon|gemma2?|gemma3_text|glm|gpt(2|j|_bigcode|_neox?)|granite(moehybrid)?|helium|jais|lfm2|llama(4_text)?|mistral|ministral3?|mobilellm|modernbert-decoder|mpt|nanochat|olmo2?|openelm|opt|phi3?|qwen[23]|smollm3|stablelm|starcoder2|trocr|vaultgemma)$/;

/** As {@link WRITERS} in version 4, which loads all other types without their head. */
const WRITERS_IN_4 = /^(llama4_text|qwen3_5_text|trocr|ernie4_5)$/;

/** Types that version 4 loads for text generation without the encoders of images and audio that their architecture may have. */
const MULTIMODAL_WRITERS = /^(gemma3n?|gemma4|qwen2(_5)?_vl|qwen3_vl(_moe)?|qwen3_5(_moe)?)$/;

/** The sessions that a model loads. */
export function sessionsOf(kind: ModelKind, { version, config }: FileSelection): ModelSessions {
  const { model_type, architectures, is_encoder_decoder, vision_config, audio_config } = fieldsOf(config);
  const type = String(model_type);
  const writer = generating(version < 3 ? one('decoder_model_merged') : ONE);

  if (kind === 'one') return ONE;
  if (kind === 'seq2seq') return generating(SEQ2SEQ);
  if (kind === 'image' && /^((jina_)?clip|siglip)$/.test(type)) return one('vision_model');
  if (version > 3) {
    // A model that is loaded by the class of another kind keeps its own sessions.
    const isConditional = String(fieldsOf(architectures)[0]).endsWith('ForConditionalGeneration');
    if (MULTIMODAL_WRITERS.test(type)) return isConditional ? TEXT_ONLY : writer;
    if (kind === 'writer' && type === 'mbart' && isConditional) return generating(SEQ2SEQ);
  }
  if (kind === 'writer' && type !== 'phi3_v') return writer;

  const sessions = SESSIONS.find(([pattern]) => pattern.test(type))?.[1];
  if (sessions === SEQ2SEQ && kind === 'speech') return generating(SEQ2SEQ);
  if (sessions) {
    const hasEncoder = is_encoder_decoder && sessions.names.includes('embed_tokens');
    return hasEncoder ? { ...sessions, names: [...sessions.names, 'encoder_model'] } : sessions;
  }
  if (type === 'embedding_gemma2') {
    return one('model', ...(vision_config ? ['vision_encoder'] : []), ...(audio_config ? ['audio_encoder'] : []));
  }
  return (version > 3 ? WRITERS_IN_4 : WRITERS).test(type) ? writer : ONE;
}
