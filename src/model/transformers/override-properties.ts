/** Properties that have other values for a time. */
export interface Override {
  /** Whether they still have these values. */
  readonly isInEffect: boolean;
  /** Gives them their own values again. */
  end(): void;
}

/**
 * Gives properties of an object that is not ours other values, until `end()` is called or the page assigns one of them. Then all have
 * their own values again, and the assignment takes effect. `undefined` if the object does not allow that, for example a frozen one.
 */
export function overrideProperties(target: object, values: Readonly<Record<string, unknown>>): Override | undefined {
  const own = new Map<string, PropertyDescriptor | undefined>();
  let isInEffect = true;
  const end = (): void => {
    if (isInEffect) for (const [name, descriptor] of own) restore(target, name, descriptor);
    isInEffect = false;
  };
  const override = (name: string, value: unknown): void => {
    const descriptor = Object.getOwnPropertyDescriptor(target, name);
    const set = (assigned: unknown): void => {
      end();
      Reflect.set(target, name, assigned);
    };
    if (descriptor?.writable === false) throw new TypeError('Read-only');
    Object.defineProperty(target, name, { configurable: true, enumerable: true, get: () => value, set });
    own.set(name, descriptor);
    if (Reflect.get(target, name) !== value) throw new TypeError('The definition was ignored');
  };
  try {
    for (const [name, value] of Object.entries(values)) override(name, value);
  } catch {
    end();
    return undefined;
  }
  return {
    get isInEffect() {
      return isInEffect;
    },
    end,
  };
}

function restore(target: object, name: string, descriptor: PropertyDescriptor | undefined): void {
  if (descriptor) Reflect.defineProperty(target, name, descriptor);
  else Reflect.deleteProperty(target, name);
}
