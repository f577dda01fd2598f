import type { DownloadLoaderContext, FetchLike } from '../../core/index.js';
import type { CompleteBody, DownloadFetch, FileProgressReport, LookUp } from '../../transfer/internal.js';
import type { RuntimeCache } from '../transformers/runtime-cache.js';

/** The context of one attempt to load a model. */
export interface ModelLoaderContext extends DownloadLoaderContext {
  /**
   * A `fetch` whose downloads are resumed, paused and counted; the platform's `fetch` without the transfer layer. A page's
   * own loader should download with it.
   */
  readonly fetch: FetchLike;
  /**
   * As `fetch`, and stores complete files on this device, where `storage()` counts them and `remove()` deletes them. At the next
   * visit it requests the headers of the file, and returns the stored file if the server reports the same version. If the server
   * cannot be reached, it returns the stored file only if the file is the same for each user. That is so if the request sends no
   * cookies, or if the server has sent `Cache-Control: public` with the file. `undefined` without the transfer layer.
   */
  readonly keep?: FetchLike | undefined;
  /**
   * The name of the file at an address in the events of this load: the last segment, or more segments if two files of the
   * load end alike.
   */
  readonly fileNameOf?: ((url: string) => string) | undefined;
  /** Resolves with a `fetch` like the one above, for files of another origin; `undefined` without the transfer layer. */
  readonly openFetch?: ((origin: FileOrigin) => Promise<DownloadFetch>) | undefined;
}

/** Loads a model and resolves with it when it is usable. Called for each attempt. */
export type ModelLoader<T> = (context: ModelLoaderContext) => Promise<T>;

/** Stores the files of a load while the model starts. */
export interface BackgroundStorage {
  /** Records that the runtime requests a file. Only a response that reaches the runtime directly has bytes that nothing else changes. */
  noteRequest(url: string): void;
  /** Holds a complete file until the runtime stores it; its stored bytes stay until the promise resolves. `undefined` if it is not held. */
  hold(url: string, body: CompleteBody): Promise<void> | undefined;
  /** Resolves with whether a file is stored that is being copied from the store; `undefined` if it is not being copied. Never rejects. */
  copying(url: string): Promise<boolean> | undefined;
}

/** Where the files of a load come from, and where the runtime stores them. */
export interface FileOrigin {
  /** The name of the model in events. */
  readonly name: string;
  /** Makes the requests. Default: the platform's `fetch`. */
  readonly fetch?: FetchLike | undefined;
  /** The path of a file inside the model. */
  readonly fileOf: (url: string) => string;
  /** The cache in which the runtime stores complete files; `undefined` if it stores none. */
  readonly cache?: RuntimeCache | undefined;
  /** Stores files for the runtime in the background. Default: the runtime stores them itself. */
  readonly background?: BackgroundStorage | undefined;
  /** Looks up the size and hash of a file. Default: the listing of the model hub, if the address belongs to one. */
  readonly lookUp?: LookUp | undefined;
  /** Whether an error response for an address is returned without a retry, since the file is optional. Default: for none. */
  readonly passesErrors?: ((url: string) => boolean) | undefined;
  /** Called with the progress of each file, also after the load has ended. */
  readonly onProgress?: ((url: string, progress: FileProgressReport) => void) | undefined;
  /** Called when a file has failed and is not retried. */
  readonly onFailure?: ((cause: unknown, url: string) => void) | undefined;
  /**
   * Whether its downloads continue after the load was cancelled, even if they were paused. This is for the file of the ONNX Runtime:
   * after a failed request for it, the runtime cannot start on this page any more. Default: they end with the load.
   */
  readonly outlivesLoad?: boolean | undefined;
}
