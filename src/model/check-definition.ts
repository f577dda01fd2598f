import { checkOption, checkOptions, type OptionRule } from '../core/internal.js';
import { checkFiles } from './check-options.js';
import { isTransformersModel, type CustomModelDefinition, type ModelDefinition } from './model-definition.js';
import { withVariant } from './model-variant.js';
import type { TransformersModelDefinition } from './transformers/definition.js';
import type { TransformersSource } from './transformers/module.js';

/** Whether the page loads a model with its own function. */
export function hasOwnLoader(definition: ModelDefinition): definition is CustomModelDefinition {
  return 'load' in definition && typeof definition.load === 'function';
}

/**
 * Returns the module of Transformers.js, or the function that imports it, for a model without its own loader.
 *
 * @throws TypeError if the definition has no task and no model, or Transformers.js is missing.
 */
export function requireTransformers(
  modelKey: string,
  definition: ModelDefinition,
  source: TransformersSource | undefined,
): TransformersSource {
  // Pages without types may pass any value.
  const { task, model } = definition as Partial<TransformersModelDefinition>;
  if (!task || !model) throw new TypeError(`Model "${modelKey}" needs a task and a model, or a load function`);
  if (!source) throw new TypeError(`Model "${modelKey}" needs the option "transformers"`);
  return source;
}

/**
 * @param name The name of the definition, or of the variant, in error messages, such as `models.phi`.
 * @throws TypeError if a field has a wrong type; RangeError if a size is not a number from 0 up, or `variant` is not one of the
 * variants.
 */
export function checkFields(name: string, definition: ModelDefinition | Partial<TransformersModelDefinition>): void {
  const rules: Readonly<Record<string, OptionRule>> = {
    name: 'string',
    task: 'string',
    model: 'string',
    options: 'object',
    load: 'function',
    variants: 'object',
  };
  checkOptions(definition, rules, `${name}.`);
  const { files, variants, variant } = definition;
  checkFiles(`${name}.files`, files);
  checkOption(`${name}.variant`, variant, variants ? Object.keys(variants) : 'string');
  for (const [key, changes] of Object.entries<object>(variants ?? {})) checkFields(`${name}.variants.${key}`, changes);
}

/**
 * @throws TypeError if a definition has neither a loader nor a task and a model, its files are not a list of names with sizes,
 * another field has a wrong type, or Transformers.js is missing; RangeError as `checkFields()`.
 */
export function checkDefinition(modelKey: string, definition: ModelDefinition, source: TransformersSource | undefined): void {
  const name = `models.${modelKey}`;
  checkFields(name, definition);
  // Without variants it is the definition itself.
  for (const variant of ['', ...Object.keys(definition.variants ?? {})]) {
    const checked = withVariant(definition, variant);
    if (!hasOwnLoader(checked)) requireTransformers(modelKey, checked, source);
  }
}

/**
 * Returns the definition of a model that can be prefetched, and the module of Transformers.js or the function that imports it.
 *
 * @throws TypeError for a model with its own loader, whose files are unknown before a load.
 */
export function requirePrefetchable(
  modelKey: string,
  definition: ModelDefinition,
  source: TransformersSource | undefined,
): { readonly definition: TransformersModelDefinition; readonly source: TransformersSource } {
  if (isTransformersModel(definition) && source) return { definition, source };
  throw new TypeError(`Model "${modelKey}" cannot be prefetched: it has its own loader`);
}
