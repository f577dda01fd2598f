LockManager.prototype.request = LockManager.prototype.query = () => new Promise(() => {});
