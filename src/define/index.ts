import type { DownloadRecoveryElement, ModelDownloadDialogElement, ModelProgressMiniElement } from '../elements/index.js';
import { defineAll } from './define-all.js';

defineAll();

// Declared here, because an import for side effects only is omitted from the declarations.
declare global {
  interface HTMLElementTagNameMap {
    [DownloadRecoveryElement.tagName]: DownloadRecoveryElement;
    [ModelDownloadDialogElement.tagName]: ModelDownloadDialogElement;
    [ModelProgressMiniElement.tagName]: ModelProgressMiniElement;
  }
}
