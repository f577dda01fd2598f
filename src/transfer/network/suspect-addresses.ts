/**
 * Addresses whose last answer was not the file. The browser's cache may have stored that answer: the next attempt must bypass
 * the cache, and replace it.
 */
export const suspectAddresses = new Set<string>();
