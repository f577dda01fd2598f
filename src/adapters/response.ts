import { DownloadFailure } from '../core/index.js';
import { codeOfStatus, type PlanSignal, type TransferSignal } from '../core/internal.js';
import { bodyLength, countBody } from '../model/loader/count-body.js';
import { fileNameIn } from '../model/loader/file-names.js';
import type { ModelLoader } from '../model/loader/model-transfer.js';

export type { ModelLoader, ModelLoaderContext } from '../model/loader/model-transfer.js';

/** Settings of {@link responseLoader}. */
export interface ResponseLoaderOptions<T> {
  /** Makes of the response what the load resolves with, and has to read its body. Default: its bytes. */
  readonly read?: ((response: Response) => Promise<T>) | undefined;
  /** Bytes of the decoded file. Default: as the server says. */
  readonly size?: number | undefined;
  /**
   * Whether the file is kept on this device for the next visit, where `storage()` and `remove()`
   * know it. The server is asked for its version then, and a kept file is used if the version is the
   * same, or if the server cannot be reached. Default `false`: the browser's own cache may keep it.
   */
  readonly keep?: boolean | undefined;
  /** Headers, credentials and so on. */
  readonly init?: RequestInit | undefined;
}

/**
 * A loader for any one file: `responseLoader('/models/own.bin')` resolves with its `ArrayBuffer`.
 * It goes through the `fetch` of the page's manager, where it is resumed, paused and cancelled.
 *
 * Not known: the size of a compressed answer, or of one without a length, unless `size` or the listing
 * of a model hub says it: then there are bytes, and neither a percentage nor a time left. How far
 * `read` is with what it does after the last byte. Without `keep` what has arrived is kept only until
 * the file is whole. Without the transfer layer nothing pauses, and a retry begins anew.
 *
 * @throws DownloadFailure for an answer that is no success; what `fetch` or `read` throws.
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
    const { openFetch, progress_callback, signal, fileNameOf = fileNameIn } = context;
    const name = '';
    const file = fileNameOf(String(url));
    progress_callback({ status: 'plan', name, files: [{ file, size }] } satisfies PlanSignal);
    const response = await ((keep ? context.keep : undefined) ?? context.fetch)(url, { ...init, signal });
    const { status } = response;
    if (!response.ok)
      throw new DownloadFailure(codeOfStatus(status, response.headers.get('X-Error-Code')), `HTTP ${status}: ${String(url)}`, {
        httpStatus: status,
      });
    const tell = (phase: TransferSignal['phase'], loaded: number, total: number | undefined): void =>
      progress_callback({ status: 'transfer', name, file, phase, loaded, stored: 0, total } satisfies TransferSignal);
    // The transfer layer tells of its bytes itself.
    const counted = openFetch ? response : count(response, size ?? bodyLength(response), tell);
    return read ? read(counted) : counted.arrayBuffer();
  };
}

type Report = (phase: TransferSignal['phase'], loaded: number, total: number | undefined) => void;

/** Tells of the bytes of a response as they are read. */
function count(response: Response, total: number | undefined, tell: Report): Response {
  tell('receiving', 0, total);
  return countBody(response, {
    onBytes: (loaded) => tell('receiving', loaded, total),
    onEnd: (loaded) => tell('done', loaded, loaded),
  });
}
