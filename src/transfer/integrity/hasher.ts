import { systemClock } from '../../core/index.js';
import { withTimeLimit } from '../../core/internal.js';
import type { HashAlgorithm } from './hash-protocol.js';
import type { Hasher, WorkerLease } from './hash-stream.js';
import { createPlainWorker, createTrustedWorker } from './create-worker.js';
import { startLocalHasher } from './local-hasher.js';
import { EarlyHashStream } from './early-hash-stream.js';
import { WorkerHasher } from './worker-hasher.js';
import { WorkerPatience } from './worker-patience.js';

/** How long a module may take to load, in ms. */
const START_LIMIT = 5_000;

/** The worker that all bodies of this realm share; `undefined` while none runs. */
let shared: Promise<WorkerHasher> | undefined;

/** The same worker, once it has started. */
let running: WorkerHasher | undefined;

/** How long all bodies of this realm wait for the worker. It is also shared by the workers that follow the first one. */
const patience = new WorkerPatience(systemClock);

/** Whether a worker could not be started: the cause, a policy or a missing file, is permanent. */
let isRefused = false;

/**
 * Opens a hasher in a worker, or else in this realm.
 *
 * @throws if neither is possible, as in a service worker, which cannot import.
 */
export async function openHasher(algorithm: HashAlgorithm): Promise<Hasher> {
  // The worker lacks the rare algorithms.
  const isCommon = algorithm === 'sha1' || algorithm === 'sha256';
  const worker = isCommon ? await startedWorker() : undefined;
  return worker ? hasherIn(worker) : startLocal(algorithm);
}

/**
 * Returns a use of the worker that computes hashes, for writing a file; `undefined` while it starts, which can take as long as the network
 * does, and where there is none.
 */
export function leaseWorker(): WorkerLease | undefined {
  void startedWorker();
  return running?.lease();
}

/** Resolves with the worker of this realm; `undefined` if none can be started, or the last one did not reply. */
async function startedWorker(): Promise<WorkerHasher | undefined> {
  if (typeof Worker === 'undefined' || isRefused || patience.isOver) return undefined;
  shared ??= startWorker();
  try {
    return await shared;
  } catch {
    isRefused = true;
    return undefined;
  }
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

async function startWorker(): Promise<WorkerHasher> {
  const start = (worker: Worker): Promise<WorkerHasher> => WorkerHasher.start(worker, patience, () => (shared = running = undefined));
  // The first function may request a file that was not bundled.
  running = await start(createTrustedWorker()).catch(() => start(createPlainWorker()));
  return running;
}
