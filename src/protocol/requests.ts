/** What a request names. */
export interface ModelDownloadRequestDetail {
  /** The page's name for the model. */
  readonly modelKey: string;
}

/**
 * Every request bubbles, crosses shadow roots and can be refused with `preventDefault()`. It asks:
 * nothing has happened until a `model-download-change` says so.
 */
const REQUEST = { bubbles: true, composed: true, cancelable: true } as const;

/** Asks to begin a download. */
export class ModelDownloadStartRequestEvent extends CustomEvent<ModelDownloadRequestDetail> {
  /** What listeners name it by. */
  static readonly eventName = 'model-download-start-request';

  constructor(detail: ModelDownloadRequestDetail) {
    super(ModelDownloadStartRequestEvent.eventName, { ...REQUEST, detail });
  }
}

/** Asks how big a download is, whether it is on this device, and whether it fits. A `model-download-change` answers. */
export class ModelDownloadEstimateRequestEvent extends CustomEvent<ModelDownloadRequestDetail> {
  /** What listeners name it by. */
  static readonly eventName = 'model-download-estimate-request';

  constructor(detail: ModelDownloadRequestDetail) {
    super(ModelDownloadEstimateRequestEvent.eventName, { ...REQUEST, detail });
  }
}

/** Asks to stop a download so that it can go on later. */
export class ModelDownloadPauseRequestEvent extends CustomEvent<ModelDownloadRequestDetail> {
  /** What listeners name it by. */
  static readonly eventName = 'model-download-pause-request';

  constructor(detail: ModelDownloadRequestDetail) {
    super(ModelDownloadPauseRequestEvent.eventName, { ...REQUEST, detail });
  }
}

/** Asks to go on with a paused download. */
export class ModelDownloadResumeRequestEvent extends CustomEvent<ModelDownloadRequestDetail> {
  /** What listeners name it by. */
  static readonly eventName = 'model-download-resume-request';

  constructor(detail: ModelDownloadRequestDetail) {
    super(ModelDownloadResumeRequestEvent.eventName, { ...REQUEST, detail });
  }
}

/** Asks to end a download. */
export class ModelDownloadCancelRequestEvent extends CustomEvent<ModelDownloadRequestDetail> {
  /** What listeners name it by. */
  static readonly eventName = 'model-download-cancel-request';

  constructor(detail: ModelDownloadRequestDetail) {
    super(ModelDownloadCancelRequestEvent.eventName, { ...REQUEST, detail });
  }
}

/** Asks for another attempt, from the bytes that are held. */
export class ModelDownloadRetryRequestEvent extends CustomEvent<ModelDownloadRequestDetail> {
  /** What listeners name it by. */
  static readonly eventName = 'model-download-retry-request';

  constructor(detail: ModelDownloadRequestDetail) {
    super(ModelDownloadRetryRequestEvent.eventName, { ...REQUEST, detail });
  }
}

/** Asks for another attempt, from nothing: what is held goes first. */
export class ModelDownloadRestartRequestEvent extends CustomEvent<ModelDownloadRequestDetail> {
  /** What listeners name it by. */
  static readonly eventName = 'model-download-restart-request';

  constructor(detail: ModelDownloadRequestDetail) {
    super(ModelDownloadRestartRequestEvent.eventName, { ...REQUEST, detail });
  }
}

/** The dialog was minimised: the download goes on, and a mini indicator may take over. */
export class ModelDownloadBackgroundRequestEvent extends CustomEvent<ModelDownloadRequestDetail> {
  /** What listeners name it by. */
  static readonly eventName = 'model-download-background-request';

  constructor(detail: ModelDownloadRequestDetail) {
    super(ModelDownloadBackgroundRequestEvent.eventName, { ...REQUEST, detail });
  }
}

/** Asks for the dialog of a download. */
export class ModelDownloadOpenRequestEvent extends CustomEvent<ModelDownloadRequestDetail> {
  /** What listeners name it by. */
  static readonly eventName = 'model-download-open-request';

  constructor(detail: ModelDownloadRequestDetail) {
    super(ModelDownloadOpenRequestEvent.eventName, { ...REQUEST, detail });
  }
}

/** What is asked with "use a different model". */
export interface ModelDownloadChooseModelRequestDetail extends ModelDownloadRequestDetail {
  /** The failure code that led to it; `undefined` when nothing failed. */
  readonly reason: string | undefined;
}

/** Asks the page for a different model. */
export class ModelDownloadChooseModelRequestEvent extends CustomEvent<ModelDownloadChooseModelRequestDetail> {
  /** What listeners name it by. */
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
