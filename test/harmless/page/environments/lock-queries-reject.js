LockManager.prototype.query = () => Promise.reject(new DOMException('query() is not allowed in this context.', 'SecurityError'));
