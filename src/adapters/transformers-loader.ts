import type { DownloadLoader, PlanEntry } from '../core/index.js';
import { optionsFor, type PipelineOptions } from './pipeline-options.js';
import { majorVersion, resolveTransformers, type TransformersSource } from './transformers-module.js';

/** A model that Transformers.js loads with `pipeline()`. */
export interface TransformersModelDefinition {
  /** The name to show. Default: the model's key. */
  readonly name?: string | undefined;
  /** The task of the pipeline, such as `text-generation`. */
  readonly task: string;
  /** The model's id on the hub, or its path. */
  readonly model: string;
  readonly options?: PipelineOptions | undefined;
  /** The files that the load needs, with their sizes, when the page knows them. */
  readonly files?: readonly PlanEntry[] | undefined;
}

/** Makes the loader of one model: it runs `pipeline()` and resolves with what that resolves with. */
export function createTransformersLoader(
  definition: TransformersModelDefinition,
  source: TransformersSource,
): DownloadLoader<unknown> {
  const { task, model, options = {} } = definition;
  return async ({ progress_callback }) => {
    const transformers = await resolveTransformers(source);
    const ownOptions = await optionsFor(majorVersion(transformers), options);
    const receive = listsAllFiles(options) ? progress_callback : withoutTotals(progress_callback);
    const pipeline = transformers.pipeline as (task: string, model: string, options: object) => Promise<unknown>;
    return pipeline(task, model, { ...ownOptions, progress_callback: receive });
  };
}

/**
 * Version 4 lists a load's files without looking at these options, so that its total is that of
 * another load; then it is worth nothing.
 */
function listsAllFiles(options: PipelineOptions): boolean {
  const { revision = 'main', use_external_data_format, subfolder, model_file_name } = options;
  return revision === 'main' && !use_external_data_format && subfolder === undefined && model_file_name === undefined;
}

function withoutTotals(receive: (event: unknown) => void): (event: unknown) => void {
  return (event) => {
    if ((event as { status?: unknown } | undefined)?.status !== 'progress_total') receive(event);
  };
}
