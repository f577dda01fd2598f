/** Up to this size, in bytes, an entry is read to learn its true size: some engines copy all of it for that. */
const READ_LIMIT = 64 * 1024 * 1024;

/** How much of a file tells what it is, in bytes. */
const HEAD = 256;

/** How a page begins that a server sends where it has no such file. */
const HTML = /^\s*<(?:!doctype html|html|head|body)\b/i;

/** How the file begins that stands for a large one in a Git repository. */
const LFS_POINTER = 'version https://git-lfs.github.com/spec/v1';

/**
 * Bytes of a file that a cache keeps, or `undefined` where a load could not use the entry: a page in
 * HTML, a Git LFS pointer, an error answer, or a file that is shorter than its `Content-Length`.
 * Consumes the response. A file that is too large to be read counts as whole.
 */
export async function keptSize(response: Response): Promise<number | undefined> {
  if (!response.ok) return undefined;
  const noted = Number(response.headers.get('Content-Length') ?? Number.NaN);
  if (noted > READ_LIMIT) return isUsable(await readHead(response)) ? noted : undefined;
  const blob = await response.blob();
  const isWhole = Number.isNaN(noted) || blob.size >= noted;
  return isWhole && isUsable(await blob.slice(0, HEAD).text()) ? blob.size : undefined;
}

function isUsable(head: string): boolean {
  return !HTML.test(head) && !head.startsWith(LFS_POINTER);
}

async function readHead({ body }: Response): Promise<string> {
  const reader = body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(first?.value?.subarray(0, HEAD));
}
