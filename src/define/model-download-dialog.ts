import { DownloadRecoveryElement, ModelDownloadDialogElement } from '../elements/index.js';
import { defineOnce } from './define-once.js';

// The dialog renders a `<download-recovery>`.
defineOnce(DownloadRecoveryElement);
defineOnce(ModelDownloadDialogElement);

declare global {
  interface HTMLElementTagNameMap {
    [ModelDownloadDialogElement.tagName]: ModelDownloadDialogElement;
  }
}
