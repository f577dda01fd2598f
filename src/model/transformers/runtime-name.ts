/** The end of an address of an ONNX Runtime file, in all versions. */
const RUNTIME_FILE = /\/(ort[\w.-]*\.wasm)(?:[?#]|$)/;

/** The name of an ONNX Runtime file by its address; `undefined` for any other address. */
export function runtimeFileOf(url: string): string | undefined {
  return RUNTIME_FILE.exec(url)?.[1];
}

/** Whether a file name is that of the ONNX Runtime, which all models share. */
export function isRuntimeFile(file: string): boolean {
  return runtimeFileOf(`/${file}`) !== undefined;
}
