/** The port to "one at a time": who downloads a file, among the tabs of an origin and the callers in a page. */
export interface FileLock {
  /**
   * Waits for its turn and resolves with what ends it. `onWait` is called if somebody else has it now.
   *
   * @throws the signal's reason when it aborts first.
   */
  acquire(name: string, signal: AbortSignal, onWait?: () => void): Promise<() => void>;
  /** Takes the turn if nobody has it, and resolves with what ends it; else with `undefined`. */
  tryAcquire(name: string): Promise<(() => void) | undefined>;
  /** Whether somebody else waits for a turn. */
  isWanted(name: string): Promise<boolean>;
}

/** The name of a file's lock. */
export function lockName(namespace: string, url: string): string {
  return `model-download:${namespace}:${url}`;
}

/** Locks of the whole origin where the platform has them, else of this realm. */
export function platformLock(): FileLock {
  const { locks } = (globalThis.navigator as { locks?: LockManager } | undefined) ?? {};
  return locks ? new WebFileLock(locks) : realmLock;
}

/** Web Locks: freed by the platform when a tab closes or crashes. */
class WebFileLock implements FileLock {
  readonly #locks: LockManager;

  constructor(locks: LockManager) {
    this.#locks = locks;
  }

  async acquire(name: string, signal: AbortSignal, onWait?: () => void): Promise<() => void> {
    const own = await this.tryAcquire(name);
    if (own) return own;
    onWait?.();
    // Without `ifAvailable` the platform waits, and never grants nothing.
    return (await this.#request(name, { signal })) as () => void;
  }

  tryAcquire(name: string): Promise<(() => void) | undefined> {
    return this.#request(name, { ifAvailable: true });
  }

  async isWanted(name: string): Promise<boolean> {
    const { pending = [] } = await this.#locks.query();
    return pending.some((lock) => lock.name === name);
  }

  #request(name: string, options: LockOptions): Promise<(() => void) | undefined> {
    return new Promise((resolve, reject) => {
      const hold = (lock: Lock | null): Promise<void> | undefined => {
        if (!lock) {
          resolve(undefined);
          return undefined;
        }
        return new Promise((release) => resolve(release));
      };
      this.#locks.request(name, options, hold).catch(reject);
    });
  }
}

/** A queue per name, for realms without Web Locks. */
class RealmFileLock implements FileLock {
  readonly #queues = new Map<string, (() => void)[]>();

  async acquire(name: string, signal: AbortSignal, onWait?: () => void): Promise<() => void> {
    signal.throwIfAborted();
    const own = await this.tryAcquire(name);
    const queue = this.#queues.get(name);
    if (own || !queue) return own ?? this.#releaseOf(name);
    onWait?.();
    return new Promise((resolve, reject) => {
      const take = (): void => {
        signal.removeEventListener('abort', leave);
        resolve(this.#releaseOf(name));
      };
      const leave = (): void => {
        queue.splice(queue.indexOf(take), 1);
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', leave, { once: true });
      queue.push(take);
    });
  }

  tryAcquire(name: string): Promise<(() => void) | undefined> {
    if (this.#queues.has(name)) return Promise.resolve(undefined);
    this.#queues.set(name, []);
    return Promise.resolve(this.#releaseOf(name));
  }

  isWanted(name: string): Promise<boolean> {
    return Promise.resolve((this.#queues.get(name)?.length ?? 0) > 0);
  }

  #releaseOf(name: string): () => void {
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

/** One for the realm: two download fetches of a page must meet in it. */
const realmLock: FileLock = new RealmFileLock();
