/**
 * Whether Transformers.js continues without a file after any error status (`fatal = false` in its sources). A request
 * without a response is fatal for these files, too.
 */
export function isOptional(file: string, version: number, task = ''): boolean {
  if (file === 'generation_config.json') return true;
  // The processor of Gemma 4 works without a template.
  if (version >= 4) return file === 'chat_template.jinja';
  // Version 2 loads a text-to-speech model without its processor if the processor fails.
  return version < 3 && file === 'preprocessor_config.json' && /^text-to-(audio|speech)/.test(task);
}

/** The small files that a version requests, or probes, to find out whether a model has them. */
export function filesToTry(version: number): readonly string[] {
  const probed = ['tokenizer_config.json', 'preprocessor_config.json', 'processor_config.json', 'chat_template.jinja'];
  return ['generation_config.json', ...(version >= 4 ? probed : [])];
}
