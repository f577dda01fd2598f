// Checks of options where they enter. An option that is `undefined` has its default.
import { isRecord } from './json.js';

/** @throws TypeError, or RangeError for a value of the right type, if an argument is not valid. */
export function check(isValid: boolean, name: string, value: unknown, expected: string, isRightType = false): void {
  if (isValid) return;
  const isShort = typeof value === 'number' || typeof value === 'boolean' || value === null;
  const found = typeof value === 'string' ? `"${value}"` : isShort ? String(value) : typeof value;
  throw new (isRightType ? RangeError : TypeError)(`${name} must be ${expected}, got ${found}`);
}

/** @throws as `check()` if an option is not a number from `least` up. */
export function checkNumber(name: string, value: unknown, least: number, isWhole = false): void {
  const isNumber = typeof value === 'number';
  const isValid = value === undefined || (isNumber && value >= least && (!isWhole || Number.isInteger(value)));
  check(isValid, name, value, `a ${isWhole ? 'whole ' : ''}number from ${least} up`, isNumber);
}

/** @throws as `check()` if an option is not one of the values. */
export function checkOneOf(name: string, value: unknown, allowed: readonly string[]): void {
  check(value === undefined || allowed.includes(value as string), name, value, `one of ${allowed.join(', ')}`, typeof value === 'string');
}

/** @throws as `check()` if an option is not a function. */
export function checkFunction(name: string, value: unknown): void {
  check(value === undefined || typeof value === 'function', name, value, 'a function');
}

/** @throws as `check()` if an option is not an object. */
export function checkObject(name: string, value: unknown): void {
  check(value === undefined || isRecord(value), name, value, 'an object');
}

/** @throws as `check()` if an option is not a mode of comparing files with their hashes. */
export function checkVerify(value: unknown): void {
  checkOneOf('verify', value, ['always', 'spliced', 'never']);
}

/** @throws as `check()` if the arguments of a caller of a load are not valid. A `null` signal means none, as for `fetch()`. */
export function checkCaller(caller: unknown): void {
  checkObject('The last argument', caller);
  const { signal, onProgress } = caller as Record<string, unknown>;
  checkFunction('onProgress', onProgress);
  // Not `instanceof`: the signal can belong to another realm.
  const isSignal =
    (signal ?? undefined) === undefined || (isRecord(signal) && 'aborted' in signal && typeof signal.addEventListener === 'function');
  check(isSignal, 'signal', signal, 'an AbortSignal');
}
