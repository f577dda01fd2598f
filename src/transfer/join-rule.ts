import { abortable } from './network/abortable.js';
import type { BodyCheck } from './integrity/body-check.js';
import type { Connection } from './network/connection.js';
import { isOtherLength, isTag, compareVersions, totalsDiffer, type FileVersion, type Relation } from './integrity/file-version.js';
import type { ListedFile } from './integrity/listed-file.js';
import { isCounted, type Coding } from './network/response-headers.js';

/** How the first answer of a body came. */
export interface AnswerForm {
  readonly coding: Coding;
  /** `Content-Length` in bytes, as it came; `undefined` for a body that began with a range, and where it is missing. */
  readonly declared: number | undefined;
}

/** What a {@link JoinRule} asks. */
export interface JoinRuleOptions {
  readonly check: BodyCheck;
  readonly listed: ListedFile;
  readonly signal: AbortSignal;
}

/** Which answers may be joined to the bytes of a body. */
export class JoinRule {
  readonly #options: JoinRuleOptions;

  constructor(options: JoinRuleOptions) {
    this.#options = options;
  }

  /** Whether a hash is known that the whole will be compared with. */
  isHashKnown(): Promise<boolean> {
    const { check, signal } = this.#options;
    return abortable(check.isKnown(), signal);
  }

  /** Whether a range can be part of this body. What came compressed has other places than what a range counts. */
  async mayRange({ coding, declared }: AnswerForm): Promise<boolean> {
    return isCounted(coding) || (coding === 'unknown' && declared !== undefined) || (await this.isHashKnown());
  }

  /**
   * Whether a range says enough to be judged as the continuation of a version: else the whole file is asked for again,
   * whose answer can be compared with the first one.
   */
  async canJoin({ isPlaced, end, version: found }: Connection, version: FileVersion, { coding, declared }: AnswerForm): Promise<boolean> {
    const isPlain = coding === 'none';
    // The length that was told may be that of the compressed file.
    if ((!isPlain && totalsDiffer(version, found)) || (end ?? 0) > (version.total ?? Infinity)) return false;
    const relation = compareVersions(version, found);
    const isPlacedRightly = isPlaced || (end !== undefined && end === version.total);
    const isUnlikely = coding === 'unlikely' && declared === undefined;
    const isDecoded = isPlain || isUnlikely || (found.total !== undefined && found.total === declared);
    if (isPlacedRightly && isDecoded && relation === 'same') return true;
    return (isPlain && relation === 'other') || this.isHashKnown();
  }

  /**
   * What an answer says of the file, of which bytes of a version are here. A server that has compressed it does so again:
   * the length is that of the compressed body, and says nothing where the tag does. The tag of a compressed body says
   * nothing of one that is not.
   */
  versionIn({ coding, version: found }: Connection, version: FileVersion, form: AnswerForm): FileVersion {
    const isSameTag = isTag(found.validator) && found.validator === version.validator;
    const isLengthOther = coding === 'unlikely' && (form.coding === 'some' || (isSameTag && version.total === undefined));
    const total = isLengthOther ? undefined : found.total;
    const isComparable = isCounted(coding) === isCounted(form.coding) || !isTag(found.validator) || isSameTag;
    return { total, validator: isComparable ? found.validator : undefined };
  }

  /**
   * Whether what an answer brings may follow on bytes of a version: the server's word shows that they belong together,
   * or a hash will tell at the end. Another tag may name the same bytes, as that of another mirror.
   */
  async mayJoin(relation: Relation, version: FileVersion, found: FileVersion, held: number): Promise<boolean> {
    if (relation === 'same') return true;
    if (isOtherLength(version, found, held) || !(await this.isHashKnown())) return false;
    return relation === 'unknown' || this.#options.check.isDemanded || this.#options.listed.isUnchanged();
  }
}
