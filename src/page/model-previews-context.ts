import type { DownloadStates } from '../core/internal.js';
import type { ModelPlans } from './model-plans.js';
import type { ModelRegistry } from './model-registry.js';

/** The collaborators of a `ModelPreviews`. */
export interface ModelPreviewsContext {
  readonly models: ModelRegistry;
  readonly plans: ModelPlans;
  readonly states: DownloadStates;
  /** Whether the transfer layer downloads the files. */
  readonly hasTransfer: boolean;
}
