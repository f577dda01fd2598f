import type { PlanEntry } from '../core/index.js';
import { fitsOnDevice } from './browser-ports.js';
import { isTransformersModel, plannedCache, plannedSize, type ModelDefinition } from '../adapters/index.js';
import { keepsAll } from './model-files.js';

/** What a look at the device tells of a model before it is loaded. */
export interface Outlook {
  /** Whether the whole model is on this device; `undefined` while nobody can tell. */
  readonly cached: boolean | undefined;
  /** Whether there is room for it; `undefined` where it is here already, or nobody can tell. */
  readonly fits: boolean | undefined;
}

/**
 * Looks at what the device has of a model, without loading anything.
 *
 * @param copies How often a byte of it is on the disk while it comes.
 */
export async function lookAround(
  definition: ModelDefinition,
  plan: readonly PlanEntry[] | undefined,
  copies: number,
): Promise<Outlook> {
  const cached = plannedCache(plan) ?? (await keptByBrowser(definition, plan));
  const size = plannedSize(plan);
  const fits = size === undefined || cached ? undefined : await fitsOnDevice(size * copies);
  return { cached, fits };
}

async function keptByBrowser(definition: ModelDefinition, plan: readonly PlanEntry[] | undefined): Promise<boolean | undefined> {
  if (!plan || !isTransformersModel(definition) || !('caches' in globalThis)) return undefined;
  return keepsAll(definition, plan.map(({ file }) => file));
}
