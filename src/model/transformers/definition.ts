import type { PlanEntry } from '../../core/index.js';
import type { PipelineOptions } from './pipeline-options.js';

/** A model that Transformers.js loads by `pipeline()`. */
export interface TransformersModelDefinition {
  /** The name to show. Default: the model's key. */
  readonly name?: string | undefined;
  /** The task of the pipeline, such as `text-generation`. */
  readonly task: string;
  /** The model's id on the hub, or its path. */
  readonly model: string;
  /** The options of `pipeline()`. Default: those of Transformers.js. */
  readonly options?: PipelineOptions | undefined;
  /**
   * Whether version 2 of Transformers.js may look for the model on the page's own origin first. Default `false` with the
   * transfer layer: a server that responds to every address with an HTML page would have that page cached as a model.
   * Without the transfer layer, with versions 3 and 4, and if remote models are not allowed, the module's own setting is
   * used.
   */
  readonly allowLocalModels?: boolean | undefined;
  /** The files that the load needs, with their sizes; `undefined` if they are unknown. */
  readonly files?: readonly PlanEntry[] | undefined;
  /** The variants that the user can choose from, by key, such as one for each `dtype`. Default: none. */
  readonly variants?: Readonly<Record<string, TransformersModelVariant>> | undefined;
  /** The key of the variant to load until the user chooses one. Default: the first; after an estimate, the first that fits on this device. */
  readonly variant?: string | undefined;
}

/**
 * A variant of a model: what differs from the model's definition. Its `options` are merged with those of the model, its other
 * fields replace them, and `name` is the name of the variant. Default of `name`: the variant's key.
 */
export type TransformersModelVariant = Partial<Omit<TransformersModelDefinition, 'variants' | 'variant'>>;
