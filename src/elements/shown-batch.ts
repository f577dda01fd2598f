// In: the states of several downloads, from any script. Out: checked values that an element can show as one download.
import type { DownloadState } from '../core/index.js';
import { NO_ACTIONS, summarize, toDownloadState } from '../core/internal.js';
import { countOf } from './i18n/count-of.js';
import type { Language } from './i18n/language.js';
import { toShownDownload, type ShownDownload } from './shown-download.js';

/** Checks several downloads and adds them up; `undefined` without any. */
export function toShownBatch(states: readonly DownloadState[], { texts, locale }: Language): ShownDownload | undefined {
  const checked = states.map(toChecked);
  const [first] = checked;
  if (first && checked.length === 1) return toShownDownload(first.modelKey, first, undefined);
  const modelName = texts.severalModels(countOf(checked.length, locale));
  const isRestored = checked.every((state) => state.isRestored);
  const kept = checked.every((state) => state.kept);
  const can = { ...NO_ACTIONS, resume: isRestored && checked.every((state) => state.can.resume) };
  const shown = toShownDownload('', { ...summarize(checked), modelName, isRestored, kept: isRestored ? kept : undefined, can }, undefined);
  return shown && { ...shown, modelKeys: checked.map(({ modelKey }) => modelKey) };
}

function toChecked(state: DownloadState): DownloadState {
  const { modelKey } = state;
  const known = toShownDownload(modelKey, state, undefined);
  if (!known) return state;
  const { name: modelName, status, bytes: bytesDownloaded, total: totalBytes, speed, timeRemaining, retryAt, can } = known;
  const fields = { modelKey, modelName, status, bytesDownloaded, totalBytes, speed, timeRemaining, retryAt, can };
  return toDownloadState({ ...state, ...fields });
}
