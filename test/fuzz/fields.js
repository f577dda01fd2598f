// The generators of the fields of a scenario. Each has a plain value, to which fast-check shrinks it.
import fc from 'fast-check';

/** One of the values. */
export function any(...values) {
  return { plain: values[0], arbitrary: fc.constantFrom(...values) };
}

/** One of the values, the first of them twice as often as all the others together. */
export function mostly(plain, ...others) {
  return any(plain, ...others.flatMap(() => [plain, plain]).slice(1), ...others);
}

/** One of the values, usually one of the first two. */
export function oftenTwo(plain, usual, ...others) {
  return any(plain, ...others.flatMap(() => [plain, usual, usual]), ...others);
}

export function number(min, max) {
  return { plain: min, arbitrary: fc.integer({ min, max }) };
}

/** The value of a field, or `undefined` half of the time. */
export function sometimes({ arbitrary }) {
  return { plain: undefined, arbitrary: fc.option(arbitrary, { nil: undefined, freq: 2 }) };
}

/** Anything that fast-check draws; there is no plain value. */
export function drawn(arbitrary) {
  return { plain: undefined, arbitrary };
}

/** An object of such fields. */
export function object(fields) {
  const arbitraries = Object.entries(fields).map(([name, field]) => [name, field.arbitrary]);
  return { fields, arbitrary: fc.record(Object.fromEntries(arbitraries)) };
}

/** An array; a plain one is empty. */
export function list(item, constraints) {
  return { item, arbitrary: fc.array(item.arbitrary, constraints) };
}

/** An array of at least one item; a third of them may have more than one half of the most. */
export function few(item, maxLength) {
  const upTo = (most) => fc.array(item.arbitrary, { minLength: 1, maxLength: most });
  return { item, arbitrary: fc.oneof({ weight: 2, arbitrary: upTo(Math.ceil(maxLength / 2)) }, { weight: 1, arbitrary: upTo(maxLength) }) };
}

/** A list that is empty three times of four. */
export function seldom(field) {
  return { ...field, arbitrary: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: field.arbitrary }) };
}

/** The parts of a value that differ from the plain one of its field; `undefined` if there are none. */
export function difference(value, field) {
  if (field.fields) {
    const parts = Object.entries(value).map(([name, part]) => [name, difference(part, field.fields[name])]);
    const left = parts.filter(([, part]) => part !== undefined);
    return left.length > 0 ? Object.fromEntries(left) : undefined;
  }
  if (field.item) return value.length > 0 ? value.map((part) => difference(part, field.item) ?? {}) : undefined;
  return value === field.plain ? undefined : value;
}
