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
  #headers = new Headers();
  #isBegun = false;
  #isCode = false;
  #isExact = false;
  #isSpliced = false;
  #isProven = true;

  /** The version of the file, by the responses so far. */
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

  /** The headers of the first response; empty before it. */
  get headers(): Headers {
    return this.#headers;
  }

  /**
   * Whether another response could show that it is of the same version, whatever bytes follow. A length that may count compressed
   * bytes is not used for that: the end of the body may contradict it.
   */
  get isProvable(): boolean {
    const isCertain = this.#isExact || !this.mayBeEncoded;
    return !this.#isBegun || isProvable(isCertain ? this.#version : { ...this.#version, total: undefined });
  }

  /**
   * Whether the `loaded` bytes are the whole file, even if the connection is still open. A length that may count compressed bytes does
   * not show it.
   */
  isWhole(loaded: number): boolean {
    return loaded === this.#version.total && (this.#isExact || this.#form.coding === 'none');
  }

  /** Starts the body with a response, of `version`. */
  begin({ response, isRange, coding, declared }: Connection, version: FileVersion, { isSpliced, isProven, isExact }: BodyBeginning): void {
    if (!this.#isBegun) this.#headers = response.headers;
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

  /** Continues the body with a range of the same version and the same total. */
  joinRange(): void {
    this.#isSpliced = this.#isExact = true;
  }

  /** Sets the total, whatever the last response declared. `undefined` means that it is unknown. */
  replaceTotal(total: number | undefined): void {
    this.#version = { ...this.#version, total };
  }

  /** Removes a total that the body contradicts: it was the length of a compressed body. */
  dropTotal(): void {
    this.#form = { ...this.#form, coding: 'some' };
    this.replaceTotal(undefined);
    // A range has confirmed that total. Parts that do not add up to it may be of two versions: only a hash can show the opposite.
    if (this.#isSpliced && this.#isExact) this.#isProven = false;
    this.#isExact = false;
  }

  /** Records that all `loaded` bytes have arrived and are checked. */
  complete(loaded: number): void {
    this.#isExact = true;
    this.replaceTotal(loaded);
  }

  /**
   * The validator with which the bytes can be stored; `undefined` for none. The bytes of a compressed body are stored without one: its
   * ranges do not continue the decoded bytes, so only a hash can join them.
   */
  get storedValidator(): string | undefined {
    return this.#isProven && isCounted(this.#form.coding) ? this.#version.validator : undefined;
  }
}
