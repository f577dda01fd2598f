import type { DownloadState } from '../core/index.js';
import { attempt, storagePrefix, type DownloadStates } from '../core/internal.js';
import type { StoragePlace } from './storage-place.js';

/** The least time between two writes during a download, in ms: a page can be closed at any time. */
const WRITE_INTERVAL = 5_000;

/**
 * Stores the speed of a download on this device until the returned function is called: every 5 s, and when the transfer ends. A speed
 * is stored only if the state has a time left, too: otherwise it was measured over too few bytes.
 */
export function watchSpeed(states: DownloadStates, modelKey: string, place: StoragePlace): () => void {
  let speed: number | undefined;
  let writtenAt = -Infinity;
  const write = (now: number): void => {
    if (speed === undefined) return;
    const text = String(Math.round(speed));
    attempt(() => place.storage?.setItem(keyOf(place), text));
    speed = undefined;
    writtenAt = now;
  };
  const update = (state: DownloadState): void => {
    const isMeasured = state.status === 'downloading' && state.timeRemaining !== undefined && (state.speed ?? 0) > 0;
    if (isMeasured) speed = state.speed;
    if (!isMeasured || state.lastUpdate - writtenAt >= WRITE_INTERVAL) write(state.lastUpdate);
  };
  return states.subscribe(modelKey, update);
}

/** Bytes per second of the last download on this device; `undefined` if none is stored in a valid form. */
export function lastSpeedOf(place: StoragePlace): number | undefined {
  const text = attempt(() => place.storage?.getItem(keyOf(place)));
  const speed = /^\d+$/.test(String(text)) ? Number(text) : 0;
  return speed > 0 && Number.isFinite(speed) ? speed : undefined;
}

function keyOf({ namespace }: StoragePlace): string {
  return `${storagePrefix(namespace, 'download')}speed`;
}
