/**
 * Sets a property of an object that is not ours, and returns whether it then has the value. A hardened page may have frozen the
 * object, or have given the property a setter that throws or does nothing; a load must not fail because of that.
 */
export function trySet<T extends object, K extends keyof T>(target: T, name: K, value: T[K]): boolean {
  try {
    Reflect.set(target, name, value);
    return target[name] === value;
  } catch {
    return false;
  }
}
