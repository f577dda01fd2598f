/** @type {any} */ (globalThis).BroadcastChannel = class {
  constructor() {
    throw new DOMException('BroadcastChannel is disabled in this context.', 'SecurityError');
  }
};
