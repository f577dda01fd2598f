import type { FileOrigin } from '../loader/model-transfer.js';
import type { TransformersModelDefinition } from './definition.js';
import { yieldingFetch } from './early-runtime.js';
import { originalFetch } from './fetch-hook.js';
import { fileOf } from './file-address.js';
import { majorVersion } from './major-version.js';
import type { TransformersModule } from './module.js';
import { isOptional } from './optional-files.js';
import type { ModelPlan } from './plan/find-plan.js';
import { runtimeCacheOf } from './runtime-cache.js';
import { runtimeFileOf } from './runtime-name.js';

/** The origin of the files of a model. */
export function originOf(transformers: TransformersModule, { model, task }: TransformersModelDefinition, plan: ModelPlan): FileOrigin {
  const version = majorVersion(transformers);
  return {
    name: model,
    fetch: yieldingFetch(transformers, originalFetch(transformers)),
    fileOf: (url) => nameOf(url, plan) ?? url,
    cache: runtimeCacheOf(transformers),
    lookUp: plan.lookUp,
    passesErrors: (url) => isOptional(fileOf(url, plan.address) ?? '', version, task),
  };
}

/** The path of a model's file, or the name of a runtime's file; `undefined` for any other address. */
export function nameOf(url: string, { address }: ModelPlan): string | undefined {
  return fileOf(url, address) ?? runtimeFileOf(url);
}
