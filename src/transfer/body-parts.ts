import type { BodyCheck } from './integrity/body-check.js';
import type { DownloadRequest } from './download-request.js';
import type { FileDownloadContext } from './file-download-context.js';
import type { PartialBody } from './store/partial-body.js';
import type { ReconnectingSource } from './network/reconnecting-source.js';
import type { ListedFile } from './integrity/listed-file.js';

/** The objects that read, store and check one body. */
export interface BodyParts {
  readonly context: FileDownloadContext;
  readonly request: DownloadRequest;
  readonly url: string;
  /** The name of the file in the store. */
  readonly key: string;
  readonly source: ReconnectingSource;
  readonly check: BodyCheck;
  readonly partial: PartialBody;
  readonly listed: ListedFile;
  readonly signal: AbortSignal;
}
