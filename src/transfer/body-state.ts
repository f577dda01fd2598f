import { isProvable, mergeVersions, type FileVersion, type Relation } from './integrity/file-version.js';
import type { ResponseForm } from './join-rule.js';
import type { Connection } from './network/connection.js';
import { isCounted } from './network/response-headers.js';
import { isCompiled } from './network/whole-response.js';

/** How a body begins. */
export interface BodyBeginning {
  /** Whether the body begins with bytes of an earlier visit. */
  readonly isSpliced: boolean;
  /** Whether a validator shows that all bytes are of one version. */
  readonly isProven: boolean;
  /** Whether a range has confirmed the total. */
  readonly isExact: boolean;
}

/** What the responses of one body have shown about its file. */
export class BodyState {
  #version: FileVersion = { total: undefined, validator: undefined };
  #form: ResponseForm = { coding: 'none', declared: undefined };
  #promised: number | undefined;
  #isBegun = false;
  #isCode = false;
  #isExact = false;
  #isSpliced = false;
  #isProven = true;

  /** The version of the file that the body is of. */
  get version(): FileVersion {
    return this.#version;
  }

  /** Whether the body has a first response. */
  get isBegun(): boolean {
    return this.#isBegun;
  }

  /** How the first response was encoded. */
  get form(): ResponseForm {
    return this.#form;
  }

  /** Bytes of the whole file; `undefined` while unknown. */
  get total(): number | undefined {
    return this.#version.total;
  }

  /** Whether a range, or the end of the body, has confirmed the total. */
  get isExact(): boolean {
    return this.#isExact;
  }

  /** Whether the body consists of several responses, or continues bytes of an earlier visit. */
  get isSpliced(): boolean {
    return this.#isSpliced;
  }

  /** Whether validators show that all bytes are of one version. */
  get isProven(): boolean {
    return this.#isProven;
  }

  /** Whether the file contains code that browsers compile as it arrives. */
  get isCode(): boolean {
    return this.#isCode;
  }

  /** Whether the first response may have been compressed, so that its `Content-Length` may count the compressed bytes. */
  get mayBeEncoded(): boolean {
    return this.#form.coding !== 'none';
  }

  /** The length that the reader's headers have, in bytes; `undefined` for none. */
  get promised(): number | undefined {
    return this.#promised;
  }

  /**
   * Whether bytes of another response could be shown to be of the same version, whatever follows. The end of the body may
   * contradict the length of a body that may be compressed, which can then prove nothing.
   */
  get isProvable(): boolean {
    const isCertain = this.#isExact || !this.mayBeEncoded;
    return !this.#isBegun || isProvable(isCertain ? this.#version : { ...this.#version, total: undefined });
  }

  /** Whether `loaded` bytes are all of them, even if the connection is still open. The length of a body that may be compressed does not show it. */
  isWhole(loaded: number): boolean {
    return loaded === this.#version.total && (this.#isExact || this.#form.coding === 'none');
  }

  /** Starts the body with a response, of `version`. */
  begin({ response, isRange, coding, declared }: Connection, version: FileVersion, { isSpliced, isProven, isExact }: BodyBeginning): void {
    this.#isBegun = true;
    this.#isCode = isCompiled(response);
    this.#version = version;
    this.#form = { coding, declared: isRange ? undefined : declared };
    this.#promised ??= isRange ? version.total : declared;
    this.#isSpliced = isSpliced;
    this.#isProven = isProven;
    this.#isExact = isExact;
  }

  /** Continues the body with a response of version `found`. */
  join(connection: Connection, found: FileVersion, relation: Relation): void {
    this.#isSpliced = true;
    this.#isProven &&= relation === 'same';
    this.#isExact ||= connection.isRange && found.total !== undefined;
    this.#version = mergeVersions(this.#version, found);
  }

  /** Continues the body with bytes of the same version that another tab has stored. */
  joinStored(): void {
    this.#isSpliced = true;
  }

  /** The total, `undefined` included, is that of the file, whatever the last response declared. */
  replaceTotal(total: number | undefined): void {
    this.#version = { ...this.#version, total };
  }

  /** The body contradicts the total: the length was that of a compressed body. */
  dropTotal(): void {
    this.#form = { ...this.#form, coding: 'some' };
    this.replaceTotal(undefined);
    // A range has confirmed that total: bytes of several responses that do not add up are right only if their hash is.
    if (this.#isSpliced && this.#isExact) this.#isProven = false;
    this.#isExact = false;
  }

  /** Records that all `loaded` bytes have arrived and are checked. */
  complete(loaded: number): void {
    this.#isExact = true;
    this.replaceTotal(loaded);
  }

  /** The validator under which the bytes can be stored. A range of a compressed body is not a part of the stored bytes: only a hash can join them. */
  get storedValidator(): string | undefined {
    return this.#isProven && isCounted(this.#form.coding) ? this.#version.validator : undefined;
  }
}
