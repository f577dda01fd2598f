/** The detail of a request event. */
export interface ModelDownloadRequestDetail {
  /** The key of the model. */
  readonly modelKey: string;
}

/**
 * Every request bubbles, crosses shadow roots and can be refused with `preventDefault()`. It changes nothing by itself: a
 * `model-download-change` event reports the result.
 */
const REQUEST = { bubbles: true, composed: true, cancelable: true } as const;

/** Requests the start of a download. */
export class ModelDownloadStartRequestEvent extends CustomEvent<ModelDownloadRequestDetail> {
  /** The type of the event. */
  static readonly eventName = 'model-download-start-request';

  constructor(detail: ModelDownloadRequestDetail) {
    super(ModelDownloadStartRequestEvent.eventName, { ...REQUEST, detail });
  }
}

/** Requests the size of a download, and whether it is on this device and fits. A `model-download-change` event reports the result. */
export class ModelDownloadEstimateRequestEvent extends CustomEvent<ModelDownloadRequestDetail> {
  /** The type of the event. */
  static readonly eventName = 'model-download-estimate-request';

  constructor(detail: ModelDownloadRequestDetail) {
    super(ModelDownloadEstimateRequestEvent.eventName, { ...REQUEST, detail });
  }
}

/** Requests to pause a download. */
export class ModelDownloadPauseRequestEvent extends CustomEvent<ModelDownloadRequestDetail> {
  /** The type of the event. */
  static readonly eventName = 'model-download-pause-request';

  constructor(detail: ModelDownloadRequestDetail) {
    super(ModelDownloadPauseRequestEvent.eventName, { ...REQUEST, detail });
  }
}

/** Requests to resume a paused download. */
export class ModelDownloadResumeRequestEvent extends CustomEvent<ModelDownloadRequestDetail> {
  /** The type of the event. */
  static readonly eventName = 'model-download-resume-request';

  constructor(detail: ModelDownloadRequestDetail) {
    super(ModelDownloadResumeRequestEvent.eventName, { ...REQUEST, detail });
  }
}

/** Requests to cancel a download. */
export class ModelDownloadCancelRequestEvent extends CustomEvent<ModelDownloadRequestDetail> {
  /** The type of the event. */
  static readonly eventName = 'model-download-cancel-request';

  constructor(detail: ModelDownloadRequestDetail) {
    super(ModelDownloadCancelRequestEvent.eventName, { ...REQUEST, detail });
  }
}

/** Requests another attempt with the stored bytes. */
export class ModelDownloadRetryRequestEvent extends CustomEvent<ModelDownloadRequestDetail> {
  /** The type of the event. */
  static readonly eventName = 'model-download-retry-request';

  constructor(detail: ModelDownloadRequestDetail) {
    super(ModelDownloadRetryRequestEvent.eventName, { ...REQUEST, detail });
  }
}

/** Requests another attempt after the stored bytes are deleted. */
export class ModelDownloadRestartRequestEvent extends CustomEvent<ModelDownloadRequestDetail> {
  /** The type of the event. */
  static readonly eventName = 'model-download-restart-request';

  constructor(detail: ModelDownloadRequestDetail) {
    super(ModelDownloadRestartRequestEvent.eventName, { ...REQUEST, detail });
  }
}

/** Reports that the user minimised the dialog. The download continues. `preventDefault()` keeps the dialog open. */
export class ModelDownloadBackgroundRequestEvent extends CustomEvent<ModelDownloadRequestDetail> {
  /** The type of the event. */
  static readonly eventName = 'model-download-background-request';

  constructor(detail: ModelDownloadRequestDetail) {
    super(ModelDownloadBackgroundRequestEvent.eventName, { ...REQUEST, detail });
  }
}

/** Requests the dialog of a download. */
export class ModelDownloadOpenRequestEvent extends CustomEvent<ModelDownloadRequestDetail> {
  /** The type of the event. */
  static readonly eventName = 'model-download-open-request';

  constructor(detail: ModelDownloadRequestDetail) {
    super(ModelDownloadOpenRequestEvent.eventName, { ...REQUEST, detail });
  }
}

/** The detail of a `model-download-choose-model-request` event. */
export interface ModelDownloadChooseModelRequestDetail extends ModelDownloadRequestDetail {
  /** The code of the failure; `undefined` without a failure. */
  readonly reason: string | undefined;
}

/** Requests a different model from the page. */
export class ModelDownloadChooseModelRequestEvent extends CustomEvent<ModelDownloadChooseModelRequestDetail> {
  /** The type of the event. */
  static readonly eventName = 'model-download-choose-model-request';

  constructor(detail: ModelDownloadChooseModelRequestDetail) {
    super(ModelDownloadChooseModelRequestEvent.eventName, { ...REQUEST, detail });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    [ModelDownloadStartRequestEvent.eventName]: ModelDownloadStartRequestEvent;
    [ModelDownloadEstimateRequestEvent.eventName]: ModelDownloadEstimateRequestEvent;
    [ModelDownloadPauseRequestEvent.eventName]: ModelDownloadPauseRequestEvent;
    [ModelDownloadResumeRequestEvent.eventName]: ModelDownloadResumeRequestEvent;
    [ModelDownloadCancelRequestEvent.eventName]: ModelDownloadCancelRequestEvent;
    [ModelDownloadRetryRequestEvent.eventName]: ModelDownloadRetryRequestEvent;
    [ModelDownloadRestartRequestEvent.eventName]: ModelDownloadRestartRequestEvent;
    [ModelDownloadBackgroundRequestEvent.eventName]: ModelDownloadBackgroundRequestEvent;
    [ModelDownloadOpenRequestEvent.eventName]: ModelDownloadOpenRequestEvent;
    [ModelDownloadChooseModelRequestEvent.eventName]: ModelDownloadChooseModelRequestEvent;
  }
}
