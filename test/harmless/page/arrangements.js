// The preparations of pages before they load a model. Some return a check for afterwards, which returns what is wrong.

/** @typedef {(transformers: any, settings: any) => void | Check | Promise<void | Check>} Arrangement */
/** @typedef {() => Promise<string[]>} Check */

/** The owner of the `fetch` that a version uses. */
const ownerOf = ({ env }) => (env.fetch ? env : globalThis);

/**
 * Wraps the `fetch` that a version uses in one of the page.
 *
 * @param {any} transformers
 * @param {(url: string, init: RequestInit, next: typeof fetch) => Promise<Response>} wrapper
 * @param {string} host The addresses that it is for.
 */
function wrapFetch(transformers, host, wrapper) {
  const owner = ownerOf(transformers);
  const next = owner.fetch.bind(owner);
  owner.fetch = (input, init) => (String(input).startsWith(host) ? wrapper(String(input), { ...init }, next) : next(input, init));
}

/** @param {RequestInit} init @returns {Arrangement} */
const requestsWith =
  (init) =>
  (transformers, { addresses }) => {
    wrapFetch(transformers, addresses.hub, (url, own, next) => {
      const headers = new Headers(own.headers);
      for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
      return next(url, { ...own, ...init, headers });
    });
  };

/** A change of the settings by the page when the weights are requested. @param {(env: object) => unknown} change */
const atWeights =
  (change) =>
  (transformers, { addresses }) =>
    wrapFetch(transformers, addresses.hub, (url, init, next) => {
      if (url.includes('.onnx')) change(transformers.env);
      return next(url, init);
    });

const settingsAtWeights = (settings) => atWeights((env) => Object.assign(env, settings));

/** A cache of the page's own, in memory of this realm or in its database. */
const customCache =
  (store) =>
  ({ env }) => {
    Object.assign(env, { useBrowserCache: false, useCustomCache: true, customCache: store });
  };

/** @type {Record<string, Arrangement>} */
const arrangements = {
  authorization: requestsWith({ headers: { Authorization: 'Bearer secret' } }),
  cookies: (transformers, settings) => {
    document.cookie = 'session=mine; path=/';
    return requestsWith({ credentials: 'include' })(transformers, settings);
  },
  'changing-visitor': (transformers, settings) => {
    const isFirst = localStorage.getItem('visited') === null;
    localStorage.setItem('visited', 'yes');
    return requestsWith({ headers: { Authorization: `Bearer ${isFirst ? 'secret' : 'other'}` } })(transformers, settings);
  },
  'redirect-manual': requestsWith({ redirect: 'manual' }),
  keepalive: requestsWith({ keepalive: true }),
  integrity: (transformers, { addresses, hashes }) =>
    wrapFetch(transformers, addresses.hub, (url, init, next) => {
      const hash = hashes[String(url).split('/resolve/main/')[1]];
      return next(url, hash && !new Headers(init.headers).has('Range') ? { ...init, integrity: `sha256-${hash}` } : init);
    }),
  'redirect-error': requestsWith({ redirect: 'error' }),
  'low-priority': requestsWith({ priority: 'low', referrerPolicy: 'no-referrer' }),

  /** Where version 4 finds its runtime: the folder alone, as for the versions before. */
  'runtime-folder': ({ env }, { addresses, version }) =>
    void (env.backends.onnx.wasm.wasmPaths = `${addresses.runtime}npm/runtime@${version}/dist/`),
  'runtime-script': ({ env }, { addresses, version }) =>
    void (env.backends.onnx.wasm.wasmPaths = {
      mjs: `${addresses.runtime}npm/runtime@${version}/dist/ort-wasm-simd-threaded.asyncify.mjs`,
    }),
  /** The runtime's file is on the device already, beside a script that is not. */
  'runtime-blob': async ({ env }, { addresses, version }) => {
    const name = version === 3 ? 'ort-wasm-simd-threaded.jsep' : 'ort-wasm-simd-threaded';
    const folder = version === 3 ? 'transformers-v3/dist' : 'transformers-v4/node_modules/onnxruntime-web/dist';
    const response = await fetch(`/node_modules/${folder}/${name}.wasm`);
    const mjs = `${addresses.runtime}npm/runtime@${version}/dist/${name}.mjs`;
    env.backends.onnx.wasm.wasmPaths = { wasm: URL.createObjectURL(await response.blob()), mjs };
  },

  /** Hardened pages. */
  'frozen-settings': ({ env }) => void Object.freeze(env),
  'read-only-fetch': () => void Object.defineProperty(globalThis, 'fetch', { value: fetch, writable: false, configurable: false }),

  'runtime-not-kept': ({ env }) => void (env.useWasmCache = false),

  /** Deletes the stored weights on this device. */
  'without-weights': async () => {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) if (request.url.includes('/onnx/')) await cache.delete(request);
    }
  },

  /** Converts the inputs of `fetch` to `Request` objects. */
  'request-objects': (transformers, { addresses }) =>
    wrapFetch(transformers, addresses.hub, (url, init, next) => next(new Request(url, init))),

  'map-cache': (transformers) => {
    /** @type {Map<string, [ArrayBuffer, Headers]>} */
    const files = new Map();
    const store = {
      match: async (key) => (files.has(key) ? new Response(files.get(key)[0], { headers: files.get(key)[1] }) : undefined),
      put: async (key, response) => void files.set(key, [await response.arrayBuffer(), response.headers]),
    };
    return customCache(store)(transformers);
  },

  'database-cache': async (transformers) => customCache(await openDatabaseCache())(transformers),

  /** Pages that change the cache during a load. */
  'cache-removed': settingsAtWeights({ customCache: null }),
  'cache-deleted': atWeights((env) => delete env.customCache),
  'cache-defined': atWeights((env) =>
    Object.defineProperty(env, 'customCache', { value: null, configurable: true, enumerable: true, writable: true }),
  ),
  'cache-switched-off': settingsAtWeights({ useBrowserCache: false }),
  'cache-replaced': async (transformers, settings) => {
    const store = await openDatabaseCache();
    settingsAtWeights({ useBrowserCache: false, useCustomCache: true, customCache: store })(transformers, settings);
  },

  /** Requests of the page's own to the model's host must pass as they are. */
  'own-requests': (transformers, { addresses }) => {
    const owner = ownerOf(transformers);
    const next = owner.fetch.bind(owner);
    const address = `${addresses.hub}api/status`;
    const answer = Response.json({ is: 'the page’s' });
    /** @type {unknown[][]} */
    const heard = [];
    owner.fetch = (...request) => (String(request[0]) === address ? (heard.push(request), Promise.resolve(answer)) : next(...request));
    return async () => {
      const init = { headers: { 'X-Page': '1' } };
      const got = await ownerOf(transformers).fetch(address, init);
      return [
        ...(got === answer ? [] : ['a request of the page’s own got another response']),
        ...(heard.length === 1 && heard[0][0] === address && heard[0][1] === init ? [] : ['a request of the page’s own was changed']),
      ];
    };
  },

  /** A service worker of the page that keeps every answer. */
  'caching-service-worker': () => controlBy('/page/caching-service-worker.js'),
  'probing-service-worker': () => controlBy('/page/caching-service-worker.js?probes'),
  'addressing-service-worker': () => controlBy('/page/caching-service-worker.js?addresses'),
};

/** @param {string} script */
async function controlBy(script) {
  const controlled = new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
  await navigator.serviceWorker.register(script, { scope: '/' });
  if (!navigator.serviceWorker.controller) await controlled;
}

/** A cache in IndexedDB with nothing but `match` and `put`. */
async function openDatabaseCache() {
  /** @param {IDBRequest} request @returns {Promise<any>} */
  const done = (request) =>
    new Promise((resolve, reject) =>
      Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }),
    );
  const opening = indexedDB.open('models');
  opening.onupgradeneeded = () => opening.result.createObjectStore('files');
  const database = await done(opening);
  const files = (mode) => database.transaction('files', mode).objectStore('files');
  return {
    async match(key) {
      const blob = await done(files('readonly').get(key));
      return blob && new Response(blob, { headers: { 'Content-Length': String(blob.size) } });
    },
    put: async (key, response) => {
      const blob = await response.blob();
      await done(files('readwrite').put(blob, key));
    },
  };
}

/**
 * @param {any} transformers
 * @param {any} settings
 * @returns {Promise<Check | undefined>}
 */
export async function arrange(transformers, settings) {
  /** @type {(Check | void)[]} */
  const checks = [];
  for (const name of settings.arrangements) checks.push(await arrangements[name](transformers, settings));
  const due = checks.filter((check) => typeof check === 'function');
  return due.length > 0 ? async () => (await Promise.all(due.map((check) => check()))).flat() : undefined;
}
