import { ModelProgressMiniElement } from '../elements/index.js';
import { defineOnce } from './define-once.js';

defineOnce(ModelProgressMiniElement);

declare global {
  interface HTMLElementTagNameMap {
    [ModelProgressMiniElement.tagName]: ModelProgressMiniElement;
  }
}
