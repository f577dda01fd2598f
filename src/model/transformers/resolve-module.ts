import { check } from '../../core/internal.js';
import { imported, isModule, type TransformersModule, type TransformersSource } from './module.js';

/** Returns the module, or imports it. @throws TypeError if the result is not a module of Transformers.js. */
export async function resolveTransformers(source: TransformersSource): Promise<TransformersModule> {
  const module = typeof source === 'function' ? await source() : source;
  check(isModule(module), 'transformers', module, 'the module of Transformers.js or a function that imports it');
  if (typeof source === 'function') imported.set(source, module);
  return module;
}
