import { fieldsOf, type FileSelection } from './file-selection.js';
import { sessionsOf } from './model-sessions.js';
import { taskOf } from './pipeline-tasks.js';
import { weightFiles } from './weight-files.js';

export type { FileSelection } from './file-selection.js';

/** Processors that read a file of their own beside the preprocessor's, by their class or by their model's type. */
const OWN_CONFIG = /^(idefics3|smolvlm|vlchat|multi_modality|llava|pixtral|mistral3|ultravox|(embedding_?)?gemma[234]n?|granite_?speech|cohere_?asr)(processor)?$/i;
const CHAT_TEMPLATE = /^(embedding_?)?gemma[234]n?(processor)?$/i;

/** Processors that bring a tokenizer to tasks without one, likewise. */
const OWN_TOKENIZER = /^(wav2vec2|hubert|wavlm|unispeech(-sat)?|jina_?clip)(processor(withlm)?)?$/i;

/**
 * The paths, inside the model, that `pipeline()` requests and that exist, in about the order of
 * their requests. `undefined` when the rule cannot tell: the task is unknown, `config.json` could
 * not be read, or a file of weights that it names is not there.
 *
 * Files of other models are none of them: a vocoder (`text-to-audio` with SpeechT5) is loaded by
 * the first run, and the tokenizers of MGP-STR are those of two other repositories.
 */
export function selectFiles(selection: FileSelection, exists: (path: string) => boolean): readonly string[] | undefined {
  const { version, options, config } = selection;
  const task = taskOf(selection.task, version);
  if (!task || !(version >= 2 && version < 5) || fieldsOf(config) !== config) return undefined;
  // Both replace files by what the page names itself.
  if (options.config || fieldsOf(options.session_options).externalData) return undefined;

  const sessions = sessionsOf(task.model, selection);
  const weights = sessions.filter((name) => !name.endsWith('.json')).flatMap((name) => weightFiles(name, selection));
  if (!weights.every((path) => exists(path))) return undefined;

  const processor = task.processor && exists('preprocessor_config.json') && version > 2 ? processorOf(selection) : '';
  const tokenizer =
    (task.tokenizer || OWN_TOKENIZER.test(processor)) && (version < 4 || exists('tokenizer_config.json'))
      ? ['tokenizer.json', 'tokenizer_config.json']
      : [];
  return [
    ...tokenizer,
    'config.json',
    ...(task.processor ? ['preprocessor_config.json'] : []),
    ...(OWN_CONFIG.test(processor) ? ['processor_config.json'] : []),
    ...(CHAT_TEMPLATE.test(processor) ? ['chat_template.jinja'] : []),
    ...weights,
    ...sessions.filter((name) => name.endsWith('.json')),
  ].filter((path) => exists(path));
}

function processorOf({ config, preprocessor }: FileSelection): string {
  return String(preprocessor === undefined ? fieldsOf(config).model_type : fieldsOf(preprocessor).processor_class);
}
