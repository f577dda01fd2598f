/**
 * The median of all known values; `undefined` without one.
 *
 * @param {readonly (number | undefined)[]} values
 */
export function median(values) {
  const sorted = known(values).sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/**
 * The greatest of all known values; `undefined` without one.
 *
 * @param {readonly (number | undefined)[]} values
 */
export function most(values) {
  const all = known(values);
  return all.length === 0 ? undefined : Math.max(...all);
}

/** @param {readonly (number | undefined)[]} values */
export function known(values) {
  return values.filter((value) => value !== undefined);
}
