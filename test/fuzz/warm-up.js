// Loads the library's modules for later use in real time, so that virtual time never waits for real work.
import { createHash } from 'node:crypto';
import { createSHA256 } from 'hash-wasm';

export async function warmUp() {
  makePlatformImmediate();
  await import('../../dist/transfer/integrity/hash-worker.js');
  await import('../../dist/transfer/parallel/parallel-reader.js');
  // It compiles its code on the first call.
  await createSHA256();
}

/** The platform compiles and hashes in other threads, which needs real time. */
function makePlatformImmediate() {
  WebAssembly.compile = (bytes) => Promise.resolve(new WebAssembly.Module(bytes));
  const instantiate = (/** @type {any} */ source, imports) => {
    if (source instanceof WebAssembly.Module) return Promise.resolve(new WebAssembly.Instance(source, imports));
    const module = new WebAssembly.Module(source);
    return Promise.resolve({ module, instance: new WebAssembly.Instance(module, imports) });
  };
  Object.assign(WebAssembly, { instantiate });
  crypto.subtle.digest = (/** @type {any} */ algorithm, /** @type {any} */ bytes) => {
    const hash = createHash(algorithm.replace('-', '').toLowerCase()).update(bytes).digest();
    return Promise.resolve(new Uint8Array(hash).buffer);
  };
  Object.assign(globalThis, { MessageChannel: ImmediateChannel });
}

/** A channel whose messages wait for nothing but the code that runs. */
class ImmediateChannel {
  port1 = createPort(() => this.port2);
  port2 = createPort(() => this.port1);
}

function createPort(other) {
  return { onmessage: null, postMessage: (data) => queueMicrotask(() => other().onmessage?.({ data })), close() {} };
}
