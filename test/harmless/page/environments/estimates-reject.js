StorageManager.prototype.estimate =
  StorageManager.prototype.persist =
  StorageManager.prototype.persisted =
    () => Promise.reject(new TypeError('Internal error'));
