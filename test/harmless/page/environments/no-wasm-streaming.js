delete WebAssembly.instantiateStreaming;
delete WebAssembly.compileStreaming;
