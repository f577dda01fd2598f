import type { DownloadState } from 'model-download';
import { createSubscriber } from 'svelte/reactivity';
import { downloads } from './model.ts';

/** How a download stands; whatever reads it runs again when that changes. */
export class Download {
  readonly #modelKey: string;
  readonly #follow: () => void;

  constructor(modelKey: string) {
    this.#modelKey = modelKey;
    this.#follow = createSubscriber((update) => downloads.subscribe(modelKey, update));
  }

  get state(): DownloadState | undefined {
    this.#follow();
    return downloads.getState(this.#modelKey);
  }
}
