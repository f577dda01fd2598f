// Checks of options where they enter. An option that is `undefined` has its default.
import { isRecord } from './json.js';

/**
 * What an option must be: of a type, an `AbortSignal` or `null`, a whole number from 0 up, a number from this one up, or one of
 * these values.
 */
export type OptionRule = 'function' | 'string' | 'boolean' | 'object' | 'AbortSignal' | 'count' | number | readonly string[];

/** The modes of comparing files with their hashes. */
export const VERIFY_RULE: OptionRule = ['always', 'spliced', 'never'];

/** @throws TypeError, or RangeError for a value of the right type, if an argument is not valid. */
export function check(isValid: boolean, name: string, value: unknown, expected: string, isRightType = false): asserts isValid {
  if (isValid) return;
  const found = typeof value === 'string' ? `"${value}"` : Object(value) === value ? typeof value : String(value);
  throw new (isRightType ? RangeError : TypeError)(`${name} must be ${expected}, got ${found}`);
}

/** @throws as `check()` if an option breaks its rule. */
export function checkOption(name: string, value: unknown, rule: OptionRule): void {
  if (value === undefined) return;
  const type = typeof value;
  if (typeof rule === 'object') check(rule.includes(value as string), name, value, `one of ${rule.join(', ')}`, type === 'string');
  else if (rule === 'object') check(isRecord(value), name, value, `an ${rule}`);
  else if (rule === 'AbortSignal') check(isSignal(value), name, value, `an ${rule}`);
  else if (typeof rule === 'string' && rule !== 'count') check(type === rule, name, value, `a ${rule}`);
  else {
    const [kind, least] = rule === 'count' ? ['whole number', 0] : ['number', rule];
    const isValid = (value as number) >= least && (rule !== 'count' || Number.isInteger(value));
    check(type === 'number' && isValid, name, value, `a ${kind} from ${least} up`, type === 'number');
  }
}

/** @throws as `check()` if one of the options breaks its rule. Their names in messages start with `prefix`. */
export function checkOptions<T extends object>(options: T, rules: { readonly [Key in keyof T]?: OptionRule }, prefix = ''): void {
  for (const [name, rule] of Object.entries<OptionRule>(rules as Readonly<Record<string, OptionRule>>)) {
    checkOption(prefix + name, options[name as keyof T], rule);
  }
}

/** Whether a value is a signal, or `null`, which means none, as for `fetch()`. */
function isSignal(value: unknown): boolean {
  // Not `instanceof`: the signal can belong to another realm.
  return value === null || (isRecord(value) && 'aborted' in value && typeof value.addEventListener === 'function');
}

/** @throws as `check()` if the arguments of a caller of a load are not valid. */
export function checkCaller(caller: { readonly signal?: unknown; readonly onProgress?: unknown }): void {
  checkOption('The last argument', caller, 'object');
  checkOptions(caller, { signal: 'AbortSignal', onProgress: 'function' });
}
