import { fieldsOf, type FileSelection } from './file-selection.js';
import type { ModelKind } from './pipeline-tasks.js';

/** Sessions by the names of their files, parted by spaces. A `*` before one says that `model_file_name` replaces it. */
type Sessions = string;

const GENERATION = 'generation_config.json';
const ONE: Sessions = '*model';
const SEQ2SEQ: Sessions = 'encoder_model decoder_model_merged';
const TEXT_ONLY: Sessions = `embed_tokens decoder_model_merged ${GENERATION}`;

/** By the model's type, for a class that takes any: the first match counts. */
const SESSIONS: readonly (readonly [type: RegExp, sessions: Sessions])[] = [
  [/^((long|m)?t5|m?bart|marian|m2m_100|blenderbot(-small)?|whisper|cohere_asr)$/, SEQ2SEQ],
  [/^(vision-encoder-decoder|speecht5|lite-whisper|moonshine)$/, `${SEQ2SEQ} ${GENERATION}`],
  [/^(mimi|dac|snac)$/, 'encoder_model decoder_model'],
  [/^(sam2?|sam3_tracker|edgetam)$/, 'vision_encoder prompt_encoder_mask_decoder'],
  [/^supertonic$/, 'text_encoder latent_denoiser voice_decoder'],
  [/^musicgen$/, `text_encoder decoder_model_merged encodec_decode ${GENERATION}`],
  [/^phi3_v$/, `prepare_inputs_embeds model vision_encoder ${GENERATION}`],
  [/^multi_modality$/, `prepare_inputs_embeds language_model lm_head gen_head gen_img_embeds image_decode ${GENERATION}`],
  [/^gemma3n$/, `audio_encoder vision_encoder ${TEXT_ONLY}`],
  [/^(ultravox|voxtral(_realtime)?|granite_speech)$/, `audio_encoder ${TEXT_ONLY}`],
  [
    /^(llava(_onevision|_qwen2)?|moondream1|florence2|qwen2-vl|lfm2_vl|idefics3|smolvlm|paligemma|mistral3|lighton_ocr|glm_ocr)$/,
    `vision_encoder ${TEXT_ONLY}`,
  ],
];

/** Types of one graph that a class for any model takes for writers, in versions 2 and 3. */
const WRITERS =
  /^(arcee|bloom|codegen|cohere|ernie4_5|exaone|falcon|gemma2?|gemma3_text|glm|gpt(2|j|_bigcode|_neox?)|granite(moehybrid)?|helium|jais|lfm2|llama(4_text)?|mistral|ministral3?|mobilellm|modernbert-decoder|mpt|nanochat|olmo2?|openelm|opt|phi3?|qwen[23]|smollm3|stablelm|starcoder2|trocr|vaultgemma)$/;

/** The same in version 4, which takes all others without their head. */
const WRITERS_IN_4 = /^(llama4_text|qwen3_5_text|trocr|ernie4_5)$/;

/** Types that version 4 loads as writers without their eyes and ears, when their architecture has such. */
const WRITERS_WITH_SENSES = /^(gemma3n?|gemma4|qwen2(_5)?_vl|qwen3_vl(_moe)?|qwen3_5(_moe)?)$/;

/** The sessions of a model, and `generation_config.json` where that is read. */
export function sessionsOf(kind: ModelKind, { version, config }: FileSelection): Sessions {
  const { model_type, architectures, is_encoder_decoder, vision_config, audio_config } = fieldsOf(config);
  const type = String(model_type);
  const writer = `${version < 3 ? '*decoder_model_merged' : ONE} ${GENERATION}`;

  if (kind === 'one') return ONE;
  if (kind === 'seq2seq') return `${SEQ2SEQ} ${GENERATION}`;
  if (kind === 'image' && /^((jina_)?clip|siglip)$/.test(type)) return '*vision_model';
  if (version > 3) {
    // Loading a model by the class of another kind keeps the sessions of its own.
    const isConditional = String(fieldsOf(architectures)[0]).endsWith('ForConditionalGeneration');
    if (WRITERS_WITH_SENSES.test(type)) return isConditional ? TEXT_ONLY : writer;
    if (kind === 'writer' && type === 'mbart' && isConditional) return `${SEQ2SEQ} ${GENERATION}`;
  }
  if (kind === 'writer' && type !== 'phi3_v') return writer;

  const sessions = SESSIONS.find(([pattern]) => pattern.test(type))?.[1];
  if (sessions === SEQ2SEQ && kind === 'speech') return `${SEQ2SEQ} ${GENERATION}`;
  if (sessions) return sessions.endsWith(TEXT_ONLY) && is_encoder_decoder ? `${sessions} encoder_model` : sessions;
  if (type === 'embedding_gemma2') return `${ONE}${vision_config ? ' vision_encoder' : ''}${audio_config ? ' audio_encoder' : ''}`;
  return (version > 3 ? WRITERS_IN_4 : WRITERS).test(type) ? writer : ONE;
}
