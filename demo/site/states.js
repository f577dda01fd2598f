// Every state that the elements render, as a page's own script would dispatch it.

const MB = 1_000_000;

const files = [
  { file: 'config.json', status: 'loading', progress: 100, loaded: 812, total: 812, cached: true },
  { file: 'tokenizer.json', status: 'loading', progress: 100, loaded: 2.1 * MB, total: 2.1 * MB, cached: false },
  { file: 'onnx/model_q4.onnx_data', status: 'download', progress: 42, loaded: 942 * MB, total: 2240 * MB, cached: false },
  { file: 'onnx/decoder_model_merged_quantized.onnx', status: 'waiting', loaded: 0, total: 14 * MB, cached: false },
];
const fromNetwork = { bytesFromNetwork: 944 * MB, bytesFromCache: 812, files };
const fromDevice = { bytesFromNetwork: 0, bytesFromCache: 944 * MB, files };

const part = { progress: 42.7, bytesDownloaded: 944 * MB, totalBytes: 2256 * MB };
const whole = { progress: 100, bytesDownloaded: 2256 * MB, totalBytes: 2256 * MB };
const moving = { ...part, speed: 3.24 * MB, timeRemaining: 405 };
const network = { failureCode: 'network', error: 'TypeError: Failed to fetch', attempt: 1 };

/** @type {Readonly<Record<string, { status: string, aggregate?: object, showsFiles?: boolean, [field: string]: unknown }>>} */
export const states = {
  idle: { status: 'idle', totalBytes: 2256 * MB, cached: false, fits: true },
  'idle-too-big': { status: 'idle', totalBytes: 2256 * MB, cached: false, fits: false },
  'idle-cached': { status: 'idle', totalBytes: 2256 * MB, cached: true },
  'idle-variants': {
    status: 'idle',
    totalBytes: 2256 * MB,
    cached: false,
    fits: true,
    variant: 'q4',
    variants: [
      { variant: 'q4', name: 'Small, 4 bits', totalBytes: 2256 * MB, cached: false, fits: true },
      { variant: 'q8', name: 'Medium, 8 bits', totalBytes: 3821 * MB, cached: true },
      { variant: 'fp16', name: 'Exact, 16 bits', totalBytes: 7642 * MB, cached: false, fits: false },
    ],
  },
  queued: { status: 'queued', can: { cancel: true } },
  'checking-again': { status: 'checking', attempt: 1, can: { cancel: true } },
  downloading: { status: 'downloading', ...moving, can: { pause: true, cancel: true } },
  'downloading-files': { status: 'downloading', ...moving, can: { cancel: true }, showsFiles: true },
  'downloading-unknown': { status: 'downloading', bytesDownloaded: 12.3 * MB, speed: 3.24 * MB, can: { cancel: true } },
  'from-device': { status: 'downloading', ...part, aggregate: fromDevice, can: { cancel: true } },
  paused: { status: 'paused', ...part, can: { resume: true, cancel: true } },
  restored: {
    status: 'paused',
    isRestored: true,
    kept: true,
    bytesDownloaded: 944 * MB,
    totalBytes: 2256 * MB,
    can: { resume: true, cancel: true },
  },
  stalled: { status: 'stalled', ...part, speed: 0, can: { cancel: true } },
  'waiting-offline': { status: 'waiting', ...part, ...network, failureCode: 'offline', can: { cancel: true, retry: true } },
  'waiting-countdown': {
    status: 'waiting',
    ...part,
    ...network,
    retryAt: Date.now() + 65_000,
    can: { cancel: true, retry: true, chooseModel: true },
  },
  preparing: { status: 'preparing', ...whole, can: { cancel: true } },
  completed: { status: 'completed', ...whole },
  failed: { status: 'failed', ...part, ...network, can: { retry: true, restart: true, chooseModel: true } },
  'failed-finally': { status: 'failed', ...part, ...network, attempt: 3, can: { chooseModel: true } },
  'failed-to-start': { status: 'failed', ...whole, failureCode: 'runtime', error: 'Can’t create a session' },
  cancelled: { status: 'cancelled', ...part, can: { retry: true } },
  'cancelled-kept': { status: 'cancelled', ...part, kept: true, can: { retry: true } },
  'not-kept': { status: 'downloading', ...moving, kept: false, can: { pause: true, cancel: true } },
  'long-name': { status: 'downloading', ...moving, modelName: 'x<b>y</b> '.repeat(1000), can: { cancel: true } },
};

/**
 * The detail of the event that reports one of them.
 *
 * @param {{ status?: string, aggregate?: object, showsFiles?: boolean, [field: string]: unknown }} state
 * @returns {any} A state with the fields of its row above, which the elements check.
 */
export function detailOf({ aggregate, showsFiles: _, ...state }) {
  const common = { modelKey: 'phi', modelName: 'Phi-3 Advanced', bytesDownloaded: 0, lastUpdate: 0, attempt: 0, maxAttempts: 3 };
  const known = state.bytesDownloaded ? fromNetwork : undefined;
  return { modelKey: 'phi', state: { ...common, can: {}, ...state }, aggregate: aggregate ?? known };
}
