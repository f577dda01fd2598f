/** What tells one version of a file from another. */
export interface FileVersion {
  /** Bytes of the whole file; `undefined` while unknown. */
  readonly total: number | undefined;
  /** What the server calls it; `undefined` where it does not say, or may not be read. */
  readonly validator: string | undefined;
}

/** Whether two descriptions can be of one version: what both know is the same. */
export function mayBeSame(a: FileVersion, b: FileVersion): boolean {
  const agree = (one: unknown, other: unknown): boolean => one === undefined || other === undefined || one === other;
  return agree(a.total, b.total) && agree(a.validator, b.validator);
}

/** Whether the server's own word says that two descriptions are of one version. */
export function isProven(a: FileVersion, b: FileVersion): boolean {
  return a.validator !== undefined && a.validator === b.validator && mayBeSame(a, b);
}
