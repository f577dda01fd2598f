/**
 * The kind of model class that a task loads: `one` has one session, `seq2seq` an encoder and a decoder. For the others the
 * sessions depend on the model's type.
 */
export type ModelKind = 'one' | 'seq2seq' | 'speech' | 'writer' | 'image' | 'any';

/** The parts that `pipeline()` loads for a task. */
export interface PipelineTask {
  readonly model: ModelKind;
  readonly tokenizer: boolean;
  readonly processor: boolean;
}

/** The tasks by their inputs. `sight` has a tokenizer only as of version 4, which loads any existing one. */
const TASKS: Readonly<Record<'text' | 'media' | 'sight' | 'both', Readonly<Record<string, ModelKind>>>> = {
  text: {
    'text-classification': 'one',
    'token-classification': 'one',
    'zero-shot-classification': 'one',
    'question-answering': 'one',
    'fill-mask': 'one',
    'text2text-generation': 'seq2seq',
    summarization: 'seq2seq',
    translation: 'seq2seq',
    'text-generation': 'writer',
    'text-to-audio': 'any',
    'feature-extraction': 'any',
  },
  media: {
    'audio-classification': 'one',
    'depth-estimation': 'one',
    'background-removal': 'one',
    'image-to-image': 'one',
    'image-feature-extraction': 'image',
  },
  sight: {
    'image-classification': 'one',
    'image-segmentation': 'one',
    'object-detection': 'one',
  },
  both: {
    'zero-shot-object-detection': 'one',
    'zero-shot-image-classification': 'any',
    'zero-shot-audio-classification': 'any',
    'image-to-text': 'any',
    'document-question-answering': 'any',
    'automatic-speech-recognition': 'speech',
  },
};

const ALIASES: Readonly<Record<string, string>> = {
  'sentiment-analysis': 'text-classification',
  ner: 'token-classification',
  asr: 'automatic-speech-recognition',
  'text-to-speech': 'text-to-audio',
  embeddings: 'feature-extraction',
};

/** The parts that a task loads; `undefined` for an unknown task. */
export function taskOf(task: string, version: number): PipelineTask | undefined {
  // A suffix names languages, as in `translation_en_to_de`.
  const name = ALIASES[task] ?? task.split('_', 1)[0] ?? '';
  for (const [input, tasks] of Object.entries(TASKS)) {
    if (!Object.hasOwn(tasks, name)) continue;
    return {
      model: tasks[name] ?? 'one',
      tokenizer: input === 'sight' ? version > 3 : input !== 'media',
      processor: input !== 'text' || (name === 'text-to-audio' && version < 4),
    };
  }
  return undefined;
}
