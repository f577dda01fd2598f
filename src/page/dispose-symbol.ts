declare global {
  // As in the types of TypeScript's `esnext.disposable` and of Node: with neither, `using` must find it all the same.
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }
}

/** Gives a class with `dispose()` the method that `using` calls, where the platform or a polyfill has the symbol. */
export function addDisposeSymbol(prototype: { dispose(): void }): void {
  const { dispose } = Symbol as { dispose?: symbol };
  const value = function (this: typeof prototype): void {
    this.dispose();
  };
  if (dispose) Object.defineProperty(prototype, dispose, { value });
}
