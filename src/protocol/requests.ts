/** The detail of a request event. */
export interface ModelDownloadRequestDetail {
  /** The key of the model. */
  readonly modelKey: string;
}

/**
 * A request of an element. It bubbles, crosses shadow roots and can be refused with `preventDefault()`. It changes nothing by
 * itself: a `model-download-change` event reports the result.
 */
abstract class RequestEvent<Detail> extends CustomEvent<Detail> {
  declare static readonly eventName: string;

  constructor(detail: Detail) {
    super(new.target.eventName, { bubbles: true, composed: true, cancelable: true, detail });
  }
}

/** The detail of a `model-download-start-request` event. */
export interface ModelDownloadStartRequestDetail extends ModelDownloadRequestDetail {
  /** The key of the variant that the user chose; `undefined` for the page's, or for a model without variants. */
  readonly variant?: string | undefined;
}

/** Requests the start of a download. */
export class ModelDownloadStartRequestEvent extends RequestEvent<ModelDownloadStartRequestDetail> {
  /** The type of the event. */
  static override readonly eventName = 'model-download-start-request';
}

/** Requests the size of a download, and whether it is on this device and fits. A `model-download-change` event reports the result. */
export class ModelDownloadEstimateRequestEvent extends RequestEvent<ModelDownloadRequestDetail> {
  /** The type of the event. */
  static override readonly eventName = 'model-download-estimate-request';
}

/** Requests to pause a download. */
export class ModelDownloadPauseRequestEvent extends RequestEvent<ModelDownloadRequestDetail> {
  /** The type of the event. */
  static override readonly eventName = 'model-download-pause-request';
}

/** Requests to resume a paused download. */
export class ModelDownloadResumeRequestEvent extends RequestEvent<ModelDownloadRequestDetail> {
  /** The type of the event. */
  static override readonly eventName = 'model-download-resume-request';
}

/** Requests to cancel a download. */
export class ModelDownloadCancelRequestEvent extends RequestEvent<ModelDownloadRequestDetail> {
  /** The type of the event. */
  static override readonly eventName = 'model-download-cancel-request';
}

/** Requests another attempt with the stored bytes. */
export class ModelDownloadRetryRequestEvent extends RequestEvent<ModelDownloadRequestDetail> {
  /** The type of the event. */
  static override readonly eventName = 'model-download-retry-request';
}

/** Requests another attempt after the stored bytes are deleted. */
export class ModelDownloadRestartRequestEvent extends RequestEvent<ModelDownloadRequestDetail> {
  /** The type of the event. */
  static override readonly eventName = 'model-download-restart-request';
}

/** Reports that the user minimised the dialog. The download continues. `preventDefault()` keeps the dialog open. */
export class ModelDownloadBackgroundRequestEvent extends RequestEvent<ModelDownloadRequestDetail> {
  /** The type of the event. */
  static override readonly eventName = 'model-download-background-request';
}

/** Requests the dialog of a download. */
export class ModelDownloadOpenRequestEvent extends RequestEvent<ModelDownloadRequestDetail> {
  /** The type of the event. */
  static override readonly eventName = 'model-download-open-request';
}

/** The detail of a `model-download-choose-model-request` event. */
export interface ModelDownloadChooseModelRequestDetail extends ModelDownloadRequestDetail {
  /** The code of the failure; `undefined` without a failure. */
  readonly reason: string | undefined;
}

/** Requests a different model from the page. */
export class ModelDownloadChooseModelRequestEvent extends RequestEvent<ModelDownloadChooseModelRequestDetail> {
  /** The type of the event. */
  static override readonly eventName = 'model-download-choose-model-request';
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
