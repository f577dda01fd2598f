import { ModelStorageElement } from '../elements/index.js';
import { defineOnce } from './define-once.js';

defineOnce(ModelStorageElement);

declare global {
  interface HTMLElementTagNameMap {
    [ModelStorageElement.tagName]: ModelStorageElement;
  }
}
