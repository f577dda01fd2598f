for (const name of ['open', 'match', 'has', 'keys', 'delete']) CacheStorage.prototype[name] = () => new Promise(() => {});
