/**
 * Addresses whose last response was not the file. The browser's cache may have stored that response. The next attempt must bypass
 * the cache, and replace the stored response.
 */
export const suspectAddresses = new Set<string>();
