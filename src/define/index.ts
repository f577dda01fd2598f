import type { DownloadRecoveryElement, ModelDownloadDialogElement, ModelProgressMiniElement } from '../elements/index.js';
import { defineAll } from './define-all.js';

defineAll();

// Here, since an import of which only the effect is wanted is left out of the declarations.
declare global {
  interface HTMLElementTagNameMap {
    [DownloadRecoveryElement.tagName]: DownloadRecoveryElement;
    [ModelDownloadDialogElement.tagName]: ModelDownloadDialogElement;
    [ModelProgressMiniElement.tagName]: ModelProgressMiniElement;
  }
}
