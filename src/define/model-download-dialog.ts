import { DownloadRecoveryElement, ModelDownloadDialogElement } from '../elements/index.js';
import { defineOnce } from './define-once.js';

// The dialog draws a recovery inside itself.
defineOnce(DownloadRecoveryElement);
defineOnce(ModelDownloadDialogElement);

declare global {
  interface HTMLElementTagNameMap {
    [ModelDownloadDialogElement.tagName]: ModelDownloadDialogElement;
  }
}
