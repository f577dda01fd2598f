LockManager.prototype.request = LockManager.prototype.query = () => {
  throw new DOMException('Access to the Locks API is denied in this context.', 'SecurityError');
};
