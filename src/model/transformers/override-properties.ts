/** Properties that have other values for a time. */
export interface Override {
  /** Whether they still have these values. */
  readonly isInEffect: boolean;
  /** Gives them their own values again. */
  end(): void;
}

/** A property that has another value. */
interface OverriddenProperty {
  readonly name: string;
  /** What it was before; `undefined` if it did not exist. */
  readonly descriptor: PropertyDescriptor | undefined;
  readonly get: () => unknown;
}

/**
 * Gives properties of an object that is not ours other values, until `end()` is called or the page assigns, defines or deletes one of
 * them. Then all have their own values again, and the change takes effect. `undefined` if the object does not allow that, for example
 * a frozen one.
 */
export function overrideProperties(target: object, values: Readonly<Record<string, unknown>>): Override | undefined {
  const overridden: OverriddenProperty[] = [];
  let hasEnded = false;
  const isOurs = ({ name, get }: OverriddenProperty): boolean => Object.getOwnPropertyDescriptor(target, name)?.get === get;
  const end = (): void => {
    if (!hasEnded) for (const property of overridden.filter(isOurs)) restore(target, property);
    hasEnded = true;
  };
  // A definition or a deletion calls no setter. It is noticed when the next property is read.
  const isInEffect = (): boolean => {
    if (!overridden.every(isOurs)) end();
    return !hasEnded;
  };
  const override = (name: string, value: unknown): void => {
    const descriptor = Object.getOwnPropertyDescriptor(target, name);
    const get = (): unknown => (isInEffect() ? value : Reflect.get(target, name));
    const set = (assigned: unknown): void => {
      end();
      Reflect.set(target, name, assigned);
    };
    if (descriptor?.writable === false) throw new TypeError('Read-only');
    Object.defineProperty(target, name, { configurable: true, enumerable: true, get, set });
    overridden.push({ name, descriptor, get });
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
      return isInEffect();
    },
    end,
  };
}

function restore(target: object, { name, descriptor }: OverriddenProperty): void {
  if (descriptor) Reflect.defineProperty(target, name, descriptor);
  else Reflect.deleteProperty(target, name);
}
