/**
 * Measures every side once per round, in turn, so that a temporary load of the machine affects all of them.
 * A round before the first warms up and is not counted.
 *
 * @template {string} Side
 * @param {number} rounds
 * @param {Record<Side, () => Promise<number>>} sides
 * @returns {Promise<Record<Side, number[]>>}
 */
export async function alternate(rounds, sides) {
  const names = /** @type {Side[]} */ (Object.keys(sides));
  const results = /** @type {Record<Side, number[]>} */ (Object.fromEntries(names.map((name) => [name, []])));
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const value = await sides[name]();
      if (round > 0) results[name].push(value);
    }
  }
  return results;
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

/**
 * Compares two sides round by round.
 *
 * @param {readonly number[]} those
 * @param {readonly number[]} these
 * @param {(one: number, other: number) => number} compare
 * @returns {{ median: number, least: number, most: number }}
 */
export function compare(those, these, compare) {
  const values = those.map((value, round) => compare(value, these[round] ?? NaN));
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}

/** @type {(one: number, other: number) => number} */
export const ratio = (one, other) => one / other;

/** @type {(one: number, other: number) => number} */
export const difference = (one, other) => one - other;
