import { DownloadFailure, type TransferSignal } from '../core/index.js';
import { codeOfStatus } from '../core/internal.js';
import { bodyLength, countBody } from '../model/loader/count-body.js';
import { fileNameIn } from '../model/loader/file-names.js';
import type { ModelLoader } from '../model/loader/model-transfer.js';

export type { ModelLoader, ModelLoaderContext } from '../model/loader/model-transfer.js';

/** Options of {@link responseLoader}. */
export interface ResponseLoaderOptions<T> {
  /** Converts the response to the result of the load; it must read the body. Default: returns its bytes. */
  readonly read?: ((response: Response) => Promise<T>) | undefined;
  /** Bytes of the decoded file. Default: the size that the server reports. */
  readonly size?: number | undefined;
  /**
   * Whether the file is stored on this device for the next visit, where `storage()` counts it and `remove()` deletes it. At
   * the next visit the server is requested for the version of the file: the stored file is used if the version is the same,
   * or if the server cannot be reached. Default `false`: only the browser's HTTP cache may store it.
   */
  readonly keep?: boolean | undefined;
  /** Options of the request, such as headers and credentials. Default: none. */
  readonly init?: RequestInit | undefined;
}

/**
 * Creates a loader for any single file: `responseLoader('/models/own.bin')` resolves with its `ArrayBuffer`. The download
 * uses the `fetch` of the loader's context, which can resume, pause and cancel it.
 *
 * Not known: the size of a compressed response, or of one without a length, unless `size` or the listing of a model hub
 * contains it; then bytes are shown, but neither a percentage nor a time left. The progress of `read` after the last byte is
 * not known either. Without `keep` the received bytes are stored only until the file is whole. Without the transfer layer
 * the download cannot be paused, and a retry starts from the beginning.
 *
 * @throws DownloadFailure for an error response. Otherwise rejects with the error of `fetch` or `read`.
 */
export function responseLoader(url: string | URL, settings?: Omit<ResponseLoaderOptions<ArrayBuffer>, 'read'>): ModelLoader<ArrayBuffer>;
export function responseLoader<T>(
  url: string | URL,
  settings: ResponseLoaderOptions<T> & Required<Pick<ResponseLoaderOptions<T>, 'read'>>,
): ModelLoader<T>;
export function responseLoader<T>(
  url: string | URL,
  { read, size, init, keep = false }: ResponseLoaderOptions<T> = {},
): ModelLoader<T | ArrayBuffer> {
  return async (context) => {
    const { openFetch, report, signal, fileNameOf = fileNameIn } = context;
    const name = '';
    const file = fileNameOf(String(url));
    report({ status: 'plan', name, files: [{ file, size }] });
    const response = await ((keep ? context.keep : undefined) ?? context.fetch)(url, { ...init, signal });
    const { status } = response;
    if (!response.ok)
      throw new DownloadFailure(codeOfStatus(status, response.headers.get('X-Error-Code')), `HTTP ${status}: ${String(url)}`, {
        httpStatus: status,
      });
    const reportBytes = (phase: TransferSignal['phase'], loaded: number, total: number | undefined): void =>
      report({ status: 'transfer', name, file, phase, loaded, stored: 0, total });
    // The transfer layer reports its bytes itself.
    const counted = openFetch ? response : count(response, size ?? bodyLength(response), reportBytes);
    return read ? read(counted) : counted.arrayBuffer();
  };
}

type Report = (phase: TransferSignal['phase'], loaded: number, total: number | undefined) => void;

/** Reports the bytes of a response while they are read. */
function count(response: Response, total: number | undefined, report: Report): Response {
  report('receiving', 0, total);
  return countBody(response, {
    onBytes: (loaded) => report('receiving', loaded, total),
    onEnd: (loaded) => report('done', loaded, loaded),
  });
}
