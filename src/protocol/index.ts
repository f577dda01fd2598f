export {
  ModelDownloadChangeEvent,
  ModelDownloadQueryEvent,
  type ModelDownloadChangeDetail,
  type ModelDownloadQueryDetail,
} from './facts.js';
export {
  ModelStoragePersistRequestEvent,
  ModelStorageQueryEvent,
  ModelStorageRemoveRequestEvent,
  type ModelStoragePersistRequestDetail,
  type ModelStorageQueryDetail,
  type ModelStorageRemoveRequestDetail,
} from './storage.js';
export type { ModelStorage, OtherStorage, StorageReport } from './storage-report.js';
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
  type ModelDownloadStartRequestDetail,
} from './requests.js';
