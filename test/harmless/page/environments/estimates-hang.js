StorageManager.prototype.estimate = StorageManager.prototype.persist = StorageManager.prototype.persisted = () => new Promise(() => {});
