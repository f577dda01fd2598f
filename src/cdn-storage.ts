// `<model-storage>` and its events: a chunk of the files for a CDN, which `defineModelStorage()` loads.
import './define/model-storage.js';

export { ModelStorageElement } from './elements/index.js';
export { ModelStoragePersistRequestEvent, ModelStorageQueryEvent, ModelStorageRemoveRequestEvent } from './protocol/index.js';
