// No download: the page dispatches example states, as any script can.
import { ModelDownloadChangeEvent } from 'model-download';

const modelKey = 'example';
const none = { pause: false, resume: false, cancel: false, retry: false, restart: false };
const MB = 1e6;

/** The fields of each status, beside those that all have. */
const figures = {
  idle: { totalBytes: 81 * MB, cached: false, fits: true },
  queued: { can: { ...none, cancel: true } },
  checking: { can: { ...none, cancel: true } },
  downloading: { bytesDownloaded: 34 * MB, progress: 42, speed: 2.1 * MB, timeRemaining: 22, can: { ...none, pause: true, cancel: true } },
  paused: { bytesDownloaded: 34 * MB, progress: 42, kept: true, can: { ...none, resume: true, cancel: true } },
  stalled: { bytesDownloaded: 34 * MB, progress: 42, speed: 0, can: { ...none, pause: true, cancel: true } },
  waiting: { bytesDownloaded: 34 * MB, progress: 42, failureCode: 'network', attempt: 2, can: { ...none, retry: true, cancel: true } },
  preparing: { bytesDownloaded: 81 * MB, progress: 100, can: { ...none, cancel: true } },
  completed: { bytesDownloaded: 81 * MB, progress: 100 },
  failed: {
    bytesDownloaded: 34 * MB,
    progress: 42,
    failureCode: 'timeout',
    error: 'No byte for 30 s',
    attempt: 1,
    can: { ...none, retry: true, restart: true },
  },
  cancelled: { bytesDownloaded: 34 * MB, progress: 42, kept: true, can: { ...none, retry: true } },
};

let previousStatus;

function dispatch(status) {
  const state = {
    modelKey,
    modelName: 'Example model',
    status,
    lastUpdate: Date.now(),
    bytesDownloaded: 0,
    totalBytes: 81 * MB,
    attempt: 0,
    maxAttempts: 3,
    can: none,
    ...(status === 'waiting' && { retryAt: Date.now() + 20_000 }),
    ...figures[status],
  };
  document.dispatchEvent(new ModelDownloadChangeEvent({ modelKey, state, aggregate: undefined, previousStatus }));
  previousStatus = status;
}

/** Dispatches the selected status. Returns the function that ends it. */
export function start(root) {
  const select = root.querySelector('select');
  select.replaceChildren(...Object.keys(figures).map((status) => new Option(status)));
  select.onchange = () => dispatch(select.value);
  root.querySelector('[data-open]').onclick = () => root.querySelector('model-download-dialog').show();
  select.value = 'downloading';
  dispatch(select.value);
  return () => undefined;
}
