/** @typedef {(input: unknown, options?: object) => Promise<any>} Pipe A pipeline; the task decides what it returns. */

/**
 * The result of a pipeline for a message, as text.
 *
 * @param {string} task
 * @param {Pipe} pipe
 * @param {string} message
 */
export async function answer(task, pipe, message) {
  switch (task) {
    case 'text-generation': {
      const [result] = await pipe(message, { max_new_tokens: 60, return_full_text: false });
      return result.generated_text.trim();
    }
    case 'translation': {
      const [result] = await pipe(message, { max_new_tokens: 40 });
      return result.translation_text;
    }
    case 'text-classification': {
      const [result] = await pipe(message);
      return `${result.label.toLowerCase()}, ${Math.round(result.score * 100)} % sure`;
    }
    default: {
      const result = await pipe(message, { pooling: 'mean', normalize: true });
      const start = [...result.data.slice(0, 4)].map((value) => value.toFixed(3));
      return `${result.dims.join(' × ')} numbers: ${start.join(', ')} …`;
    }
  }
}
