/** What is used of `@xenova/transformers` 2 and `@huggingface/transformers` 3 and 4. */
export interface TransformersModule {
  /** Loads a model and makes of it what runs a task. */
  readonly pipeline: (...args: never[]) => Promise<unknown>;
  /** The module's settings; `version` says which version it is. */
  readonly env: {
    /** Such as `4.3.1`. */
    readonly version?: unknown;
  };
}

/** The module, or how to import it when a load needs it. */
export type TransformersSource = TransformersModule | (() => Promise<TransformersModule>);

/** What functions have imported. */
const imported = new WeakMap<object, TransformersModule>();

/** Imports the module where that is still to be done. */
export async function resolveTransformers(source: TransformersSource): Promise<TransformersModule> {
  // Pages without types hand in anything.
  const module: unknown = typeof source === 'function' ? await source() : source;
  if (!isModule(module)) throw new TypeError('transformers must be the module of Transformers.js, or a function that imports it');
  if (typeof source === 'function') imported.set(source, module);
  return module;
}

/** The module if the page gave it, or has imported it already; `undefined` where that is still to be done. */
export function importedTransformers(source: TransformersSource | undefined): TransformersModule | undefined {
  if (typeof source === 'function') return imported.get(source);
  return isModule(source) ? source : undefined;
}

function isModule(value: unknown): value is TransformersModule {
  const { pipeline, env } = Object(value) as Partial<TransformersModule>;
  return typeof pipeline === 'function' && Boolean(env);
}

/** 2, 3, 4, …; every version says it in `env.version`. */
export function majorVersion({ env }: TransformersModule): number {
  return typeof env.version === 'string' ? Number.parseInt(env.version, 10) : Number.NaN;
}
