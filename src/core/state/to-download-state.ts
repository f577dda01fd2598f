import type { DetailName, DownloadState, DownloadStateFields, DownloadStatus } from './download-state.js';

/** The statuses that have a detail. */
const STATUSES: Readonly<Record<DetailName, readonly DownloadStatus[]>> = {
  speed: ['downloading', 'stalled'],
  timeRemaining: ['downloading'],
  error: ['paused', 'waiting', 'failed'],
  failureCode: ['paused', 'waiting', 'failed'],
  retryAt: ['waiting'],
  isSlowToStart: ['preparing'],
  isRestored: ['paused'],
  cachedBytes: ['idle'],
  excludesRuntime: ['idle'],
};

/** Returns a frozen state with these fields. A field that the status cannot have becomes `undefined`. */
export function toDownloadState(fields: DownloadStateFields): DownloadState {
  const { status, failureCode = 'unknown' } = fields;
  const state: Record<string, unknown> = { ...fields, can: Object.freeze({ ...fields.can }) };
  for (const [name, statuses] of Object.entries(STATUSES)) {
    if (state[name] !== undefined && !statuses.includes(status)) state[name] = undefined;
  }
  if (status === 'stalled') state.speed = 0;
  if (status === 'failed') state.failureCode = failureCode;
  if (status === 'completed') state.progress = 100;
  // The loop and the lines above set each field as the union declares it for the status.
  return Object.freeze(state) as unknown as DownloadState;
}
