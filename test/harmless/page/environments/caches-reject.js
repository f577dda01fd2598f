for (const name of ['open', 'match', 'has', 'keys', 'delete']) {
  CacheStorage.prototype[name] = () =>
    Promise.reject(new DOMException('An attempt was made to break through the security policy.', 'SecurityError'));
}
