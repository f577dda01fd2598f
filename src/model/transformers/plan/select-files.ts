import { fieldsOf } from '../../../core/internal.js';
import type { FileSelection } from './file-selection.js';
import { sessionsOf } from './model-sessions.js';
import { taskOf } from './pipeline-tasks.js';
import { weightFiles } from './weight-files.js';

/** Processors that read `processor_config.json` too, by their class or by their model's type. */
const OWN_CONFIG = /^(idefics3|smolvlm|cohere_?asr|embedding_?gemma2)(processor)?$/i;

/** Processors that load a tokenizer for tasks without one, likewise. */
const OWN_TOKENIZER = /^(wav2vec2|hubert|wavlm|unispeech(-sat)?|jina_?clip|embedding_?gemma2)(processor(withlm)?)?$/i;

/**
 * The existing paths, inside the model, that `pipeline()` requests, roughly in the order of the requests. `undefined` if
 * they cannot be determined: the task is unknown, `config.json` could not be read, or a required weights file does not
 * exist.
 *
 * Files of other models are not included: the vocoder of `text-to-audio` with SpeechT5 is loaded by the first run, and
 * MGP-STR uses the tokenizers of two other repositories. The paths do not depend on the revision; only version 4 looks in
 * `main` for a tokenizer and a processor.
 */
export function selectFiles(selection: FileSelection, exists: (path: string) => boolean): readonly string[] | undefined {
  const { version, options, config } = selection;
  const task = taskOf(selection.task, version);
  if (!task || !(version >= 2 && version < 5) || fieldsOf(config) !== config) return undefined;
  // With these options the page supplies the files itself.
  if (options.config || fieldsOf(options.session_options).externalData) return undefined;

  const ownName = typeof options.model_file_name === 'string' ? options.model_file_name : undefined;
  const { names, isRenamable, generates } = sessionsOf(task.model, selection);
  const [first, ...further] = names;
  const renamed = isRenamable ? (ownName ?? first) : first;
  const files = [renamed, ...further].flatMap((name) => weightFiles(name, selection));
  if (!files.every((path) => exists(path))) return undefined;
  if (generates && exists('generation_config.json')) files.push('generation_config.json');

  // No processor of version 2 reads further files.
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
