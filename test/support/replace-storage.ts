type Name = 'estimate' | 'getDirectory' | 'persist' | 'persisted';

/**
 * Replaces a method of `navigator.storage` until the returned function is called. The prototype is changed: WebKit may collect the
 * object itself as garbage, and create another one without a property that a test has defined on it.
 */
export function replaceStorage(name: Name, method: unknown): () => void {
  const { prototype } = StorageManager;
  const native = Object.getOwnPropertyDescriptor(prototype, name);
  Object.defineProperty(prototype, name, { configurable: true, writable: true, value: method });
  return () => {
    Reflect.deleteProperty(prototype, name);
    if (native) Object.defineProperty(prototype, name, native);
  };
}
