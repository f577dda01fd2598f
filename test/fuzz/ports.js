// Stand-ins for the platform's locks, channels, caches and timers. They count the resources in use.

/** Web Locks. Kinds: `none`, `works`, `throws`, `rejects`, `hangs`, `late` (grants after a minute), `query-rejects`, `query-hangs`. */
export class FakeLocks {
  #kind;
  #clock;
  /** Requests by name: the first one holds the lock. */
  #queues = new Map();

  constructor(kind, clock) {
    this.#kind = kind;
    this.#clock = clock;
  }

  /** Locks that are held or requested. A request that hangs cannot be cancelled. */
  get left() {
    return this.#kind === 'hangs' ? 0 : [...this.#queues.values()].reduce((sum, queue) => sum + queue.length, 0);
  }

  request(name, ...rest) {
    const callback = rest.at(-1);
    const options = rest.length > 1 ? rest[0] : {};
    if (this.#kind === 'throws') throw new DOMException('Locks are refused', 'SecurityError');
    if (this.#kind === 'rejects') return Promise.reject(new DOMException('Locks are refused', 'SecurityError'));
    if (this.#kind === 'hangs') return new Promise((_, reject) => this.#follow(options.signal, reject));
    return this.#request(name, options, callback);
  }

  async query() {
    if (this.#kind === 'query-rejects') throw new DOMException('Locks are refused', 'SecurityError');
    if (this.#kind === 'query-hangs') await new Promise(() => undefined);
    const names = [...this.#queues.entries()];
    const held = names.map(([name]) => ({ name }));
    return { held, pending: names.flatMap(([name, queue]) => queue.slice(1).map(() => ({ name }))) };
  }

  async #request(name, { ifAvailable = false, signal }, callback) {
    if (signal?.aborted) throw signal.reason;
    if (this.#kind === 'late') await this.#clock.wait(60_000);
    const queue = this.#queues.get(name) ?? [];
    if (ifAvailable && queue.length > 0) return callback(null);
    this.#queues.set(name, queue);
    await this.#turnIn(queue, name, signal);
    try {
      return await callback({ name, mode: 'exclusive' });
    } finally {
      this.#leave(queue, name, queue[0]);
    }
  }

  #turnIn(queue, name, signal) {
    return new Promise((resolve, reject) => {
      const place = { resolve };
      queue.push(place);
      if (queue.length === 1) return resolve();
      this.#follow(signal, (reason) => {
        if (queue[0] === place) return;
        this.#leave(queue, name, place);
        reject(reason);
      });
    });
  }

  #leave(queue, name, place) {
    const index = queue.indexOf(place);
    queue.splice(index, 1);
    if (queue.length === 0) this.#queues.delete(name);
    else if (index === 0) queue[0].resolve();
  }

  #follow(signal, reject) {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  }
}

/** BroadcastChannel. Kinds: `works`, `throws`, `post-throws`. */
export function fakeBroadcastChannel(kind) {
  const channels = new Set();
  return class FakeBroadcastChannel extends EventTarget {
    onmessage = null;

    constructor(name) {
      super();
      if (kind === 'throws') throw new DOMException('Channels are refused', 'SecurityError');
      this.name = name;
      channels.add(this);
    }

    postMessage(data) {
      if (kind === 'post-throws') throw new DOMException('Channels are refused', 'InvalidStateError');
      for (const channel of channels) {
        if (channel === this || channel.name !== this.name) continue;
        queueMicrotask(() => channel.onmessage?.({ data }));
      }
    }

    close() {
      channels.delete(this);
    }
  };
}

/** Cache Storage. Kinds: `works`, `throws`, `rejects`, `hangs`, `full` (takes one entry), `short`, `long` (entries come back so). */
export class FakeCaches {
  #kind;
  #caches = new Map();

  constructor(kind) {
    this.#kind = kind;
  }

  open(name) {
    if (this.#kind === 'throws') throw new DOMException('Caches are refused', 'SecurityError');
    if (this.#kind === 'rejects') return Promise.reject(new DOMException('Caches are refused', 'SecurityError'));
    if (this.#kind === 'hangs') return new Promise(() => undefined);
    let cache = this.#caches.get(name);
    if (!cache) this.#caches.set(name, (cache = new FakeCache(this.#kind)));
    return Promise.resolve(cache);
  }

  has(name) {
    return Promise.resolve(this.#caches.has(name));
  }

  keys() {
    return Promise.resolve([...this.#caches.keys()]);
  }

  delete(name) {
    return Promise.resolve(this.#caches.delete(name));
  }
}

class FakeCache {
  #kind;
  #entries = new Map();

  constructor(kind) {
    this.#kind = kind;
  }

  async put(request, response) {
    if (this.#kind === 'full' && this.#entries.size > 0) throw new DOMException('No room', 'QuotaExceededError');
    const bytes = new Uint8Array(await response.arrayBuffer());
    this.#entries.set(addressOf(request), { bytes, headers: [...response.headers] });
  }

  match(request) {
    const entry = this.#entries.get(addressOf(request));
    return Promise.resolve(entry && new Response(this.#body(entry.bytes), { headers: entry.headers }));
  }

  keys() {
    return Promise.resolve([...this.#entries.keys()].map((url) => ({ url })));
  }

  delete(request) {
    return Promise.resolve(this.#entries.delete(addressOf(request)));
  }

  #body(bytes) {
    if (this.#kind === 'short') return bytes.slice(0, -1);
    return this.#kind === 'long' ? Uint8Array.from([...bytes, 0]) : bytes.slice();
  }
}

function addressOf(request) {
  return typeof request === 'string' ? request : request.url;
}

/**
 * Web Crypto whose digests leave out the header by which the network recognizes a call: a file is stored by the headers of its
 * request, and another call of the same user shares its bytes.
 */
export function cryptoWithoutCalls(own) {
  const digest = (algorithm, data) => {
    const text = new TextDecoder().decode(data);
    return own.subtle.digest(algorithm, CALL.test(text) ? new TextEncoder().encode(text.replace(CALL, '')) : data);
  };
  return { subtle: { digest }, getRandomValues: (array) => own.getRandomValues(array) };
}

const CALL = /^x-client: .*$/m;

/** Replaces globals by stand-ins; returns a function that restores the platform's own. */
export function replaceGlobals(values) {
  const own = new Map(Object.keys(values).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]));
  for (const [name, value] of Object.entries(values)) {
    delete globalThis[name];
    if (value !== undefined) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  return () => {
    for (const [name, descriptor] of own) {
      delete globalThis[name];
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    }
  };
}
