import type { ModelDownloads } from '../page/index.js';

/**
 * @param advice How a component gets an object, as a sentence.
 * @throws Error without an object.
 */
export function requireDownloads(downloads: ModelDownloads | undefined | null, advice: string): ModelDownloads {
  if (downloads) return downloads;
  throw new Error(`No ModelDownloads was found. ${advice}`);
}
