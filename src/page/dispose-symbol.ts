declare global {
  // The same declaration as in TypeScript's `esnext.disposable` and Node's types, for programs that have neither.
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }
}

/** Adds the method that `using` calls to a class with `dispose()`, if the platform or a polyfill has the symbol. */
export function addDisposeSymbol(prototype: { dispose(): void }): void {
  const { dispose } = Symbol as { dispose?: symbol };
  const value = function (this: typeof prototype): void {
    this.dispose();
  };
  if (dispose) Object.defineProperty(prototype, dispose, { value });
}
