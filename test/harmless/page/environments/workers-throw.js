/** @type {any} */ (globalThis).Worker = class {
  constructor() {
    throw new DOMException('Access to the script is denied by the document’s policy.', 'SecurityError');
  }
};
