/** The used part of `@xenova/transformers` 2 and `@huggingface/transformers` 3 and 4. */
export interface TransformersModule {
  /** Loads a model and resolves with a function that runs the task. */
  readonly pipeline: (...args: never[]) => Promise<unknown>;
  /** The module's settings. */
  readonly env: {
    /** The version of the module, such as `4.3.1`. */
    readonly version?: unknown;
  };
}

/** The module, or a function that imports it when a load needs it. */
export type TransformersSource = TransformersModule | (() => Promise<TransformersModule>);

/** Import function → imported module. */
const imported = new WeakMap<object, TransformersModule>();

/** Returns the module, or imports it. @throws TypeError if the result is not a module of Transformers.js. */
export async function resolveTransformers(source: TransformersSource): Promise<TransformersModule> {
  // Pages without types may pass any value.
  const module: unknown = typeof source === 'function' ? await source() : source;
  if (!isModule(module)) throw new TypeError('transformers must be the module of Transformers.js or a function that imports it');
  if (typeof source === 'function') imported.set(source, module);
  return module;
}

/** The module; `undefined` if it has not been imported yet. */
export function importedTransformers(source: TransformersSource | undefined): TransformersModule | undefined {
  if (typeof source === 'function') return imported.get(source);
  return isModule(source) ? source : undefined;
}

function isModule(value: unknown): value is TransformersModule {
  const { pipeline, env } = Object(value) as Partial<TransformersModule>;
  return typeof pipeline === 'function' && Boolean(env);
}

/** The major version of a module: 2, 3, 4, …; NaN if `env.version` is not a string. */
export function majorVersion({ env }: TransformersModule): number {
  return typeof env.version === 'string' ? Number.parseInt(env.version, 10) : Number.NaN;
}
