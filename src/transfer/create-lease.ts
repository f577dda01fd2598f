import type { FileBody } from './file-body.js';
import type { FileDownloadContext, FileDownloadListener } from './file-download-context.js';
import { offerBody } from './offer-body.js';
import { BodyLease } from './sharing/body-lease.js';
import type { PartialBody } from './store/partial-body.js';

/** The download that needs the right to a file. */
export interface LeaseOwner extends Pick<FileDownloadListener, 'onProgress'> {
  readonly url: string;
  /** The name of the file in the store. */
  readonly key: string;
  readonly partial: PartialBody;
  readonly signal: AbortSignal;
  /** Returns the body; `undefined` before it is created. */
  readonly body: () => FileBody | undefined;
  /** Whether the body has not ended, and its reader requests no bytes. */
  readonly isUnread: () => boolean;
}

/** Creates the right of one download to its file. It shows the progress of another download that has the file. */
export function createLease(
  context: FileDownloadContext,
  { url, key, partial, signal, body, isUnread, onProgress }: LeaseOwner,
): BodyLease {
  const { leases, gate } = context;
  const lease = leases.create({
    url: key,
    signal,
    onPause: () => body()?.report('waiting'),
    onFollow: ({ loaded, total }) => onProgress({ phase: 'receiving', loaded, stored: 0, total, totalIsExact: total !== undefined }),
  });
  const offer = (): Promise<void> => offerBody(context, { url, key, partial, headers: body()?.headers });
  return new BodyLease({ lease, gate, partial, isUnread, offer });
}
