/**
 * Addresses whose last answer was not the file. The browser's cache may have kept it, and would give it to the next
 * attempt: that one has to pass the cache by, and to put the right answer in its place.
 */
export const suspectAddresses = new Set<string>();
