import { systemClock } from '../../core/index.js';
import { withTimeLimit } from '../../core/internal.js';
import type { HashAlgorithm } from './hash-protocol.js';
import type { Hasher } from './hash-stream.js';
import { createPlainWorker, createTrustedWorker } from './create-worker.js';
import { startLocalHasher } from './local-hasher.js';
import { WorkerHasher } from './worker-hasher.js';

/** How long a worker, or a module, may take to start, in ms. */
const START_LIMIT = 5_000;

/** The worker that all bodies of this realm share; `undefined` while none runs. */
let shared: Promise<WorkerHasher> | undefined;

/** Whether a worker was started in vain: what refused it, a policy or a missing file, does so the next time too. */
let isRefused = false;

/**
 * Finds what computes a hash: a worker, or else this realm.
 *
 * @throws where neither is possible, as in a service worker, which must not import.
 */
export async function openHasher(algorithm: HashAlgorithm): Promise<Hasher> {
  // The worker does not have the algorithms that are hardly ever asked for.
  const isCommon = algorithm === 'sha1' || algorithm === 'sha256';
  if (typeof Worker !== 'undefined' && isCommon && !isRefused) {
    shared ??= startWorker();
    try {
      return (await shared).lease();
    } catch {
      isRefused = true;
    }
  }
  return withTimeLimit(startLocalHasher(algorithm), START_LIMIT, systemClock);
}

async function startWorker(): Promise<WorkerHasher> {
  const start = (worker: Worker): Promise<WorkerHasher> => WorkerHasher.start(worker, START_LIMIT, () => (shared = undefined));
  // What cannot be loaded may be a file that was not bundled; what must not be created is refused for good.
  return start(createTrustedWorker()).catch(() => start(createPlainWorker()));
}
