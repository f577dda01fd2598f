import { isTransformersModel, sourceOf, type DeviceStorage, type ModelDefinition } from '../../model/index.js';
import type { ModelPlans } from '../model-plans.js';
import type { ModelRegistry } from '../model-registry.js';

/** The models of a manager, and its stored files. */
interface Owner {
  readonly models: ModelRegistry;
  readonly plans: ModelPlans;
  readonly device: DeviceStorage;
}

/**
 * The managers of this page whose storage was requested. In the report of one manager, the models of the others are not files of
 * other software.
 */
const owners = new Set<Owner>();

/** Adds a manager, whose models `findOwners()` includes from now on. */
export function addOwner(owner: Owner): void {
  owners.add(owner);
}

/**
 * Resolves with a function that tests whether an address in the cache of Transformers.js belongs to a model of one of these managers,
 * by its host, path and revision.
 */
export async function findOwners(): Promise<(address: string) => boolean> {
  for (const owner of owners) if (owner.models.isDisposed) owners.delete(owner);
  const models = [...owners].flatMap((owner) => [...owner.models.definitions].map(([key, definition]) => ownerOf(owner, key, definition)));
  const owns = await Promise.all(models);
  return (address) => owns.some((isOwn) => isOwn(address));
}

async function ownerOf({ plans, device }: Owner, modelKey: string, definition: ModelDefinition): Promise<(address: string) => boolean> {
  if (!isTransformersModel(definition)) return () => false;
  const names = plans.planOf(modelKey, definition)?.map(({ file }) => file);
  const learned = plans.learned.latest(modelKey, sourceOf(definition))?.address;
  return (await device.open()).ownerOf(definition, { names, learned, source: plans.moduleFor(modelKey) });
}
