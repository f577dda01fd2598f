// Cookies are blocked: every use of the caches is refused, at once.
for (const name of ['open', 'match', 'has', 'keys', 'delete']) {
  CacheStorage.prototype[name] = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
}
