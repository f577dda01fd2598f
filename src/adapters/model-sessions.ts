import { fieldsOf, type FileSelection } from './file-selection.js';
import type { ModelKind } from './pipeline-tasks.js';

const GENERATION = 'generation_config.json';
const SEQ2SEQ = 'encoder_model decoder_model_merged';
const GENERATING_SEQ2SEQ = `${SEQ2SEQ} ${GENERATION}`;
const TEXT_ONLY = `embed_tokens decoder_model_merged ${GENERATION}`;

/** Types that hear and write. */
const SPEECH = /^((lite-)?whisper|moonshine|speecht5|cohere_asr)$/;

/** Types that version 4 can load without their eyes and ears, when their architecture has such. */
const TEXT_ABLE = /^(gemma3n?|gemma4|qwen2(_5)?_vl|qwen3_vl(_moe)?|qwen3_5(_moe)?)$/;

/** Types of which version 4 has no class without a head. */
const ALWAYS_GENERATING = /^(llama4_text|qwen3_5_text|trocr|ernie4_5)$/;

const DECODERS =
  /^(arcee|bloom|codegen|cohere|ernie4_5|exaone|falcon|gemma2?|gemma3_text|glm|gpt(2|j|_bigcode|_neox?)|granite(moehybrid)?|helium|jais|lfm2|llama(4_text)?|(min|m)istral|ministral3|mobilellm|modernbert-decoder|mpt|nanochat|olmo2?|openelm|opt|phi3?|qwen[23]|smollm3|stablelm|starcoder2|trocr|vaultgemma)$/;

/** Sessions by the model's type, for a class that takes any: the first match counts, else it is one graph. */
const SESSIONS: readonly (readonly [type: RegExp, names: string])[] = [
  [/^((long|m)?t5|m?bart|marian|m2m_100|blenderbot(-small)?|whisper|cohere_asr)$/, SEQ2SEQ],
  [/^(vision-encoder-decoder|speecht5|lite-whisper|moonshine)$/, GENERATING_SEQ2SEQ],
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

/** The sessions of a model by the names of their files, and `generation_config.json` where that is read. */
export function sessionsOf(kind: ModelKind, { version, options, config }: FileSelection): readonly string[] {
  const { model_type, architectures, is_encoder_decoder, vision_config, audio_config } = fieldsOf(config);
  const { model_file_name } = options;
  const type = String(model_type);
  const one = (name: string): string => (typeof model_file_name === 'string' ? model_file_name : name);
  const decoder = [one(version < 3 ? 'decoder_model_merged' : 'model'), GENERATION];

  if (kind === 'one') return [one('model')];
  if (kind === 'seq2seq') return GENERATING_SEQ2SEQ.split(' ');
  if (kind === 'speech') return SPEECH.test(type) ? GENERATING_SEQ2SEQ.split(' ') : [one('model')];
  if (kind === 'image' && /^((jina_)?clip|siglip)$/.test(type)) return [one('vision_model')];

  if (version > 3) {
    // Loading a model by the class of another kind keeps the sessions of its own.
    const isMore = String(fieldsOf(architectures)[0]).endsWith('ForConditionalGeneration');
    if (TEXT_ABLE.test(type)) return isMore ? TEXT_ONLY.split(' ') : decoder;
    if (kind === 'causal' && type === 'mbart' && isMore) return GENERATING_SEQ2SEQ.split(' ');
  }
  if (kind === 'causal' && type !== 'phi3_v') return decoder;

  const names = SESSIONS.find(([pattern]) => pattern.test(type))?.[1];
  if (names !== undefined) return is_encoder_decoder && names.endsWith(TEXT_ONLY) ? [...names.split(' '), 'encoder_model'] : names.split(' ');
  if (type === 'embedding_gemma2') {
    return [one('model'), ...(vision_config ? ['vision_encoder'] : []), ...(audio_config ? ['audio_encoder'] : [])];
  }
  return (version > 3 ? ALWAYS_GENERATING : DECODERS).test(type) ? decoder : [one('model')];
}
