import type * as Engine from './engine.js';

let engine: typeof Engine | undefined;

/** The chunk that downloads and loads models; `undefined` until it has been imported. */
export function loadedEngine(): typeof Engine | undefined {
  return engine;
}

/** Imports the chunk that downloads and loads models. After a failed import the next call imports it again. */
export async function loadEngine(): Promise<typeof Engine> {
  return (engine ??= await import('./engine.js'));
}
