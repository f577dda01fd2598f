import { expect } from 'chai';
import { check, checkCaller, checkOption, checkOptions, VERIFY_RULE, type OptionRule } from '#dist/core/checks.js';

/** A value of another realm has other constructors. */
const foreignSignal = { aborted: false, addEventListener: () => undefined };

const VALID: readonly [rule: OptionRule, values: readonly unknown[]][] = [
  ['function', [() => undefined, Map, undefined]],
  ['string', ['', 'a', undefined]],
  ['boolean', [true, false, undefined]],
  ['object', [{}, undefined]],
  ['AbortSignal', [new AbortController().signal, foreignSignal, null, undefined]],
  ['count', [0, 1, Number.MAX_SAFE_INTEGER, undefined]],
  [0, [0, 0.5, Infinity, undefined]],
  [1, [1, 1.5, undefined]],
  [VERIFY_RULE, ['always', 'spliced', 'never', undefined]],
];

const WRONG: readonly [rule: OptionRule, value: unknown, kind: typeof TypeError | typeof RangeError, message: string][] = [
  ['function', 'x', TypeError, 'a function, got "x"'],
  ['function', null, TypeError, 'a function, got null'],
  ['string', 5, TypeError, 'a string, got 5'],
  ['string', {}, TypeError, 'a string, got object'],
  ['boolean', 'true', TypeError, 'a boolean, got "true"'],
  ['boolean', 1, TypeError, 'a boolean, got 1'],
  ['object', 'x', TypeError, 'an object, got "x"'],
  ['object', null, TypeError, 'an object, got null'],
  ['object', [], TypeError, 'an object, got array'],
  ['object', new Map(), TypeError, 'an object, got map'],
  ['count', Symbol('s'), TypeError, 'a whole number from 0 up, got Symbol(s)'],
  ['AbortSignal', {}, TypeError, 'an AbortSignal, got object'],
  ['AbortSignal', true, TypeError, 'an AbortSignal, got true'],
  ['count', -1, RangeError, 'a whole number from 0 up, got -1'],
  ['count', 0.5, RangeError, 'a whole number from 0 up, got 0.5'],
  ['count', Infinity, RangeError, 'a whole number from 0 up, got Infinity'],
  ['count', '1', TypeError, 'a whole number from 0 up, got "1"'],
  [0, -0.1, RangeError, 'a number from 0 up, got -0.1'],
  [1, 0.9, RangeError, 'a number from 1 up, got 0.9'],
  [1, NaN, RangeError, 'a number from 1 up, got NaN'],
  [1, 5n, TypeError, 'a number from 1 up, got 5'],
  [VERIFY_RULE, 'x', RangeError, 'one of always, spliced, never, got "x"'],
  [VERIFY_RULE, true, TypeError, 'one of always, spliced, never, got true'],
];

describe('the checks of options', () => {
  for (const [rule, values] of VALID) {
    it(`accept valid values of ${String(rule)}`, () => {
      for (const value of values) expect(() => checkOption('size', value, rule)).not.to.throw();
    });
  }

  for (const [rule, value, kind, message] of WRONG) {
    it(`${String(rule)}: ${message}`, () => {
      expect(() => checkOption('size', value, rule)).to.throw(kind, `size must be ${message}`);
    });
  }

  it('check the options of a table, with a prefix for their names', () => {
    const rules = { title: 'function', count: 0 } as const;
    expect(() => checkOptions({ title: () => '', count: 1, other: 'x' }, rules)).not.to.throw();
    expect(() => checkOptions({ title: 'x' }, rules, 'notifications.')).to.throw('notifications.title must be a function, got "x"');
  });

  it('check the arguments of a caller', () => {
    expect(() => checkCaller({})).not.to.throw();
    expect(() => checkCaller({ signal: new AbortController().signal, onProgress: () => undefined })).not.to.throw();
    expect(() => checkCaller({ onProgress: 'x' })).to.throw(TypeError, 'onProgress must be a function, got "x"');
    expect(() => checkCaller(null as never)).to.throw(TypeError, 'The last argument must be an object, got null');
  });

  it('name a symbol and a function in a message', () => {
    expect(() => check(false, 'key', Symbol('x'), 'a string')).to.throw(TypeError, 'key must be a string, got Symbol(x)');
    expect(() => check(false, 'key', () => undefined, 'a string')).to.throw(TypeError, 'key must be a string, got function');
  });
});
