import type { AggregateProgressInfo, DownloadState, DownloadStatus } from '../core/index.js';

/** What a change tells. */
export interface ModelDownloadChangeDetail {
  /** The page's name for the model. */
  readonly modelKey: string;
  /** How the download stands now. */
  readonly state: DownloadState;
  /** The files behind the state; `undefined` before any event of the runtime. */
  readonly aggregate: AggregateProgressInfo | undefined;
  /** The status before this change; `undefined` for the first that is told. */
  readonly previousStatus: DownloadStatus | undefined;
}

/** A download changed. Dispatched on the manager's root; not cancelable. */
export class ModelDownloadChangeEvent extends CustomEvent<ModelDownloadChangeDetail> {
  /** What listeners name it by. */
  static readonly eventName = 'model-download-change';

  constructor(detail: ModelDownloadChangeDetail) {
    super(ModelDownloadChangeEvent.eventName, { bubbles: true, composed: true, detail });
  }
}

/** What a question holds. */
export interface ModelDownloadQueryDetail {
  /** The page's name for the model; empty asks for all that were asked for together. */
  readonly modelKey: string;
  /** The one that knows the download calls this, at once; for all, once for each. */
  readonly answer: (state: DownloadState, aggregate: AggregateProgressInfo | undefined) => void;
}

/** An element that has just come asks how a download stands. */
export class ModelDownloadQueryEvent extends CustomEvent<ModelDownloadQueryDetail> {
  /** What listeners name it by. */
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
