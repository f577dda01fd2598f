import type { PlanEntry } from '../core/index.js';
import type { ModelLoader } from './loader/model-loader.js';
import type { TransformersModelDefinition } from './transformers/definition.js';

/** A model that the page loads by a function of its own. */
export interface CustomModelDefinition {
  /** The name to show. Default: the model's key. */
  readonly name?: string | undefined;
  /** Downloads with the `fetch` it is given, where pause, resume and retries are to reach it. */
  readonly load: ModelLoader<unknown>;
  /**
   * The files that the load needs, with their sizes, when the page knows them. Each is named by the
   * last part of its address, or by more of it where two end alike: `a/model.bin`, `b/model.bin`.
   */
  readonly files?: readonly PlanEntry[] | undefined;
}

/** A model: what Transformers.js is to load, or the page's own loader. */
export type ModelDefinition = TransformersModelDefinition | CustomModelDefinition;

/** The files of a plan that are the model's own: that of the runtime is shared by all models. */
export function ownFiles(plan: readonly PlanEntry[]): readonly PlanEntry[] {
  return plan.filter(({ file }) => !file.endsWith('.wasm'));
}

/** Bytes of the whole plan, or `undefined` while a size, or the plan, is unknown. */
export function plannedSize(plan: readonly PlanEntry[] | undefined): number | undefined {
  if (!plan?.length) return undefined;
  let sum = 0;
  for (const { size } of plan) {
    if (size === undefined) return undefined;
    sum += size;
  }
  return sum;
}

/** Whether the whole plan is on this device already, or `undefined` while nobody says so of some file. */
export function plannedCache(plan: readonly PlanEntry[] | undefined): boolean | undefined {
  if (!plan?.length) return undefined;
  if (plan.some(({ cached }) => cached === false)) return false;
  return plan.every(({ cached }) => cached === true) ? true : undefined;
}

/** Whether Transformers.js loads the model, so that its files are known by their addresses. */
export function isTransformersModel(definition: ModelDefinition): definition is TransformersModelDefinition {
  return 'model' in definition;
}

/** What decides which files a definition needs: one that says the same needs the same. */
export function sourceOf(definition: ModelDefinition): string {
  if (!isTransformersModel(definition)) return '';
  const { task, model, options } = definition;
  return JSON.stringify({ task, model, options });
}
