// Records how long this realm compiles WebAssembly. A function that compiles while it streams also waits for the bytes.

/** @typedef {{ began: number, ended: number }} Compiled Milliseconds since 1970. */

/** Milliseconds since 1970, in the precision of `performance.now()`. */
export const now = () => performance.timeOrigin + performance.now();

/** @type {Compiled[]} */
export const compiled = [];

for (const name of ['compile', 'compileStreaming', 'instantiate', 'instantiateStreaming']) {
  const original = WebAssembly[name];
  WebAssembly[name] = async (/** @type {unknown[]} */ ...values) => {
    const began = now();
    try {
      return await original.apply(WebAssembly, values);
    } finally {
      compiled.push({ began, ended: now() });
    }
  };
}
