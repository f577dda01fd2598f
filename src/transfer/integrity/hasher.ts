import { systemClock } from '../../core/index.js';
import { withTimeLimit } from '../../core/internal.js';
import type { HashAlgorithm } from './hash-protocol.js';
import type { Hasher } from './hash-stream.js';
import { startLocalHasher } from './local-hasher.js';
import { EarlyHashStream } from './early-hash-stream.js';
import { RealmWorker } from './realm-worker.js';
import type { WorkerHasher } from './worker-hasher.js';

/** How long a module may take to load, in ms. */
const START_LIMIT = 5_000;

/** The worker that computes the hashes of all bodies of this realm. */
const hashing = new RealmWorker();

/**
 * Opens a hasher in a worker, or else in this realm.
 *
 * @throws if neither is possible, as in a service worker, which cannot import.
 */
export async function openHasher(algorithm: HashAlgorithm): Promise<Hasher> {
  // The worker lacks the rare algorithms.
  const isCommon = algorithm === 'sha1' || algorithm === 'sha256';
  const worker = isCommon ? await hashing.start() : undefined;
  return worker ? hasherIn(worker) : startLocal(algorithm);
}

function hasherIn(worker: WorkerHasher): Hasher {
  const hasher = worker.lease();
  return {
    open: (algorithm) =>
      new EarlyHashStream({
        stream: hasher.open(algorithm),
        isReliable: () => worker.isReliable,
        openLocal: async () => (await startLocal(algorithm)).open(algorithm),
      }),
    close: () => hasher.close(),
  };
}

function startLocal(algorithm: HashAlgorithm): Promise<Hasher> {
  return withTimeLimit(startLocalHasher(algorithm), START_LIMIT, systemClock);
}
