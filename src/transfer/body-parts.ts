import type { BodyCheck } from './integrity/body-check.js';
import type { DownloadRequest } from './download-request.js';
import type { FileDownloadContext } from './file-download-context.js';
import type { PartialBody } from './store/partial-body.js';
import type { ReconnectingSource } from './network/reconnecting-source.js';
import type { ListedFile } from './integrity/listed-file.js';

/** What one body is made of. */
export interface BodyParts {
  readonly context: FileDownloadContext;
  readonly request: DownloadRequest;
  readonly url: string;
  /** What its bytes are kept under. */
  readonly key: string;
  readonly line: ReconnectingSource;
  readonly check: BodyCheck;
  readonly kept: PartialBody;
  readonly listed: ListedFile;
  readonly signal: AbortSignal;
}
