import type { PipelineOptions } from '../pipeline-options.js';

/** What decides which files a load requests. */
export interface FileSelection {
  /** Of Transformers.js: 2, 3 or 4. */
  readonly version: number;
  /** Of the pipeline, or an alias of it. */
  readonly task: string;
  /** As `pipeline()` is given them, in the words of the version. */
  readonly options: PipelineOptions;
  /** The model's `config.json` as parsed; `undefined` when it could not be read. */
  readonly config: unknown;
  /**
   * The model's `preprocessor_config.json` as parsed. It names the class that may read more small
   * files; without it that class is taken to be the usual one of the model's type.
   */
  readonly preprocessor?: unknown;
  /** Whether the runtime is in a browser, where weights default to 8 bit, or in Node, where they do not. */
  readonly inBrowser: boolean;
}

/** An object of foreign JSON to look into; empty for anything else. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
