export {
  ModelDownloadChangeEvent,
  ModelDownloadQueryEvent,
  type ModelDownloadChangeDetail,
  type ModelDownloadQueryDetail,
} from './facts.js';
export {
  ModelDownloadBackgroundRequestEvent,
  ModelDownloadCancelRequestEvent,
  ModelDownloadChooseModelRequestEvent,
  ModelDownloadEstimateRequestEvent,
  ModelDownloadOpenRequestEvent,
  ModelDownloadPauseRequestEvent,
  type ModelDownloadRequestDetail,
  ModelDownloadRestartRequestEvent,
  ModelDownloadResumeRequestEvent,
  ModelDownloadRetryRequestEvent,
  ModelDownloadStartRequestEvent,
  type ModelDownloadChooseModelRequestDetail,
} from './requests.js';
