import type { PlanEntry } from '../../../core/index.js';
import type { AbsentFiles } from '../../absent-files.js';

/** Returns the files of the last load of a model with a version of Transformers.js; `undefined` if they are unknown. */
export type RecallPlan = (version: string | undefined) => readonly PlanEntry[] | undefined;

/** The files of earlier loads of one model. */
export interface PlanMemory {
  readonly recall: RecallPlan;
  /** Records that the files of this load do not show which files the model has: a file that may exist has failed. */
  readonly doubt: () => void;
  /** The files that a server has reported as missing. */
  readonly absent: AbsentFiles;
  /** Deletes the recorded missing files of this and of earlier loads. */
  readonly forget: () => void;
}
