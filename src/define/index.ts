import type { DownloadRecoveryElement, ModelDownloadDialogElement, ModelProgressMiniElement } from '../elements/index.js';
import { defineAll } from './define-all.js';

defineAll();

// Not beside `defineAll`: an import for its effects alone is left out of the declarations.
declare global {
  interface HTMLElementTagNameMap {
    [DownloadRecoveryElement.tagName]: DownloadRecoveryElement;
    [ModelDownloadDialogElement.tagName]: ModelDownloadDialogElement;
    [ModelProgressMiniElement.tagName]: ModelProgressMiniElement;
  }
}
