import { DownloadFailure, ProgressStateManager, type Clock, type DownloadState, type DownloadStatus } from '../core/index.js';
import { isActive } from '../core/internal.js';

/**
 * What a part tells of a download, as the AI SDK's providers for models in the browser do: the
 * `modelDownloadProgress` of a chat's own `UIMessage` type.
 */
export interface DownloadPartData {
  /** `complete` once the model can be used. */
  readonly status: 'downloading' | 'complete' | 'error';
  /** 0–100, whole; absent while unknown, and of an error. */
  readonly progress?: number;
  /** What a chat shows beside it. Some send it empty with the last part, so that nothing is shown any more. */
  readonly message: string;
}

/** The part of a chat message of the AI SDK that tells of a download. */
export interface DownloadPart {
  /** Tells it from other parts of a message. */
  readonly type: 'data-modelDownloadProgress';
  /**
   * The model's key, in the parts that are made here; other providers make up one for each download.
   * Parts of one id take each other's place in a message.
   */
  readonly id: string;
  /** How the download stands. */
  readonly data: DownloadPartData;
}

/** Settings of {@link readDownloadParts}. */
export interface DownloadPartOptions {
  /** The model's key, by the id of a part: elements name a download by it. Default: the id itself. */
  readonly keyOf?: ((id: string) => string) | undefined;
  /** The name to show of a download, by the model's key. Default: the key. */
  readonly nameOf?: ((modelKey: string) => string) | undefined;
  /** Default: the platform's clock. */
  readonly clock?: Clock | undefined;
}

const TYPE = 'data-modelDownloadProgress';

/**
 * The part that tells of a state: for `writer.write()` of a message stream, with `transient: true`
 * beside it where the message is not to keep it. `undefined` for a state that the parts have no word
 * for: one that has not begun, or was cancelled.
 *
 * @param message What a chat shows beside it. Default: the error of a failed download, else the model's name.
 */
export function toDownloadPart(state: DownloadState, message: string = state.error ?? state.modelName): DownloadPart | undefined {
  const { modelKey: id, status, progress } = state;
  if (status === 'completed') return { type: TYPE, id, data: { status: 'complete', progress: 100, message } };
  if (status === 'failed') return { type: TYPE, id, data: { status: 'error', message } };
  if (!isActive(status)) return undefined;
  // A whole 100 is that of the end.
  const share = progress === undefined ? {} : { progress: Math.min(99, Math.floor(progress)) };
  return { type: TYPE, id, data: { status: 'downloading', ...share, message } };
}

/**
 * Makes a function that takes the parts of a chat, such as those that `onData` of `useChat` hears,
 * and tells `onState` of each change, for a `model-download-change` event that elements hear.
 * Other parts, and what cannot be read of one, are passed over; nothing is thrown. A part after the
 * end of its download begins another one; its percentage does not fall before.
 *
 * Not known: bytes, so neither a size nor a speed nor a time left. Whether the model is on this
 * device. That a download was cancelled, of which no part tells; what kind of failure one had, and
 * whether anything of it is kept. There is no way back to whoever downloads: nothing can be paused,
 * cancelled or retried.
 *
 * @param onState What it throws surfaces as an uncaught error.
 */
export function readDownloadParts(
  onState: (state: DownloadState, previousStatus: DownloadStatus | undefined) => void,
  { keyOf = (id) => id, nameOf = (modelKey) => modelKey, clock }: DownloadPartOptions = {},
): (part: unknown) => void {
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
    const told = parsePart(part);
    if (!told) return;
    const modelKey = keyOf(told.id);
    const known = states.getState(modelKey)?.status;
    // The last part comes again with every look at the message.
    if (known !== undefined && known === ENDS[told.status]) return;
    if (!watched.has(modelKey)) watch(modelKey);
    if (!known || !isActive(known)) states.startDownload(modelKey, { modelName: nameOf(modelKey) });
    applyPart(states, modelKey, told);
  };
}

/** How a download stands after the part that ends it. */
const ENDS: Readonly<Record<DownloadPartData['status'], DownloadStatus | undefined>> = {
  downloading: undefined,
  complete: 'completed',
  error: 'failed',
};

function applyPart(states: ProgressStateManager, modelKey: string, { status, progress, message }: ParsedPart): void {
  if (status === 'complete') {
    states.completeDownload(modelKey);
  } else if (status === 'error') {
    // A sentence for people tells no kind of failure.
    states.failDownload(modelKey, new DownloadFailure('unknown', message));
  } else {
    const before = states.getState(modelKey)?.progress;
    const highest = progress === undefined ? before : Math.max(before ?? 0, progress);
    // Whole, and not at its end: the runtime starts the model.
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
  if (!isFields(part) || part.type !== TYPE || typeof part.id !== 'string' || part.id === '' || !isFields(part.data)) return undefined;
  const { status, progress, message } = part.data;
  if (status !== 'downloading' && status !== 'complete' && status !== 'error') return undefined;
  const isShare = typeof progress === 'number' && progress >= 0 && progress <= 100;
  return { id: part.id, status, progress: isShare ? progress : undefined, message: typeof message === 'string' ? message : '' };
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
