import { contentLengthOf } from '../../core/internal.js';
import { largeLength } from './large-entries.js';

/**
 * Up to this size, in bytes, the true size of an entry is determined by `blob()`, for which engines other than Chromium copy the
 * whole entry.
 */
const READ_LIMIT = 64 * 1024 * 1024;

/** How many bytes of a file show what it contains. */
const HEAD = 256;

/** The beginning of an HTML page, which some servers send for a file that does not exist. */
const HTML = /^\s*<(?:!doctype html|html|head|body)\b/i;

/** The beginning of a Git LFS pointer, which replaces a large file in a Git repository. */
const LFS_POINTER = 'version https://git-lfs.github.com/spec/v1';

/**
 * Bytes of a cached file, or `undefined` if a load could not use the entry: an HTML page, a Git LFS pointer, an error response, or a
 * file that is shorter than its `Content-Length`. Consumes the response. A large file counts as complete until its length is known.
 *
 * @param address The address of the entry.
 */
export async function usableSize(response: Response, address: string): Promise<number | undefined> {
  if (!response.ok) return undefined;
  const noted = contentLengthOf(response);
  if (noted !== undefined && noted > READ_LIMIT && !hasCheapBlobs()) return usableLarge(response, noted, address);
  const blob = await response.blob();
  const isWhole = noted === undefined || blob.size >= noted;
  return isWhole && isModelContent(await blob.slice(0, HEAD).text()) ? blob.size : undefined;
}

async function usableLarge(response: Response, noted: number, address: string): Promise<number | undefined> {
  const head = await readHead(response.clone());
  const length = (response.body && largeLength(address, noted, response.body)) ?? noted;
  return length >= noted && isModelContent(head) ? length : undefined;
}

/** Whether the size of a `blob()` is known without a copy of its bytes: in Chromium, which alone has `userAgentData`. */
function hasCheapBlobs(): boolean {
  return 'userAgentData' in ((globalThis as { navigator?: object }).navigator ?? {});
}

function isModelContent(head: string): boolean {
  return !HTML.test(head) && !head.startsWith(LFS_POINTER);
}

async function readHead({ body }: Response): Promise<string> {
  const reader = body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(first?.value?.subarray(0, HEAD));
}
