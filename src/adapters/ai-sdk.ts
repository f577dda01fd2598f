import { isActive, ProgressStateManager, type Clock, type DownloadState, type DownloadStatus } from '../core/index.js';

/** The part of a chat message of the AI SDK that tells of a download. */
export interface DownloadPart {
  /** Tells it from other parts of a message. */
  readonly type: 'data-modelDownloadProgress';
  /** The model's key: parts of one id take each other's place in a message. */
  readonly id: string;
  /** How the download stands. */
  readonly data: {
    /** `complete` once the model can be used. */
    readonly status: 'downloading' | 'complete';
    /** 0–100, whole; absent while unknown. */
    readonly progress?: number;
    /** What a chat shows beside it. */
    readonly message: string;
  };
}

/** Settings of {@link readDownloadParts}. */
export interface DownloadPartSettings {
  /** The name to show of a download, by its id. Default: the id. */
  readonly nameOf?: ((id: string) => string) | undefined;
  /** Default: the platform's clock. */
  readonly clock?: Clock | undefined;
}

const TYPE = 'data-modelDownloadProgress';

/**
 * The part that tells of a state: for `writer.write()` of a message stream. `undefined` for a state
 * that the parts have no word for: one that has not begun, failed or was cancelled.
 *
 * @param message What a chat shows beside it. Default: the model's name.
 */
export function toDownloadPart(state: DownloadState, message: string = state.modelName): DownloadPart | undefined {
  const { modelKey: id, status, progress } = state;
  if (status === 'completed') return { type: TYPE, id, data: { status: 'complete', progress: 100, message } };
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
 * Not known: bytes, so neither a size nor a speed nor a time left; whether the model is on this
 * device; that a download broke or stopped, of which no part tells. There is no way back to whoever
 * downloads: nothing can be paused, cancelled or retried.
 *
 * @param onState What it throws surfaces as an uncaught error.
 */
export function readDownloadParts(
  onState: (state: DownloadState, previousStatus: DownloadStatus | undefined) => void,
  { nameOf = (id) => id, clock }: DownloadPartSettings = {},
): (part: unknown) => void {
  const states = new ProgressStateManager({ clock });
  const watched = new Set<string>();
  const watch = (id: string): void => {
    let previous: DownloadStatus | undefined;
    watched.add(id);
    states.subscribe(id, (state) => {
      const before = previous;
      previous = state.status;
      onState(state, before);
    });
  };
  return (part) => {
    const told = readPart(part);
    if (!told) return;
    const { id, isComplete, progress } = told;
    const known = states.getState(id);
    // The last part comes again with every look at the message.
    if (isComplete && known?.status === 'completed') return;
    if (!watched.has(id)) watch(id);
    if (!known || !isActive(known.status)) states.startDownload(id, { modelName: nameOf(id) });
    if (isComplete) {
      states.completeDownload(id);
      return;
    }
    const before = states.getState(id)?.progress;
    const highest = progress === undefined ? before : Math.max(before ?? 0, progress);
    // Whole, and not at its end: the runtime starts the model.
    const status = highest === 100 ? 'preparing' : 'downloading';
    states.updateDownload(id, { status, progress: highest });
  };
}

function readPart(part: unknown): { id: string; isComplete: boolean; progress: number | undefined } | undefined {
  if (!isFields(part) || part.type !== TYPE || typeof part.id !== 'string' || part.id === '' || !isFields(part.data)) return undefined;
  const { status, progress } = part.data;
  if (status !== 'downloading' && status !== 'complete') return undefined;
  const isShare = typeof progress === 'number' && progress >= 0 && progress <= 100;
  return { id: part.id, isComplete: status === 'complete', progress: isShare ? progress : undefined };
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
