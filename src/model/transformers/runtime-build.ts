/** The builds that versions 3 and 4 of Transformers.js fetch; version 2 has several. */
const BUILDS: Readonly<Record<number, string>> = { 3: 'ort-wasm-simd-threaded.jsep', 4: 'ort-wasm-simd-threaded.asyncify' };

/**
 * The name of the ONNX Runtime file that a version of Transformers.js fetches by default.
 *
 * @param isThreaded Whether several threads are used. It decides only in version 2: of its four builds, current browsers load one of two.
 */
export function runtimeFileName(version: number, isThreaded: boolean): string {
  return `${BUILDS[Math.min(version, 4)] ?? (isThreaded ? 'ort-wasm-simd-threaded' : 'ort-wasm-simd')}.wasm`;
}
