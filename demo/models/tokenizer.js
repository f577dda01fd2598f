/**
 * @typedef {{ ids: Map<string, number>, size: number, files: Record<string, unknown> }} Tokenizer
 *   `files` are the two files that Transformers.js reads, by name.
 */

/** The special tokens, in the order of their ids. */
export const special = { pad: '[PAD]', unknown: '[UNK]', end: '</s>' };

const punctuation = [...'.,!?:;\'"()-/%&+=*#@_'];
const characters = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
const maximumLength = 512;
const chatTemplate =
  "{% for message in messages %}{{ message['content'] + ' ' }}" +
  "{% if message['role'] == 'assistant' %}{{ eos_token }}{% endif %}{% endfor %}";

/**
 * A WordPiece tokenizer, the only kind of word tokenizer that all three versions of Transformers.js read. Unknown
 * words are split into letters.
 *
 * @param {{ words: string[], className?: string, endsWithEnd?: boolean }} options
 * @returns {Tokenizer}
 */
export function createTokenizer({ words, className = 'PreTrainedTokenizer', endsWithEnd = false }) {
  const pieces = characters.map((character) => `##${character}`);
  const tokens = [...new Set([...Object.values(special), ...punctuation, ...characters, ...pieces, ...words])];
  const ids = new Map(tokens.map((token, id) => [token, id]));
  return {
    ids,
    size: tokens.length,
    files: {
      'tokenizer.json': tokenizerFile(ids, endsWithEnd),
      'tokenizer_config.json': {
        tokenizer_class: className,
        model_max_length: maximumLength,
        pad_token: special.pad,
        unk_token: special.unknown,
        eos_token: special.end,
        chat_template: chatTemplate,
        clean_up_tokenization_spaces: true,
      },
    },
  };
}

/**
 * The id of a token, which must exist.
 *
 * @param {Tokenizer} tokenizer
 * @param {string} token
 */
export function idOf(tokenizer, token) {
  const id = tokenizer.ids.get(token);
  if (id === undefined) throw new RangeError(`The vocabulary lacks "${token}".`);
  return id;
}

/**
 * Splits a sentence as the tokenizer does, and keeps its capital letters.
 *
 * @param {string} text
 */
export function splitWords(text) {
  return text.match(/[\p{L}\d]+|[^\s\p{L}\d]/gu) ?? [];
}

/**
 * @param {Map<string, number>} ids
 * @param {boolean} endsWithEnd
 */
function tokenizerFile(ids, endsWithEnd) {
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: Object.values(special).map((content) => ({ id: ids.get(content), content, ...addedToken })),
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: endsWithEnd ? appendEnd(ids.get(special.end)) : null,
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: special.unknown,
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(ids),
    },
  };
}

const addedToken = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };

/** @param {number | undefined} id */
function appendEnd(id) {
  const end = { SpecialToken: { id: special.end, type_id: 0 } };
  return {
    type: 'TemplateProcessing',
    single: [{ Sequence: { id: 'A', type_id: 0 } }, end],
    pair: [{ Sequence: { id: 'A', type_id: 0 } }, end, { Sequence: { id: 'B', type_id: 1 } }, end],
    special_tokens: { [special.end]: { id: special.end, ids: [id], tokens: [special.end] } },
  };
}
