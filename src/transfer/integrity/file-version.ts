/** Identifies a version of a file. */
export interface FileVersion {
  /** Bytes of the whole file; `undefined` while unknown. */
  readonly total: number | undefined;
  /** The strong validator of the server; `undefined` if there is none, or it may not be read. */
  readonly validator: string | undefined;
}

/** Whether two versions are the same; `unknown` if their fields do not show it. */
export type Relation = 'same' | 'other' | 'unknown';

/** A modification time is strong if the response is at least this much younger, in ms (RFC 9110 §8.8.2.2). */
const STRONG_AGE = 60_000;

/** Marks a modification time that is strong only by this device's clock: then the totals must be equal, too. */
const BY_OUR_CLOCK = '~';

/**
 * Returns the strong validator of a response: an `ETag` without `W/`, else a `Last-Modified` that is old enough; `undefined` for none.
 *
 * @param now Milliseconds since 1970, for responses whose `Date` may not be read.
 */
export function validatorOf({ headers }: Response, now: number): string | undefined {
  const tag = headers.get('ETag');
  if (tag?.startsWith('"')) return tag;
  const modified = headers.get('Last-Modified');
  const date = Date.parse(headers.get('Date') ?? '');
  const age = (Number.isNaN(date) ? now : date) - Date.parse(modified ?? '');
  if (modified === null || !(age >= STRONG_AGE)) return undefined;
  return Number.isNaN(date) ? BY_OUR_CLOCK + modified : modified;
}

/** Whether both totals are known and differ: then the versions differ. */
export function totalsDiffer(a: FileVersion, b: FileVersion): boolean {
  return a.total !== undefined && b.total !== undefined && a.total !== b.total;
}

/** Whether two versions are the same, by validators and totals. */
export function compareVersions(a: FileVersion, b: FileVersion): Relation {
  if (totalsDiffer(a, b)) return 'other';
  const [one, other] = [a.validator, b.validator];
  if (one === undefined || other === undefined || isTag(one) !== isTag(other)) return 'unknown';
  if (isTag(one)) return one === other ? 'same' : 'other';
  if (timeIn(one) !== timeIn(other)) return 'other';
  const needsTotal = one.startsWith(BY_OUR_CLOCK) || other.startsWith(BY_OUR_CLOCK);
  return needsTotal && (a.total === undefined || b.total === undefined) ? 'unknown' : 'same';
}

/** Whether another response could show that it is of this version. */
export function isProvable(version: FileVersion): boolean {
  return compareVersions(version, version) === 'same';
}

/** Whether strong validators show that two versions differ. Totals do not show it: servers send wrong lengths too often. */
export function areTwoVersions({ validator: one }: FileVersion, { validator: other }: FileVersion): boolean {
  return compareVersions({ total: undefined, validator: one }, { total: undefined, validator: other }) === 'other';
}

/** Returns a version, without its total if that is less than the `loaded` bytes. */
export function withoutWeak(version: FileVersion, loaded: number): FileVersion {
  return (version.total ?? Infinity) < loaded ? { ...version, total: undefined } : version;
}

/** Whether a response is of the same version as the `loaded` bytes. */
export function relationOf(version: FileVersion, found: FileVersion, loaded: number): Relation {
  return isOtherLength(version, found, loaded) ? 'other' : compareVersions(version, found);
}

/** Whether the total of a response differs from the known one, or is less than the `loaded` bytes. */
export function isOtherLength(version: FileVersion, found: FileVersion, loaded: number): boolean {
  return totalsDiffer(version, found) || (found.total !== undefined && found.total < loaded);
}

/** Merges the versions of two responses: what the first one lacks comes from the second. */
export function mergeVersions(version: FileVersion, found: FileVersion): FileVersion {
  return { total: version.total ?? found.total, validator: version.validator ?? found.validator };
}

/** Whether a validator is an `ETag`, which differs between the codings of a file. */
export function isTag(validator: string | undefined): boolean {
  return validator?.startsWith('"') === true;
}

function timeIn(validator: string): string {
  return validator.startsWith(BY_OUR_CLOCK) ? validator.slice(BY_OUR_CLOCK.length) : validator;
}
