import { classifyFailure, DownloadFailure } from '../../core/index.js';
import { failureCodeOf } from '../loader/http-failure.js';

/** The addresses of one load of which the hub has reported that the file, its revision or the model does not exist. */
export class MissingFiles {
  readonly #addresses = new Set<string>();

  /** Records a response for an address, as it was requested. */
  record(address: string, response: Response): void {
    if (!response.ok && failureCodeOf(response) === 'not-found') this.#addresses.add(address);
  }

  /**
   * Returns a failure `not-found` in place of `unauthorized` if the hub's headers have shown that the failed file does not exist:
   * Transformers.js reports only the status. The failed file is the one in the message, since an optional file can be missing from a
   * model that needs a permission.
   */
  explain(cause: unknown): unknown {
    const { code, message, httpStatus } = classifyFailure(cause);
    const isMissing = [...this.#addresses].some((address) => message.includes(`"${address}"`));
    return code === 'unauthorized' && isMissing ? new DownloadFailure('not-found', message, { cause, httpStatus }) : cause;
  }
}
