import type { PipelineOptions } from './pipeline-options.js';
import { majorVersion } from './major-version.js';
import type { TransformersModule } from './module.js';
import { trySet } from './try-set.js';

/** The settings of Transformers.js that allow each of its two sources. */
interface SourceSettings {
  readonly allowRemoteModels?: unknown;
  allowLocalModels?: unknown;
}

/** Whether a load uses only local files, so that no hub may be requested. */
export function isLocalOnly({ env }: TransformersModule, options: PipelineOptions = {}): boolean {
  return (env as SourceSettings).allowRemoteModels === false || options.local_files_only === true;
}

/** Whether the page's own server is requested first for each file, so that only a load finds out which source has the model. */
export function requestsLocalFirst({ env }: TransformersModule): boolean {
  return 'location' in globalThis && Boolean((env as SourceSettings).allowLocalModels);
}

/**
 * Keeps version 2 from requesting each file from the page's own server first, unless `allowLocalModels` is set. The setting is not
 * changed in versions 3 and 4, where it is off by default, and in Node, where local models are common. It is also not changed if
 * remote models are not allowed, or if the page has frozen its settings.
 */
export function limitLocalModels(transformers: TransformersModule, allowLocalModels = false, options?: PipelineOptions): void {
  if (majorVersion(transformers) !== 2 || isLocalOnly(transformers, options) || !('location' in globalThis)) return;
  trySet(transformers.env as SourceSettings, 'allowLocalModels', allowLocalModels);
}
