import { abortable } from './network/abortable.js';
import type { BodyCheck } from './integrity/body-check.js';
import type { Connection } from './network/connection.js';
import { isOtherLength, isTag, compareVersions, totalsDiffer, type FileVersion, type Relation } from './integrity/file-version.js';
import type { ListedFile } from './integrity/listed-file.js';
import { isCounted, type Coding } from './network/response-headers.js';

/** The form of a body's first response. */
export interface ResponseForm {
  readonly coding: Coding;
  /** `Content-Length` in bytes; `undefined` for a body that began with a range, and where the header is missing. */
  readonly declared: number | undefined;
}

/** Settings of a {@link JoinRule}. */
export interface JoinRuleOptions {
  readonly check: BodyCheck;
  readonly listed: ListedFile;
  readonly signal: AbortSignal;
}

/** Decides which responses may be joined to the bytes of a body. */
export class JoinRule {
  readonly #options: JoinRuleOptions;

  constructor(options: JoinRuleOptions) {
    this.#options = options;
  }

  /** Whether a hash is known with which the whole body will be compared. */
  isHashKnown(): Promise<boolean> {
    const { check, signal } = this.#options;
    return abortable(check.isKnown(), signal);
  }

  /** Whether a range can be part of this body. The offsets of a range do not fit a compressed body, so only a hash can join them. */
  async mayRange({ coding, declared }: ResponseForm): Promise<boolean> {
    return isCounted(coding) || (coding === 'unknown' && declared !== undefined) || (await this.isHashKnown());
  }

  /**
   * Whether the headers of a range are enough to compare it with a version. If not, the whole file is requested again: its response
   * can be compared with the first one.
   */
  async canJoin({ isPlaced, end, version: found }: Connection, version: FileVersion, { coding, declared }: ResponseForm): Promise<boolean> {
    const isPlain = coding === 'none';
    // The known total may be that of the compressed file.
    if ((!isPlain && totalsDiffer(version, found)) || (end ?? 0) > (version.total ?? Infinity)) return false;
    const relation = compareVersions(version, found);
    const isPlacedRightly = isPlaced || (end !== undefined && end === version.total);
    const isUnlikely = coding === 'unlikely' && declared === undefined;
    const isDecoded = isPlain || isUnlikely || (found.total !== undefined && found.total === declared);
    if (isPlacedRightly && isDecoded && relation === 'same') return true;
    return (isPlain && relation === 'other') || this.isHashKnown();
  }

  /**
   * Returns the version of a response, without the fields that cannot be compared with the version of the received bytes. A length that
   * may count compressed bytes is left out. The `ETag` is left out if only one of the two bodies is compressed, unless it is the same.
   *
   * @param loaded The number of delivered bytes: a smaller length may count compressed bytes, too. If the file has become shorter, its
   * response ends before that number. 0 for bytes of an earlier visit, which can still be dropped.
   */
  versionIn({ coding, version: found }: Connection, version: FileVersion, form: ResponseForm, loaded: number): FileVersion {
    const isSameTag = isTag(found.validator) && found.validator === version.validator;
    const mayCountCompressed = form.coding === 'some' || (isSameTag && version.total === undefined) || (found.total ?? loaded) < loaded;
    const total = coding === 'unlikely' && mayCountCompressed ? undefined : found.total;
    const isComparable = isCounted(coding) === isCounted(form.coding) || !isTag(found.validator) || isSameTag;
    return { total, validator: isComparable ? found.validator : undefined };
  }

  /**
   * Whether the bytes of a response may follow bytes of a version: the server's validator shows that they belong together, or
   * a hash will show it at the end. Even another `ETag` may identify the same bytes, for example on another mirror.
   */
  async mayJoin(relation: Relation, version: FileVersion, found: FileVersion, loaded: number): Promise<boolean> {
    if (relation === 'same') return true;
    if (isOtherLength(version, found, loaded) || !(await this.isHashKnown())) return false;
    return relation === 'unknown' || this.#options.check.isDemanded || this.#options.listed.isUnchanged();
  }
}
