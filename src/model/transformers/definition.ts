import type { PlanEntry } from '../../core/index.js';
import type { PipelineOptions } from './pipeline-options.js';

/** A model that Transformers.js loads with `pipeline()`. */
export interface TransformersModelDefinition {
  /** The name to show. Default: the model's key. */
  readonly name?: string | undefined;
  /** The task of the pipeline, such as `text-generation`. */
  readonly task: string;
  /** The model's id on the hub, or its path. */
  readonly model: string;
  /** What `pipeline()` takes as its options. Default: the runtime's own. */
  readonly options?: PipelineOptions | undefined;
  /**
   * Whether version 2 of Transformers.js may look for the model on the page's own origin first, as
   * it does by default. Default `false` with the transfer layer: a server that answers every address
   * with a page would have that page cached as a model. The module's own setting stands without the
   * layer, with versions 3 and 4, and where the module may ask no hub.
   */
  readonly allowLocalModels?: boolean | undefined;
  /** The files that the load needs, with their sizes, when the page knows them. */
  readonly files?: readonly PlanEntry[] | undefined;
}
