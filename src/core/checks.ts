// Checks of options where they enter. An option that is `undefined` has its default.
import { isRecord } from './json.js';

/**
 * The rule for the value of an option.
 *
 * - the name of a type
 * - `AbortSignal`: a signal, or `null`
 * - `count`: a whole number from 0 up
 * - a number: the least value
 * - an array: the allowed values
 */
export type OptionRule = 'function' | 'string' | 'boolean' | 'object' | 'AbortSignal' | 'count' | number | readonly string[];

/** The modes of comparing files with their hashes. */
export const VERIFY_RULE: OptionRule = ['always', 'spliced', 'never'];

/** @throws if `isValid` is `false`: a RangeError if the value has the right type, else a TypeError. */
export function check(isValid: boolean, name: string, value: unknown, expected: string, isRightType = false): asserts isValid {
  if (!isValid) throw new (isRightType ? RangeError : TypeError)(`${name} must be ${expected}, got ${describeValue(value)}`);
}

/** Returns a value as text for a message. An object is named by its type. A template literal cannot convert a symbol. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return `"${value}"`;
  if (Object(value) !== value) return String(value);
  return typeof value === 'function' ? 'function' : Object.prototype.toString.call(value).slice(8, -1).toLowerCase();
}

/** @throws as `check()` if an option breaks its rule. */
export function checkOption(name: string, value: unknown, rule: OptionRule): void {
  if (value === undefined) return;
  const type = typeof value;
  if (typeof rule === 'object') check(rule.includes(value as string), name, value, `one of ${rule.join(', ')}`, type === 'string');
  else if (rule === 'object') check(isOptions(value), name, value, `an ${rule}`);
  else if (rule === 'AbortSignal') check(isSignal(value), name, value, `an ${rule}`);
  else if (typeof rule === 'string' && rule !== 'count') check(type === rule, name, value, `a ${rule}`);
  else {
    const [kind, least] = rule === 'count' ? ['whole number', 0] : ['number', rule];
    const isNumber = typeof value === 'number';
    const isValid = isNumber && value >= least && (rule !== 'count' || Number.isInteger(value));
    check(isValid, name, value, `a ${kind} from ${least} up`, isNumber);
  }
}

/**
 * @param prefix The name of the object and a dot, such as `models.`, for messages. Empty for `options`: then a message contains only
 * the name of the option.
 * @throws as `check()` if the options are not an object, or one of them breaks its rule.
 */
export function checkOptions<T extends object>(options: T, rules: { readonly [Key in keyof T]?: OptionRule }, prefix = ''): void {
  check(isOptions(options), prefix.slice(0, -1) || 'options', options, 'an object');
  for (const [name, rule] of Object.entries<OptionRule>(rules as Readonly<Record<string, OptionRule>>)) {
    checkOption(prefix + name, options[name as keyof T], rule);
  }
}

/** Whether a value is an object with fields. An array, a `Map` and other iterables do not count as one. */
function isOptions(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && !(Symbol.iterator in value);
}

/** Whether a value is a signal or `null`. As for `fetch()`, `null` means no signal. */
function isSignal(value: unknown): boolean {
  // Not `instanceof`: the signal can belong to another realm.
  return value === null || (isRecord(value) && 'aborted' in value && typeof value.addEventListener === 'function');
}

/** @throws as `check()` if the arguments of a caller of a load are not valid. */
export function checkCaller(caller: { readonly signal?: unknown; readonly onProgress?: unknown }): void {
  checkOption('The last argument', caller, 'object');
  checkOptions(caller, { signal: 'AbortSignal', onProgress: 'function' });
}
