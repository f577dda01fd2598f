import { imported, isModule, type TransformersModule, type TransformersSource } from './module.js';

/** Returns the module, or imports it. @throws TypeError if the result is not a module of Transformers.js. */
export async function resolveTransformers(source: TransformersSource): Promise<TransformersModule> {
  const module: unknown = typeof source === 'function' ? await source() : source;
  if (!isModule(module)) throw new TypeError('transformers must be the module of Transformers.js or a function that imports it');
  if (typeof source === 'function') imported.set(source, module);
  return module;
}
