import type { DownloadRequest } from '../download-request.js';
import { hubAddressesOf } from '../integrity/hub-addresses.js';

/**
 * Addresses whose last response was not the file. The browser's cache may have stored that response. The next attempt must bypass
 * the cache, and replace the stored response.
 */
export const suspectAddresses = new Set<string>();

/** The listings of models that had another hash for a file than the one that was received. */
const suspectModels = new Set<string>();

/** Records that the file at an address was not the one that the hub lists: the browser's cache may have other files of that version. */
export function suspectModelOf(url: string): void {
  suspectAddresses.add(url);
  const { listing } = hubAddressesOf(url) ?? {};
  if (listing !== undefined) suspectModels.add(listing);
}

/** Whether the browser's cache may have another version of the file at an address. */
export function isSuspect(url: string): boolean {
  return suspectAddresses.has(url) || suspectModels.has(hubAddressesOf(url)?.listing ?? '');
}

/**
 * The cache mode for the request of a whole file; `undefined` means the caller's own mode. The other files of a suspect model are
 * compared with those of the server. Otherwise each stale file would end an attempt to load the model.
 */
export function cacheModeFor({ url, isCacheable }: Pick<DownloadRequest, 'url' | 'isCacheable'>): RequestCache | undefined {
  if (suspectAddresses.has(url)) return 'reload';
  return isCacheable && isSuspect(url) ? 'no-cache' : undefined;
}
