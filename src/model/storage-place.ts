import type { StateStorage } from '../core/index.js';

/** Where facts about models are stored for the next visits. */
export interface StoragePlace {
  /** The page's persistent storage; `undefined` stores none. Each of its methods can throw. */
  readonly storage?: StateStorage | undefined;
  /** Separates several apps on one origin; `undefined` for none. */
  readonly namespace?: string | undefined;
}
