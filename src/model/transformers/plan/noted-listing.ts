import { systemClock, type Clock } from '../../../core/index.js';
import type { HubListing } from '../../../transfer/internal.js';
import type { TransformersModelDefinition } from '../definition.js';
import { modelAddress } from '../model-address.js';
import type { TransformersModule } from '../module.js';

/**
 * How long the listing of an estimate serves a download, in ms: as long as its request may take. Afterwards the model may have changed,
 * and only a new listing shows that a file in the browser's cache is outdated.
 */
const USABLE_FOR = 5_000;

interface NotedListing {
  readonly listing: HubListing;
  readonly notedAt: number;
}

/** Settings of a module → the common start of a model's addresses → the listing of the last estimate. */
const noted = new WeakMap<object, Map<string, NotedListing>>();

/**
 * Keeps the listing of an estimate for the next download of the model. It may not have arrived: then the download waits for it, too.
 *
 * @returns Call it if the listing has not arrived in time: the next download then requests it again.
 */
export function noteListing(
  transformers: TransformersModule,
  definition: TransformersModelDefinition,
  listing: HubListing,
  clock: Clock = systemClock,
): () => void {
  const all = noted.get(transformers.env) ?? new Map<string, NotedListing>();
  const address = addressOf(transformers, definition);
  noted.set(transformers.env, all.set(address, { listing, notedAt: clock.now() }));
  return () => {
    if (all.get(address)?.listing === listing) all.delete(address);
  };
}

/** Returns the listing of an estimate that has just begun, once: an attempt after a failed one asks the hub again. */
export function takeListing(
  transformers: TransformersModule,
  definition: TransformersModelDefinition,
  clock: Clock = systemClock,
): HubListing | undefined {
  const all = noted.get(transformers.env);
  const address = addressOf(transformers, definition);
  const found = all?.get(address);
  all?.delete(address);
  return found && clock.now() - found.notedAt < USABLE_FOR ? found.listing : undefined;
}

function addressOf(transformers: TransformersModule, { model, options = {} }: TransformersModelDefinition): string {
  return modelAddress(transformers, model, options);
}
