import type { DownloadLoaderContext, FetchLike } from '../../core/index.js';
import type { DownloadFetch, LookUp } from '../../transfer/index.js';
import type { RuntimeCache } from '../transformers/runtime-cache.js';

/** What a loader is given beside the events and the signal. */
export interface ModelLoaderContext extends DownloadLoaderContext {
  /**
   * The platform's `fetch`, or one whose downloads are resumed, paused and counted. A loader of the
   * page's own should download with it.
   */
  readonly fetch: FetchLike;
  /**
   * As `fetch`, and a file that arrives whole is kept on this device, where `storage()` and
   * `remove()` know it. At the next visit the server is asked for its version: the kept file is used
   * if the version is the same, or if the server cannot be reached. `undefined` without the transfer
   * layer.
   */
  readonly keep?: FetchLike | undefined;
  /**
   * What events of this load call the file at an address: its last part, or more of it where two
   * files of the load end alike.
   */
  readonly fileNameOf?: ((url: string) => string) | undefined;
  /** Opens such a `fetch` for files that are not at the end of their address; `undefined` without the transfer layer. */
  readonly openFetch?: ((place: FileOrigin) => Promise<DownloadFetch>) | undefined;
}

/** Loads a model and resolves with it once it is usable. Called again for each attempt. */
export type ModelLoader<T> = (context: ModelLoaderContext) => Promise<T>;

/** Where a load's files come from, and where they go. */
export interface FileOrigin {
  /** The model, as events name it. */
  readonly name: string;
  /** What makes the requests. Default: the platform's `fetch`. */
  readonly fetch?: FetchLike | undefined;
  /** The path of a file inside the model. */
  readonly fileOf: (url: string) => string;
  /** The cache in which the runtime keeps whole files; `undefined` when it keeps none. */
  readonly cache?: RuntimeCache | undefined;
  /** Size and hash of a file. Default: the listing of the model hub, for addresses that are of one. */
  readonly lookUp?: LookUp | undefined;
  /** Whether an error status of a file goes to the caller at once, who goes on without it. Default: of no file. */
  readonly passesErrors?: ((url: string) => boolean) | undefined;
  /** Called when a file is broken for good. */
  readonly onFailure?: ((cause: unknown, url: string) => void) | undefined;
}
