/** What tells one version of a file from another. */
export interface FileVersion {
  /** Bytes of the whole file; `undefined` while unknown. */
  readonly total: number | undefined;
  /** What the server calls it, where that is strong; `undefined` where it does not say, or may not be read. */
  readonly validator: string | undefined;
}

/** What two descriptions say of each other; `unknown` where they do not say enough. */
export type Relation = 'same' | 'other' | 'unknown';

/** A modification time is strong where the answer is at least this much younger, in ms (RFC 9110 §8.8.2.2). */
const STRONG_AGE = 60_000;

/** Marks a modification time that is strong by our clock only: then the total has to be equal, too. */
const BY_OUR_CLOCK = '~';

/**
 * The strong validator of an answer: an `ETag` without `W/`, else a `Last-Modified` that is old enough.
 *
 * @param now Milliseconds since 1970, for answers whose `Date` may not be read.
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

/** Whether both totals are known and differ: then no bytes of the one are those of the other. */
export function totalsDiffer(a: FileVersion, b: FileVersion): boolean {
  return a.total !== undefined && b.total !== undefined && a.total !== b.total;
}

/** Whether two descriptions are of one version, by the server's word alone. */
export function compareVersions(a: FileVersion, b: FileVersion): Relation {
  if (totalsDiffer(a, b)) return 'other';
  const [one, other] = [a.validator, b.validator];
  if (one === undefined || other === undefined || isTag(one) !== isTag(other)) return 'unknown';
  if (isTag(one)) return one === other ? 'same' : 'other';
  if (timeIn(one) !== timeIn(other)) return 'other';
  const needsTotal = one.startsWith(BY_OUR_CLOCK) || other.startsWith(BY_OUR_CLOCK);
  return needsTotal && (a.total === undefined || b.total === undefined) ? 'unknown' : 'same';
}

/** Whether another answer could show that it is of this version. */
export function isProvable(version: FileVersion): boolean {
  return compareVersions(version, version) === 'same';
}

/** Whether strong validators show that two answers are of two versions. Lengths are told wrongly too often to show it. */
export function areTwoVersions({ validator: one }: FileVersion, { validator: other }: FileVersion): boolean {
  return compareVersions({ total: undefined, validator: one }, { total: undefined, validator: other }) === 'other';
}

/** A version without a total that is less than what is here. */
export function withoutWeak(version: FileVersion, held: number): FileVersion {
  return (version.total ?? Infinity) < held ? { ...version, total: undefined } : version;
}

/** What an answer says of bytes of a version, of which so many are here. */
export function relationOf(version: FileVersion, found: FileVersion, held: number): Relation {
  return isOtherLength(version, found, held) ? 'other' : compareVersions(version, found);
}

export function isOtherLength(version: FileVersion, found: FileVersion, held: number): boolean {
  return totalsDiffer(version, found) || (found.total !== undefined && found.total < held);
}

/** What two answers of one version say together. */
export function mergeVersions(version: FileVersion, found: FileVersion): FileVersion {
  return { total: version.total ?? found.total, validator: version.validator ?? found.validator };
}

/** Whether a validator is an `ETag`, which is another one for each coding of a file. */
export function isTag(validator: string | undefined): boolean {
  return validator?.startsWith('"') === true;
}

function timeIn(validator: string): string {
  return validator.startsWith(BY_OUR_CLOCK) ? validator.slice(BY_OUR_CLOCK.length) : validator;
}
