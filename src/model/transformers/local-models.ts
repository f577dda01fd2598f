import type { PipelineOptions } from './pipeline-options.js';
import { majorVersion, type TransformersModule } from './module.js';

/** The settings of Transformers.js that say which of its two sources it may ask. */
interface SourceSettings {
  readonly allowRemoteModels?: unknown;
  readonly allowLocalModels?: unknown;
}

/** Whether a load takes its files from the page's own server alone, so that no hub may be asked about them. */
export function isLocalOnly({ env }: TransformersModule, options: PipelineOptions = {}): boolean {
  return (env as SourceSettings).allowRemoteModels === false || options.local_files_only === true;
}

/** Whether a page's own server is asked for each file first: only a load finds out whether it comes from a hub. */
export function asksLocalFirst({ env }: TransformersModule): boolean {
  return 'location' in globalThis && Boolean((env as SourceSettings).allowLocalModels);
}

/**
 * Keeps version 2 from asking the page's own server for each file first, unless `allowLocalModels`
 * says otherwise. Versions 3 and 4 do not do that by default, so their setting is the page's own;
 * so is that of a page without a hub, and in Node, where models may well be in the local folder.
 */
export function limitLocalModels(transformers: TransformersModule, allowLocalModels = false, options?: PipelineOptions): void {
  if (majorVersion(transformers) !== 2 || isLocalOnly(transformers, options) || !('location' in globalThis)) return;
  Object.assign(transformers.env, { allowLocalModels });
}
