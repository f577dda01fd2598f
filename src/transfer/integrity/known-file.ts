/** Size and hashes of a file. */
export interface KnownFile {
  /** Bytes, decoded; `undefined` while unknown. */
  readonly size: number | undefined;
  /** SHA-256 as 64 hexadecimal digits; `undefined` while unknown. */
  readonly sha256: string | undefined;
  /**
   * Git's blob hash as 40 hexadecimal digits: SHA-1 over `blob <size>\0` and the content. `undefined` while unknown, and for
   * files in Git LFS, whose blob is a pointer.
   */
  readonly oid?: string | undefined;
}

/** Settings of a {@link LookUp}. */
export interface LookUpOptions {
  /** Whether to request the response past every cache. Default: a known response is enough. */
  readonly fresh?: boolean | undefined;
  /**
   * The settings of the file's own request. Of these, the lookup sends `Authorization` and `credentials`, to the same origin
   * only. Default: none.
   */
  readonly init?: RequestInit | undefined;
}

/** Finds size and hashes of a file; `undefined` if nothing is known. Never rejects. */
export type LookUp = (url: string, options?: LookUpOptions) => Promise<KnownFile | undefined>;
