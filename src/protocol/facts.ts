import type { AggregateProgressInfo, DownloadState, DownloadStatus } from '../core/index.js';

/** The detail of a `model-download-change` event. */
export interface ModelDownloadChangeDetail {
  /** The key of the model. */
  readonly modelKey: string;
  /** The new state of the download. */
  readonly state: DownloadState;
  /** The progress of the files; `undefined` before the first attempt. */
  readonly aggregate: AggregateProgressInfo | undefined;
  /** The status before this change; `undefined` for the first change. */
  readonly previousStatus: DownloadStatus | undefined;
}

/** Reports that a download changed. Dispatched on the roots that a `ModelDownloads` is connected to; not cancelable. */
export class ModelDownloadChangeEvent extends CustomEvent<ModelDownloadChangeDetail> {
  /** The type of the event. */
  static readonly eventName = 'model-download-change';

  constructor(detail: ModelDownloadChangeDetail) {
    super(ModelDownloadChangeEvent.eventName, { bubbles: true, composed: true, detail });
  }
}

/** The detail of a `model-download-query` event. */
export interface ModelDownloadQueryDetail {
  /** The key of the model; `''` for all downloads that were requested together. */
  readonly modelKey: string;
  /** Called synchronously by the listener that has the download; for all downloads, once for each. */
  readonly answer: (state: DownloadState, aggregate: AggregateProgressInfo | undefined) => void;
}

/** Requests the current state of a download. An element dispatches it when it is connected. */
export class ModelDownloadQueryEvent extends CustomEvent<ModelDownloadQueryDetail> {
  /** The type of the event. */
  static readonly eventName = 'model-download-query';

  constructor(detail: ModelDownloadQueryDetail) {
    super(ModelDownloadQueryEvent.eventName, { bubbles: true, composed: true, detail });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    [ModelDownloadChangeEvent.eventName]: ModelDownloadChangeEvent;
    [ModelDownloadQueryEvent.eventName]: ModelDownloadQueryEvent;
  }
}
