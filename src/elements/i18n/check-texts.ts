import { check } from '../../core/internal.js';

/** The names of the texts that are functions. */
export const FUNCTIONS =
  'severalModels retryIn startingAgain attempt amount amountSoFar timeLeft downloadSize partlyOnDevice filesDone timeAtLastSpeed finalFailure open announcement'.split(
    ' ',
  );

/** The names of the groups of texts, and how many levels deep their texts are. Those of `storage` are checked by its element. */
const GROUPS: Readonly<Record<string, number>> = { status: 1, failure: 2, storage: 0 };

/**
 * Checks texts without the English ones, which are loaded only with the views.
 *
 * @throws {TypeError} When `texts` is not an object, or a text has another type than the English one. A text of an unknown
 *   name counts as a string.
 */
export function checkTexts(texts: unknown): void {
  checkType('texts', texts, 'object');
  forEach(texts, (key, value) => {
    const path = `texts.${key}`;
    const depth = GROUPS[key];
    if (depth === undefined) checkType(path, value, FUNCTIONS.includes(key) ? 'function' : 'string');
    else checkGroup(path, value, depth);
  });
}

function checkGroup(path: string, group: unknown, depth: number): void {
  checkType(path, group, 'object');
  if (depth === 0) return;
  forEach(group, (key, value) => {
    if (depth > 1) checkGroup(`${path}.${key}`, value, depth - 1);
    else checkType(`${path}.${key}`, value, 'string');
  });
}

/** Calls `use` for every text that is not `undefined`. */
function forEach(texts: unknown, use: (key: string, value: unknown) => void): void {
  for (const [key, value] of Object.entries(texts as object)) if (value !== undefined) use(key, value);
}

function checkType(path: string, value: unknown, type: string): void {
  check(typeof value === type && value !== null, path, value, `of type ${type}`);
}
