import { fieldsOf, type FileSelection } from './file-selection.js';
import { sessionsOf } from './model-sessions.js';
import { taskOf } from './pipeline-tasks.js';
import { weightFiles } from './weight-files.js';

export type { FileSelection } from './file-selection.js';

/** Processors that read a file of their own beside the preprocessor's, by their class or by their model's type. */
const OWN_CONFIG = /^(idefics3|smolvlm|cohere_?asr|embedding_?gemma2)(processor)?$/i;

/** Processors that bring a tokenizer to tasks without one, likewise. */
const OWN_TOKENIZER = /^(wav2vec2|hubert|wavlm|unispeech(-sat)?|jina_?clip|embedding_?gemma2)(processor(withlm)?)?$/i;

/**
 * The paths, inside the model, that `pipeline()` requests and that exist, in about the order of
 * their requests. `undefined` when the rule cannot tell: the task is unknown, `config.json` could
 * not be read, or a file of weights that it names is not there.
 *
 * Files of other models are none of them: a vocoder (`text-to-audio` with SpeechT5) is loaded by
 * the first run, and the tokenizers of MGP-STR are those of two other repositories. A revision
 * names the same files; only version 4 asks `main` whether there is a tokenizer or a processor.
 */
export function selectFiles(selection: FileSelection, exists: (path: string) => boolean): readonly string[] | undefined {
  const { version, options, config } = selection;
  const task = taskOf(selection.task, version);
  if (!task || !(version >= 2 && version < 5) || fieldsOf(config) !== config) return undefined;
  // Both replace files by what the page names itself.
  if (options.config || fieldsOf(options.session_options).externalData) return undefined;

  const ownName = typeof options.model_file_name === 'string' ? options.model_file_name : undefined;
  const files = sessionsOf(task.model, selection)
    .split(' ')
    .flatMap((name) => {
      if (name.endsWith('.json')) return exists(name) ? name : [];
      return weightFiles(name.startsWith('*') ? (ownName ?? name.slice(1)) : name, selection);
    });
  if (!files.every((path) => exists(path))) return undefined;

  // Version 2 has no processor that reads more.
  const processor = task.processor && version > 2 && exists('preprocessor_config.json') ? processorOf(selection) : '';
  const hasTokenizer = version < 4 || exists('tokenizer_config.json');
  const others = [
    ...(hasTokenizer && (task.tokenizer || OWN_TOKENIZER.test(processor)) ? ['tokenizer.json', 'tokenizer_config.json'] : []),
    'config.json',
    ...(task.processor ? ['preprocessor_config.json'] : []),
    ...(OWN_CONFIG.test(processor) ? ['processor_config.json', ...(/gemma/i.test(processor) ? ['chat_template.jinja'] : [])] : []),
  ];
  return [...others.filter((path) => exists(path)), ...files];
}

function processorOf({ config, preprocessor }: FileSelection): string {
  return String(preprocessor === undefined ? fieldsOf(config).model_type : fieldsOf(preprocessor).processor_class);
}
