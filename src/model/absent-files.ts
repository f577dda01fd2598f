import { classifyFailure } from '../core/index.js';
import { attempt, fieldsOf } from '../core/internal.js';
import type { StoragePlace } from './storage-place.js';
import { plansPrefix } from './stored-plans.js';

/** Returns the addresses that earlier loads with exactly this version of Transformers.js have recorded. */
export type RecallAbsences = (version: string) => readonly string[];

/**
 * The addresses of optional files that a server has reported as missing. A later load with the same version of Transformers.js
 * need not request them. Another version may request files that this one never has.
 */
export class AbsentFiles {
  readonly #recall: RecallAbsences;
  readonly #addresses = new Set<string>();
  #version: string | undefined;

  constructor(recall: RecallAbsences) {
    this.#recall = recall;
  }

  /** Reads the addresses that earlier loads have recorded, once for each version. For an unknown version there are none. */
  open(version: string | undefined): void {
    if (version === this.#version) return;
    this.#version = version;
    this.#addresses.clear();
    for (const address of version === undefined ? [] : this.#recall(version)) this.#addresses.add(address);
  }

  /** Whether the server has reported that there is no file at an address. */
  has(address: string): boolean {
    return this.#addresses.has(address);
  }

  /** Records a response for an address. */
  record(address: string, response: Response): void {
    if (response.ok) this.#addresses.delete(address);
    else if (reportsAbsence(response)) this.#addresses.add(address);
  }

  /**
   * Deletes all addresses, so that the next load requests these files again. One of them may exist by now, and its absence may have
   * caused a failure.
   */
  forget(): void {
    this.#addresses.clear();
  }

  /** All addresses. */
  get list(): readonly string[] {
    return [...this.#addresses];
  }
}

/**
 * Whether a response means that the file does not exist, while its model and its revision may exist. Other error statuses can be
 * those of a busy server, or of an account without access.
 */
function reportsAbsence({ status, headers }: Response): boolean {
  const code = headers.get('X-Error-Code');
  return code === null ? status === 404 || status === 410 : code === 'EntryNotFound';
}

/**
 * Whether a missing file may be the cause of a failure. It is not the cause of a cancelled load, a broken connection, a blocked
 * request or a full disk.
 */
export function mayLackFile(cause: unknown): boolean {
  return !['aborted', 'network', 'offline', 'timeout', 'blocked', 'quota'].includes(classifyFailure(cause).code);
}

/** Returns the addresses that the last load of a definition has recorded; none if it used another version of Transformers.js. */
export function storedAbsences({ storage, namespace }: StoragePlace, modelKey: string, source: string, version: string): readonly string[] {
  const { source: known, version: by, absent } = readRecord({ storage, namespace }, modelKey);
  if (known !== source || by !== version || !Array.isArray(absent)) return [];
  return absent.filter((address) => typeof address === 'string');
}

/** Deletes the stored addresses of a model. */
export function forgetAbsences(place: StoragePlace, modelKey: string): void {
  const record = readRecord(place, modelKey);
  if (record.absent === undefined) return;
  const rest = JSON.stringify({ ...record, absent: undefined });
  attempt(() => place.storage?.setItem(plansPrefix(place.namespace) + modelKey, rest));
}

function readRecord({ storage, namespace }: StoragePlace, modelKey: string): Partial<Record<string, unknown>> {
  return fieldsOf(attempt(() => JSON.parse(storage?.getItem(plansPrefix(namespace) + modelKey) ?? 'null') as unknown));
}
