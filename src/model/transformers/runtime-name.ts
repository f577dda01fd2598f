/** The end of an address of an ONNX Runtime file, in all versions. */
const RUNTIME_FILE = /\/(ort[\w.-]*\.wasm)(?:[?#]|$)/;

/** The builds that versions 3 and 4 of Transformers.js fetch; version 2 has several. */
const BUILDS: Readonly<Record<number, string>> = { 3: 'ort-wasm-simd-threaded.jsep', 4: 'ort-wasm-simd-threaded.asyncify' };

/** The name of an ONNX Runtime file by its address; `undefined` for any other address. */
export function runtimeFileOf(url: string): string | undefined {
  return RUNTIME_FILE.exec(url)?.[1];
}

/** Whether a file name is that of the ONNX Runtime, which all models share. */
export function isRuntimeFile(file: string): boolean {
  return runtimeFileOf(`/${file}`) !== undefined;
}

/**
 * The name of the ONNX Runtime file that a version of Transformers.js fetches by default.
 *
 * @param isThreaded Whether several threads are used. Has an effect only in version 2: of its four builds, current browsers load two.
 */
export function runtimeFileName(version: number, isThreaded: boolean): string {
  return `${BUILDS[Math.min(version, 4)] ?? (isThreaded ? 'ort-wasm-simd-threaded' : 'ort-wasm-simd')}.wasm`;
}
