import type { StorageReport } from './storage-report.js';

/** The detail of a `model-storage-query` event. */
export interface ModelStorageQueryDetail {
  /** Called synchronously by each listener that has models, with a promise of their storage. */
  readonly answer: (report: Promise<StorageReport>) => void;
}

/** Requests what is stored on this device. A `<model-storage>` dispatches it when it is shown, and after changes. */
export class ModelStorageQueryEvent extends CustomEvent<ModelStorageQueryDetail> {
  /** The type of the event. */
  static readonly eventName = 'model-storage-query';

  constructor(detail: ModelStorageQueryDetail) {
    super(ModelStorageQueryEvent.eventName, { bubbles: true, composed: true, detail });
  }
}

/** The detail of a `model-storage-remove-request` event. */
export interface ModelStorageRemoveRequestDetail {
  /** The key of the model. */
  readonly modelKey: string;
  /** Called by the listener that deletes the files, with a promise that resolves when they are deleted. */
  readonly answer?: ((removal: Promise<void>) => void) | undefined;
}

/**
 * Requests to delete the files of a model. A `<model-storage>` dispatches it when the time for "Undo" has passed.
 * `preventDefault()` keeps the files.
 */
export class ModelStorageRemoveRequestEvent extends CustomEvent<ModelStorageRemoveRequestDetail> {
  /** The type of the event. */
  static readonly eventName = 'model-storage-remove-request';

  constructor(detail: ModelStorageRemoveRequestDetail) {
    super(ModelStorageRemoveRequestEvent.eventName, { bubbles: true, composed: true, cancelable: true, detail });
  }
}

/** The detail of a `model-storage-persist-request` event. */
export interface ModelStoragePersistRequestDetail {
  /** Called by the listener that requests it, with a promise of whether the browser keeps the data; `undefined` if unknown. */
  readonly answer?: ((persistence: Promise<boolean | undefined>) => void) | undefined;
}

/** Requests that the browser keeps the site's data when space runs low. `preventDefault()` refuses it. */
export class ModelStoragePersistRequestEvent extends CustomEvent<ModelStoragePersistRequestDetail> {
  /** The type of the event. */
  static readonly eventName = 'model-storage-persist-request';

  constructor(detail: ModelStoragePersistRequestDetail) {
    super(ModelStoragePersistRequestEvent.eventName, { bubbles: true, composed: true, cancelable: true, detail });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    [ModelStorageQueryEvent.eventName]: ModelStorageQueryEvent;
    [ModelStorageRemoveRequestEvent.eventName]: ModelStorageRemoveRequestEvent;
    [ModelStoragePersistRequestEvent.eventName]: ModelStoragePersistRequestEvent;
  }
}
