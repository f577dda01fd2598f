import { attempt, storagePrefix } from '../core/internal.js';
import type { StoragePlace } from './storage-place.js';

/** How far a stored time may be in the future, in ms: the clock of the device can have been changed. */
const TOLERANCE = 24 * 60 * 60 * 1_000;

/** Records that a model was loaded at `time`, in ms since 1970. Storage that is blocked or full records nothing. */
export function recordUse({ storage, namespace }: StoragePlace, modelKey: string, time: number): void {
  attempt(() => storage?.setItem(keyOf(namespace, modelKey), String(Math.round(time))));
}

/** The time of the last load of a model, in ms since 1970; `undefined` if none is stored in a valid form. */
export function lastUseOf({ storage, namespace }: StoragePlace, modelKey: string): number | undefined {
  const text = attempt(() => storage?.getItem(keyOf(namespace, modelKey)));
  const time = /^\d+$/.test(String(text)) ? Number(text) : Number.NaN;
  return time > 0 && time <= Date.now() + TOLERANCE ? time : undefined;
}

/** Deletes the time of the last load of a model. */
export function forgetUse({ storage, namespace }: StoragePlace, modelKey: string): void {
  attempt(() => storage?.removeItem(keyOf(namespace, modelKey)));
}

function keyOf(namespace: string | undefined, modelKey: string): string {
  return storagePrefix(namespace, 'download_used') + modelKey;
}
