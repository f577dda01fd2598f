import { DownloadRecoveryElement } from '../elements/index.js';
import { defineOnce } from './define-once.js';

defineOnce(DownloadRecoveryElement);

declare global {
  interface HTMLElementTagNameMap {
    [DownloadRecoveryElement.tagName]: DownloadRecoveryElement;
  }
}
