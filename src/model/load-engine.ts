import type * as Engine from './engine.js';

let engine: typeof Engine | undefined;

/** The engine, which downloads and loads models; `undefined` until it has been imported. */
export function loadedEngine(): typeof Engine | undefined {
  return engine;
}

/** Imports the engine. After a failed import the next call imports it again, which Firefox refuses until the page is reloaded. */
export async function loadEngine(): Promise<typeof Engine> {
  return (engine ??= await import('./engine.js'));
}
