import { DownloadRecoveryElement, ModelDownloadDialogElement, ModelProgressMiniElement } from '../elements/index.js';
import { defineOnce } from './define-once.js';

/** Registers every tag of the package except `<model-storage>`, which has an entry of its own. */
export function defineAll(): void {
  defineOnce(DownloadRecoveryElement);
  defineOnce(ModelDownloadDialogElement);
  defineOnce(ModelProgressMiniElement);
}
