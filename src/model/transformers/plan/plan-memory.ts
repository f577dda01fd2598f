import type { PlanEntry } from '../../../core/index.js';
import type { AbsentFiles } from '../../absent-files.js';

/** Returns the files of the last load of a model with a version of Transformers.js; `undefined` if they are unknown. */
export type RecallPlan = (version: string | undefined) => readonly PlanEntry[] | undefined;

/** The files of earlier loads of one model. */
export interface PlanMemory {
  readonly recall: RecallPlan;
  /** Records that this load does not show which files the model has: one failed that may exist. */
  readonly doubt: () => void;
  /** The files that a server has reported as missing. */
  readonly absent: AbsentFiles;
  /** Forgets the missing files, of this and earlier loads. */
  readonly forget: () => void;
}
