// Time, Cache Storage and Web Locks for tests of the transfer layer's ports: the test decides when they answer.

/** A `Clock`. */
export class TestClock {
  timeOrigin = 1_700_000_000_000;
  #now = 0;
  #timers = new Map();
  #lastId = 0;

  now() {
    return this.#now;
  }

  setTimeout(callback, delay) {
    this.#timers.set(++this.#lastId, { due: this.#now + delay, callback });
    return this.#lastId;
  }

  clearTimeout(timer) {
    this.#timers.delete(timer);
  }

  /** Timers that are set. */
  get pending() {
    return this.#timers.size;
  }

  /** Advances time by `duration` ms, and waits for promises after each timer. */
  async advance(duration) {
    const end = this.#now + duration;
    await settle();
    for (;;) {
      const [id, next] = [...this.#timers].filter(([, { due }]) => due <= end).sort(([, a], [, b]) => a.due - b.due)[0] ?? [];
      if (!next) break;
      this.#timers.delete(id);
      this.#now = next.due;
      next.callback();
      await settle();
    }
    this.#now = end;
  }

  /** A thread that was blocked for `duration` ms, or a device that slept: the timers that are due run late, and only then. */
  block(duration) {
    this.#now += duration;
    for (const [id, { due, callback }] of [...this.#timers]) {
      if (due > this.#now) continue;
      this.#timers.delete(id);
      callback();
    }
  }
}

/** Waits until all promises that can settle have done so. */
export async function settle() {
  for (let turn = 0; turn < 100; turn++) await Promise.resolve();
}

/** The answer of a port that never answers. */
export const never = new Promise(() => undefined);

/** @param {string} name Of a DOMException. */
export const refusal = (name) => new DOMException('The platform refuses', name);

/** Cache Storage in memory. `before` is called before each operation, and may wait or reject. */
export class FakeCaches {
  before = async (_operation) => undefined;
  /** @type {Map<string, Map<string, Uint8Array<ArrayBuffer>>>} */
  entries = new Map();

  async open(name) {
    await this.before('open');
    const entries = this.entries.get(name) ?? new Map();
    this.entries.set(name, entries);
    const address = (request) => (typeof request === 'string' ? request : request.url);
    return {
      keys: async () => {
        await this.before('keys');
        return [...entries.keys()].map((url) => new Request(url));
      },
      match: async (request) => {
        await this.before('match');
        const bytes = entries.get(address(request));
        return bytes && new Response(bytes);
      },
      put: async (request, response) => {
        const bytes = new Uint8Array(await response.arrayBuffer());
        await this.before('put');
        entries.set(address(request), bytes);
      },
      delete: async (request) => {
        await this.before('delete');
        return entries.delete(address(request));
      },
    };
  }
}

/** Web Locks of one origin. `before` is called before each request, and may wait or reject. */
export class FakeLocks {
  before = async (_operation) => undefined;
  /** @type {Map<string, (() => void)[]>} The waiting requests for each lock. */
  queues = new Map();

  async request(name, { ifAvailable = false, signal = undefined }, hold) {
    await this.before('request');
    signal?.throwIfAborted();
    const queue = this.queues.get(name);
    if (queue && ifAvailable) return hold(null);
    if (queue) {
      await new Promise((/** @type {(value?: unknown) => void} */ resolve, reject) => {
        queue.push(resolve);
        signal?.addEventListener('abort', () => {
          if (queue.includes(resolve)) queue.splice(queue.indexOf(resolve), 1);
          reject(signal.reason);
        });
      });
    } else this.queues.set(name, []);
    try {
      return await hold({ name, mode: 'exclusive' });
    } finally {
      const next = this.queues.get(name)?.shift();
      if (next) next();
      else this.queues.delete(name);
    }
  }

  async query() {
    await this.before('query');
    return { held: [], pending: [...this.queues].flatMap(([name, queue]) => queue.map(() => ({ name }))) };
  }
}

/** Puts a property of the global in place for one test. */
export function stub(test, name, descriptor) {
  const before = Object.getOwnPropertyDescriptor(globalThis, name);
  Object.defineProperty(globalThis, name, { configurable: true, ...descriptor });
  test.after(() => (before ? Object.defineProperty(globalThis, name, before) : Reflect.deleteProperty(globalThis, name)));
}

let names = 0;

/** A name that no other test uses. */
export const newName = () => `lock-${++names}`;

/** A signal that never aborts. */
export const calm = () => new AbortController().signal;

/** Replaces the Web Locks by ones that other tabs share. */
export function originLocks(test) {
  const locks = new FakeLocks();
  stub(test, 'navigator', { value: { locks } });
  return locks;
}

/** Another tab that holds a lock; returns a function that releases it. */
export function otherTab(locks, name) {
  let release;
  void locks.request(name, {}, () => new Promise((resolve) => (release = resolve)));
  return settle().then(() => release);
}

/** Whether a promise has settled by now, and how. */
export async function stateOf(promise) {
  const state = { settled: false };
  promise.then(
    (value) => Object.assign(state, { settled: true, value }),
    (error) => Object.assign(state, { settled: true, error }),
  );
  await settle();
  return state;
}
