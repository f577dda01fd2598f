/**
 * Addresses whose last response was not the file. The browser's cache may have stored that response: the next attempt must bypass
 * the cache, and replace it.
 */
export const suspectAddresses = new Set<string>();
