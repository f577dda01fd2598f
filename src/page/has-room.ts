import { plannedSize } from '../adapters/index.js';
import type { PlanEntry } from '../core/index.js';
import { fitsOnDevice } from './browser-ports.js';

/**
 * Whether there is room for a model; `undefined` where it is here already, or that cannot be known.
 *
 * @param copies How often a byte of it is on the disk while it comes.
 */
export async function hasRoom(
  plan: readonly PlanEntry[] | undefined,
  cached: boolean | undefined,
  copies: number,
): Promise<boolean | undefined> {
  const size = plannedSize(plan);
  return size === undefined || cached ? undefined : fitsOnDevice(size * copies);
}
