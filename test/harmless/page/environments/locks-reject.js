LockManager.prototype.request = () =>
  Promise.reject(new DOMException('Access to the Locks API is denied in this context.', 'SecurityError'));
