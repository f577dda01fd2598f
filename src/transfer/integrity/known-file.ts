/** What is known of a file beside its address. */
export interface KnownFile {
  /** Bytes, decoded; `undefined` while unknown. */
  readonly size: number | undefined;
  /** SHA-256 as 64 hexadecimal digits; `undefined` where it is not known. */
  readonly sha256: string | undefined;
  /**
   * Git's blob hash as 40 hexadecimal digits: SHA-1 over `blob <size>\0` and the content. `undefined` where it is not
   * known, and for files in Git LFS, whose blob is a pointer.
   */
  readonly oid?: string | undefined;
}

/** How a file is looked up. */
export interface LookUpOptions {
  /** Ask anew, past every cache. Default: what is known by now is enough. */
  readonly fresh?: boolean | undefined;
  /**
   * The settings of the file's own request. Of these, the question carries `Authorization` and `credentials`, to the
   * same origin only.
   */
  readonly init?: RequestInit | undefined;
}

/** Finds what is known of a file; `undefined` where nothing is. Never rejects. */
export type LookUp = (url: string, options?: LookUpOptions) => Promise<KnownFile | undefined>;
