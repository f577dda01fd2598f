import { check, checkOption, checkOptions } from '../core/checks.js';
import { isRecord } from '../core/json.js';
import type { TransferSignal } from '../core/index.js';
import { bodyLength, countBody } from '../model/loader/count-body.js';
import { fileNameIn } from '../model/loader/file-names.js';
import { httpFailure } from '../model/loader/http-failure.js';
import type { ModelLoader } from '../model/loader/model-transfer.js';

export type { ModelLoader, ModelLoaderContext } from '../model/loader/model-transfer.js';

/** Options of {@link responseLoader}. */
export interface ResponseLoaderOptions<T> {
  /** Converts the response to the result of the load; it must read the body. Default: returns its bytes. */
  readonly read?: ((response: Response) => Promise<T>) | undefined;
  /** Bytes of the decoded file. Default: the size that the server reports. */
  readonly size?: number | undefined;
  /**
   * Whether the file is stored on this device for the next visit, where `storage()` counts it and `remove()` deletes it. The next
   * visit requests the headers of the file, and uses the stored file if the server reports the same version. If the server cannot be
   * reached, the stored file is used only if it is the same for each user, as described at `ModelLoaderContext.keep`. Default
   * `false`: only the browser's HTTP cache may store it.
   */
  readonly keep?: boolean | undefined;
  /** Options of the request, such as headers and credentials. Default: none. */
  readonly init?: RequestInit | undefined;
}

/**
 * Creates a loader for any single file: `responseLoader('/models/own.bin')` resolves with its `ArrayBuffer`. The download
 * uses the `fetch` of the loader's context, which can resume, pause and cancel it.
 *
 * Not known: the size of a response that is compressed or has no length, unless `size` or the listing of a model hub contains it.
 * Without a size, bytes are shown, but neither a percentage nor a time left. The progress of `read` after the last byte is not known
 * either. Without `keep`, the stored bytes are deleted when the file is complete. Without the transfer layer, the download cannot be
 * paused, and a retry starts from the beginning.
 *
 * @throws TypeError if an argument has a wrong type; RangeError if `url` cannot be parsed, or `size` is below 0 or infinite. The
 * loader rejects with DownloadFailure for an error response, otherwise with the error of `fetch` or `read`.
 */
export function responseLoader(url: string | URL, settings?: Omit<ResponseLoaderOptions<ArrayBuffer>, 'read'>): ModelLoader<ArrayBuffer>;
export function responseLoader<T>(
  url: string | URL,
  settings: ResponseLoaderOptions<T> & Required<Pick<ResponseLoaderOptions<T>, 'read'>>,
): ModelLoader<T>;
export function responseLoader<T>(url: string | URL, settings: ResponseLoaderOptions<T> = {}): ModelLoader<T | ArrayBuffer> {
  checkAddress(url);
  checkOption('settings', settings, 'object');
  checkOptions(settings, { read: 'function', size: 0, keep: 'boolean', init: 'object' });
  check(settings.size !== Infinity, 'size', settings.size, 'a finite number', true);
  const { read, size, init, keep = false } = settings;
  return async (context) => {
    const { openFetch, report, signal, fileNameOf = fileNameIn } = context;
    const name = '';
    const file = fileNameOf(String(url));
    report({ status: 'plan', name, files: [{ file, size }] });
    const response = await ((keep ? context.keep : undefined) ?? context.fetch)(url, { ...init, signal });
    if (!response.ok) throw httpFailure(response, String(url));
    const onBytes: ByteReport = (phase, loaded, total) => report({ status: 'transfer', name, file, phase, loaded, stored: 0, total });
    // The transfer layer reports its bytes itself.
    const counted = openFetch ? response : count(response, size ?? bodyLength(response), onBytes);
    return read ? read(counted) : counted.arrayBuffer();
  };
}

/**
 * Checks an address before a request: `fetch` rejects for an invalid address with the same error as without a connection, so that the
 * request would be retried.
 */
function checkAddress(url: unknown): void {
  const expected = 'a URL, or a string that can be parsed as one';
  // Not `instanceof`: a URL can belong to another realm.
  const address = isRecord(url) ? url.href : url;
  check(typeof address === 'string', 'url', url, expected);
  check(canParse(address), 'url', url, expected, true);
}

function canParse(url: string): boolean {
  try {
    // Relative addresses need a base. Any base is sufficient here, and a server has no base of its own.
    return Boolean(new URL(url, 'http://localhost'));
  } catch {
    return false;
  }
}

type ByteReport = (phase: TransferSignal['phase'], loaded: number, total: number | undefined) => void;

/** Reports the bytes of a response while they are read. */
function count(response: Response, total: number | undefined, onBytes: ByteReport): Response {
  onBytes('receiving', 0, total);
  return countBody(response, {
    onBytes: (loaded) => onBytes('receiving', loaded, total),
    onEnd: (loaded) => onBytes('done', loaded, loaded),
  });
}
