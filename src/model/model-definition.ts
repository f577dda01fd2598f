import type { PlanEntry } from '../core/index.js';
import type { ModelLoader } from './loader/model-loader.js';
import { isRuntimeFile } from './transformers/runtime-name.js';
import type { TransformersModelDefinition } from './transformers/definition.js';

/** A model that the page loads with its own function. */
export interface CustomModelDefinition {
  /** The name to show. Default: the model's key. */
  readonly name?: string | undefined;
  /** Loads the model. It must download with the `fetch` of its context to be paused, resumed and retried. */
  readonly load: ModelLoader<unknown>;
  /**
   * The files that the load needs, with their sizes; `undefined` if they are unknown. The name of a file is the
   * last segment of its address, or more segments if two files end alike: `a/model.bin`, `b/model.bin`.
   */
  readonly files?: readonly PlanEntry[] | undefined;
  /** The variants that the user can choose from, by key. Default: none. */
  readonly variants?: Readonly<Record<string, CustomModelVariant>> | undefined;
  /** The key of the variant to load until the user chooses one. Default: the first; after an estimate, the first that fits on this device. */
  readonly variant?: string | undefined;
}

/**
 * A variant of a model with its own loader: what differs from the model's definition. `name` is the name of the variant.
 * Default of `name`: the variant's key.
 */
export type CustomModelVariant = Partial<Omit<CustomModelDefinition, 'variants' | 'variant'>>;

/** A model: loaded by Transformers.js, or by the page's own loader. */
export type ModelDefinition = TransformersModelDefinition | CustomModelDefinition;

/** The files of a plan without the runtime's file, which all models share. */
export function ownFiles(plan: readonly PlanEntry[]): readonly PlanEntry[] {
  return plan.filter(({ file }) => !isRuntimeFile(file));
}

/** Bytes of the whole plan; `undefined` if the plan or a size is unknown. */
export function plannedSize(plan: readonly PlanEntry[] | undefined): number | undefined {
  if (!plan?.length) return undefined;
  let sum = 0;
  for (const { size } of plan) {
    if (size === undefined) return undefined;
    sum += size;
  }
  return sum;
}

/** Whether the whole plan is on this device; `undefined` if the state of a file is unknown. */
export function plannedCache(plan: readonly PlanEntry[] | undefined): boolean | undefined {
  if (!plan?.length) return undefined;
  if (plan.some(({ cached }) => cached === false)) return false;
  return plan.every(({ cached }) => cached === true) ? true : undefined;
}

/** Whether Transformers.js loads the model. */
export function isTransformersModel(definition: ModelDefinition): definition is TransformersModelDefinition {
  return 'model' in definition;
}

/** A string that identifies the files of a definition: equal strings mean equal files. Empty for a model with its own loader. */
export function sourceOf(definition: ModelDefinition): string {
  if (!isTransformersModel(definition)) return '';
  const { task, model, options } = definition;
  return toJson({ task, model, options });
}

/**
 * The JSON of fields of a definition, without functions. A large integer becomes a string, a buffer its length, and an object is
 * written where it is first found only.
 */
export function toJson(fields: object): string {
  const seen = new WeakSet();
  // JSON has no large integers and no cycles, and would write out each byte of a buffer.
  return JSON.stringify(fields, (_key, value: unknown) => {
    if (typeof value === 'bigint') return String(value);
    if (!(value instanceof Object)) return value;
    if (seen.has(value)) return undefined;
    seen.add(value);
    return value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? value.byteLength : value;
  });
}
