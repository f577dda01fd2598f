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
export const imported = new WeakMap<object, TransformersModule>();

/** The module; `undefined` if it has not been imported yet. */
export function importedTransformers(source: TransformersSource | undefined): TransformersModule | undefined {
  if (typeof source === 'function') return imported.get(source);
  return isModule(source) ? source : undefined;
}

/** Whether a value is a module of Transformers.js: pages without types may pass any value. */
export function isModule(value: unknown): value is TransformersModule {
  const { pipeline, env } = Object(value) as Partial<TransformersModule>;
  return typeof pipeline === 'function' && Boolean(env);
}
