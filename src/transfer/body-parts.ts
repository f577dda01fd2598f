import type { BodyCheck } from './body-check.js';
import type { FileDownloadContext } from './file-download-context.js';
import type { KeptBytes } from './kept-bytes.js';
import type { Line } from './line.js';
import type { ListedFile } from './listed-file.js';

/** What one body is made of. */
export interface BodyParts {
  readonly context: FileDownloadContext;
  readonly url: string;
  /** What its bytes are kept under. */
  readonly key: string;
  readonly line: Line;
  readonly check: BodyCheck;
  readonly kept: KeptBytes;
  readonly listed: ListedFile;
  readonly signal: AbortSignal;
}
