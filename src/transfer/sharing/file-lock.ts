import { systemClock, type Clock } from '../../core/index.js';
import { requestPort } from '../../core/internal.js';
import { abortable } from '../network/abortable.js';

/** The port to a lock per file, among the tabs of an origin and the callers in a page. */
export interface FileLock {
  /**
   * Waits for the lock and resolves with a function that releases it. `onWait` is called if another caller or tab has the
   * lock; it may be called twice.
   *
   * @throws the signal's reason when it aborts first.
   */
  acquire(name: string, signal: AbortSignal, onWait?: () => void): Promise<Release>;
  /** Acquires the lock if it is free, and resolves with a function that releases it; else with `undefined`. */
  tryAcquire(name: string): Promise<Release | undefined>;
  /** Resolves with whether another caller or tab waits for the lock; with `true` also if that is unknown. */
  hasWaiters(name: string): Promise<boolean>;
}

type Release = () => void;

/** Returns the name of a file's lock. It is JSON, so that two namespaces never share a lock. */
export function lockName(namespace: string, url: string): string {
  return `model-download:${JSON.stringify([namespace, url])}`;
}

/** Returns the locks of the realm. They hold for the whole origin if the platform's Web Locks work. */
export function platformLock(clock: Clock = systemClock): FileLock {
  return new PlatformLock(clock);
}

/**
 * The callers of a realm wait in a queue of the realm. The first of them waits for the Web Lock, which the platform
 * releases when a tab closes or crashes. If Web Locks are missing, refuse or hang, the queue still works.
 */
class PlatformLock implements FileLock {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async acquire(name: string, signal: AbortSignal, onWait?: () => void): Promise<Release> {
    const leave = await realmQueue.acquire(name, signal, onWait);
    try {
      const release = await this.#request(name, { ifAvailable: true }, signal);
      if (release !== null) return both(release, leave);
      onWait?.();
      // Another tab may keep the lock for any time. Without `ifAvailable` the request waits, so the lock is never null.
      return both((await this.#request(name, { signal }, signal, Infinity)) ?? undefined, leave);
    } catch (cause) {
      leave();
      throw cause;
    }
  }

  async tryAcquire(name: string): Promise<Release | undefined> {
    const leave = await realmQueue.tryAcquire(name);
    if (!leave) return undefined;
    const release = await this.#request(name, { ifAvailable: true });
    if (release !== null) return both(release, leave);
    leave();
    return undefined;
  }

  async hasWaiters(name: string): Promise<boolean> {
    if (await realmQueue.hasWaiters(name)) return true;
    if (!platformLocks()) return false;
    const state = await requestPort(platformLocks, (locks) => locks.query(), this.#clock);
    return state?.pending?.some((lock) => lock.name === name) ?? true;
  }

  /** Resolves with a function that releases the Web Lock; `null` if another tab has the lock, `undefined` if Web Locks do not work. */
  async #request(name: string, options: LockOptions, signal?: AbortSignal, limit?: number): Promise<Release | null | undefined> {
    let granted: Promise<Release | null> | undefined;
    let release: Release | null | undefined;
    try {
      const requesting = requestPort(platformLocks, (locks) => (granted = requestLock(locks, name, options)), this.#clock, limit);
      release = await (signal ? abortable(requesting, signal) : requesting);
      return release;
    } finally {
      // A lock that is granted too late must not stay held.
      if (!release)
        granted?.then(
          (late) => late?.(),
          () => undefined,
        );
    }
  }
}

/** Returns the platform's locks; `undefined` if it has none. Reading them can throw, for example in a sandboxed frame. */
function platformLocks(): LockManager | undefined {
  return (globalThis.navigator as { locks?: LockManager } | undefined)?.locks;
}

function requestLock(locks: LockManager, name: string, options: LockOptions): Promise<Release | null> {
  return new Promise((resolve, reject) => {
    const hold = (lock: Lock | null): Promise<void> | undefined => {
      if (lock) return new Promise((release) => resolve(release));
      resolve(null);
      return undefined;
    };
    locks.request(name, options, hold).catch(reject);
  });
}

function both(release: Release | undefined, leave: Release): Release {
  return () => {
    release?.();
    leave();
  };
}

/** Locks of the realm, with a queue for each name. */
class RealmQueue implements FileLock {
  readonly #queues = new Map<string, (() => void)[]>();

  async acquire(name: string, signal: AbortSignal, onWait?: () => void): Promise<Release> {
    signal.throwIfAborted();
    const own = await this.tryAcquire(name);
    const queue = this.#queues.get(name);
    if (own || !queue) return own ?? this.#releaseOf(name);
    onWait?.();
    return new Promise((resolve, reject) => {
      const grant = (): void => {
        signal.removeEventListener('abort', leave);
        resolve(this.#releaseOf(name));
      };
      const leave = (): void => {
        queue.splice(queue.indexOf(grant), 1);
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', leave, { once: true });
      queue.push(grant);
    });
  }

  tryAcquire(name: string): Promise<Release | undefined> {
    if (this.#queues.has(name)) return Promise.resolve(undefined);
    this.#queues.set(name, []);
    return Promise.resolve(this.#releaseOf(name));
  }

  hasWaiters(name: string): Promise<boolean> {
    return Promise.resolve((this.#queues.get(name)?.length ?? 0) > 0);
  }

  #releaseOf(name: string): Release {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const next = this.#queues.get(name)?.shift();
      if (next) next();
      else this.#queues.delete(name);
    };
  }
}

/** The queue of the realm, which all download fetches of a page share. */
const realmQueue: FileLock = new RealmQueue();
