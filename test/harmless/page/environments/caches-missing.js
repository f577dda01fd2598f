delete globalThis.caches;
