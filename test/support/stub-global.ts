/** Replaces a property of the global object, or removes it, until the returned function is called. */
export function stubGlobal(name: string, descriptor: PropertyDescriptor | undefined): () => void {
  const before = Object.getOwnPropertyDescriptor(globalThis, name);
  if (descriptor) Object.defineProperty(globalThis, name, { configurable: true, ...descriptor });
  else Reflect.deleteProperty(globalThis, name);
  return () => {
    if (before) Object.defineProperty(globalThis, name, before);
    else Reflect.deleteProperty(globalThis, name);
  };
}
