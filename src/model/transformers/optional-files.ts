/**
 * Whether Transformers.js goes on at once without a file, whatever error status it is answered with
 * (`fatal = false` in its sources). A request that gets no answer is fatal for these files, too.
 */
export function isOptional(file: string, version: number, task = ''): boolean {
  if (file === 'generation_config.json') return true;
  // Gemma 4 does without a template.
  if (version >= 4) return file === 'chat_template.jinja';
  // Version 2 loads a model that speaks without a processor where that fails.
  return version < 3 && file === 'preprocessor_config.json' && /^text-to-(audio|speech)/.test(task);
}
