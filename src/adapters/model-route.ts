import type { FetchLike } from '../core/index.js';
import { originalFetch, urlOf, type FetchRoute } from './fetch-hook.js';
import { fileOf, runtimeFileOf } from './model-address.js';
import type { ModelPlan } from './model-plan.js';
import type { TransferPlace } from './model-transfer.js';
import { cacheNameOf, readCached, runtimeCacheOf } from './runtime-cache.js';
import type { TransformersModelDefinition } from './transformers-model-definition.js';
import type { TransformersModule } from './transformers-module.js';

/** Where the files of a model come from, and where they go. */
export function placeOf(transformers: TransformersModule, { model }: TransformersModelDefinition, plan: ModelPlan): TransferPlace {
  return {
    name: model,
    fetch: originalFetch(transformers),
    fileOf: (url) => nameOf(url, plan) ?? url,
    cache: runtimeCacheOf(transformers),
    lookUp: plan.lookUp,
  };
}

/** Sends the requests for a model's files through the transfer layer, but for those that nobody need make. */
export function routeOf(transformers: TransformersModule, plan: ModelPlan, download: FetchLike): FetchRoute {
  const { address, lacks } = plan;
  return {
    matches: (url) => nameOf(url, plan) !== undefined,
    async fetch(input, init) {
      const url = urlOf(input);
      const file = fileOf(url, address);
      if (file !== undefined && lacks(file)) return new Response(null, { status: 404 });
      // Versions 2 and 3 do not look for it where a prefetch has put it.
      const kept = file === undefined ? await readCached(url, cacheNameOf(transformers)) : undefined;
      return kept ?? download(input, init);
    },
  };
}

/** A model's file by its path inside the model, or a runtime's file by its name; `undefined` for any other address. */
function nameOf(url: string, { address }: ModelPlan): string | undefined {
  return fileOf(url, address) ?? runtimeFileOf(url);
}
