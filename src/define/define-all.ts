import { DownloadRecoveryElement, ModelDownloadDialogElement, ModelProgressMiniElement } from '../elements/index.js';
import { defineOnce } from './define-once.js';

/** Registers every tag of the package. */
export function defineAll(): void {
  defineOnce(DownloadRecoveryElement);
  defineOnce(ModelDownloadDialogElement);
  defineOnce(ModelProgressMiniElement);
}
