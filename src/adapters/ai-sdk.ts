import { DownloadFailure, ProgressStateManager, type Clock, type DownloadState, type DownloadStatus } from '../core/index.js';
import { check, checkOption, checkOptions, isActive, isRecord } from '../core/internal.js';

/**
 * The data of a part, as the AI SDK's providers for models in the browser send it: the `modelDownloadProgress` of a chat's
 * own `UIMessage` type.
 */
export interface DownloadPartData {
  /** `complete` once the model can be used. */
  readonly status: 'downloading' | 'complete' | 'error';
  /** A whole percentage, 0–100; absent while unknown, and for an error. */
  readonly progress?: number;
  /** The text that a chat shows. Some providers send an empty text with the last part to hide it. */
  readonly message: string;
}

/** The part of a chat message of the AI SDK that describes a download. */
export interface DownloadPart {
  /** The type of the part, which distinguishes it from others of a message. */
  readonly type: 'data-modelDownloadProgress';
  /**
   * The id of the download: the model's key in parts of `toDownloadPart()`; other providers create one for each download. A
   * part replaces an earlier one with the same id in a message.
   */
  readonly id: string;
  /** The state of the download. */
  readonly data: DownloadPartData;
}

/** Options of {@link readDownloadParts}. */
export interface DownloadPartOptions {
  /** Returns the model's key for the id of a part. Default: the id itself. */
  readonly keyOf?: ((id: string) => string) | undefined;
  /** Returns the name to show for a model's key. Default: the key. */
  readonly nameOf?: ((modelKey: string) => string) | undefined;
  /** Default: the platform's clock. */
  readonly clock?: Clock | undefined;
}

const TYPE = 'data-modelDownloadProgress';

/**
 * Converts a state to a part for `writer.write()` of a message stream; add `transient: true` if the message must not
 * contain it. Returns `undefined` for a download that has not started or was cancelled, which a part cannot express.
 *
 * @param message The text that a chat shows. Default: the error of a failed download, else the model's name.
 * @throws TypeError if `state` is not an object, or `message` is not a string.
 */
export function toDownloadPart(state: DownloadState, message?: string): DownloadPart | undefined {
  check(isRecord(state), 'state', state, 'an object');
  checkOption('message', message, 'string');
  const { modelKey: id, status, progress, error, modelName } = state;
  const text = message ?? error ?? modelName;
  if (status === 'completed') return { type: TYPE, id, data: { status: 'complete', progress: 100, message: text } };
  if (status === 'failed') return { type: TYPE, id, data: { status: 'error', message: text } };
  if (!isActive(status)) return undefined;
  // 100 % is reserved for the end.
  const share = progress === undefined ? {} : { progress: Math.min(99, Math.floor(progress)) };
  return { type: TYPE, id, data: { status: 'downloading', ...share, message: text } };
}

/**
 * Creates a function that accepts the parts of a chat, such as those that `onData` of `useChat` receives, and calls
 * `onState` after each change, for a `model-download-change` event. The function ignores other parts and invalid values, and
 * throws nothing. The percentage of a download does not fall; a part after its end starts another download.
 *
 * Not known: bytes, and so neither a size, a speed nor a time left; whether the model is on this device; the kind of a failure;
 * whether bytes are stored. Parts do not report that a download was cancelled. Nothing can be paused, cancelled or retried, since
 * parts are sent in one direction only.
 *
 * @param onState Called with each state. An exception is reported as an uncaught error.
 * @throws TypeError if an argument has a wrong type.
 */
export function readDownloadParts(
  onState: (state: DownloadState, previousStatus: DownloadStatus | undefined) => void,
  options: DownloadPartOptions = {},
): (part: unknown) => void {
  check(typeof onState === 'function', 'onState', onState, 'a function');
  checkOptions(options, { keyOf: 'function', nameOf: 'function', clock: 'object' });
  const { keyOf = (id: string) => id, nameOf = (modelKey: string) => modelKey, clock } = options;
  const states = new ProgressStateManager({ clock });
  const watched = new Set<string>();
  const watch = (modelKey: string): void => {
    let previous: DownloadStatus | undefined;
    watched.add(modelKey);
    states.subscribe(modelKey, (state) => {
      const before = previous;
      previous = state.status;
      onState(state, before);
    });
  };
  return (part) => {
    const parsed = parsePart(part);
    if (!parsed) return;
    const modelKey = keyOf(parsed.id);
    const known = states.getState(modelKey)?.status;
    // The last part is received again with each update of the message.
    if (known !== undefined && known === ENDS[parsed.status]) return;
    if (!watched.has(modelKey)) watch(modelKey);
    if (!known || !isActive(known)) states.startDownload(modelKey, { modelName: nameOf(modelKey) });
    applyPart(states, modelKey, parsed);
  };
}

/** The status of a download after a final part. */
const ENDS: Readonly<Record<DownloadPartData['status'], DownloadStatus | undefined>> = {
  downloading: undefined,
  complete: 'completed',
  error: 'failed',
};

function applyPart(states: ProgressStateManager, modelKey: string, { status, progress, message }: ParsedPart): void {
  if (status === 'complete') {
    states.completeDownload(modelKey);
  } else if (status === 'error') {
    // The kind of failure cannot be derived from a text for users.
    states.failDownload(modelKey, new DownloadFailure('unknown', message));
  } else {
    const before = states.getState(modelKey)?.progress;
    const highest = progress === undefined ? before : Math.max(before ?? 0, progress);
    // At 100 % without a final part the runtime starts the model.
    states.updateDownload(modelKey, { status: highest === 100 ? 'preparing' : 'downloading', progress: highest });
  }
}

interface ParsedPart {
  readonly id: string;
  readonly status: DownloadPartData['status'];
  readonly progress: number | undefined;
  readonly message: string;
}

function parsePart(part: unknown): ParsedPart | undefined {
  if (!isRecord(part) || part.type !== TYPE || typeof part.id !== 'string' || part.id === '' || !isRecord(part.data)) return undefined;
  const { status, progress, message } = part.data;
  if (status !== 'downloading' && status !== 'complete' && status !== 'error') return undefined;
  const isShare = typeof progress === 'number' && progress >= 0 && progress <= 100;
  return { id: part.id, status, progress: isShare ? progress : undefined, message: typeof message === 'string' ? message : '' };
}
