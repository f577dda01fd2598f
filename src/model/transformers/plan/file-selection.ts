import type { PipelineOptions } from '../pipeline-options.js';

/** The inputs that determine which files a load requests. */
export interface FileSelection {
  /** The major version of Transformers.js: 2, 3 or 4. */
  readonly version: number;
  /** The task of the pipeline, or an alias of it. */
  readonly task: string;
  /** The options of `pipeline()`, in the form of the version. */
  readonly options: PipelineOptions;
  /** The parsed `config.json` of the model; `undefined` if it could not be read. */
  readonly config: unknown;
  /**
   * The parsed `preprocessor_config.json` of the model. It names the processor class, which may read further files;
   * without it the default class of the model's type is assumed.
   */
  readonly preprocessor?: unknown;
  /**
   * Whether the runtime runs in a browser. From version 3 on, weights without a `dtype` have 8 bit there on the device `wasm`, and 32 bit
   * in all other cases.
   */
  readonly inBrowser: boolean;
}
