import { systemClock, type Clock, type FetchLike } from '../../../core/index.js';
import type { HubListing } from '../../../transfer/internal.js';
import { urlOf } from '../fetch-hook.js';
import type { TransformersModelDefinition } from '../definition.js';
import { absolute, modelAddress } from '../model-address.js';
import type { TransformersModule } from '../module.js';
import { isDownload } from '../request-kind.js';

/** How long the findings of an estimate serve a download, in ms. Afterwards the model may have changed, and the hub is asked again. */
const USABLE_FOR = 60_000;

/** What an estimate has received from the hub. The download that follows requests none of it again. */
export interface Findings {
  readonly listing: HubListing;
  /** The small files that determine which others are needed, by their addresses. */
  readonly files: ReadonlyMap<string, Response>;
}

interface NotedFindings extends Findings {
  readonly notedAt: number;
}

/** Settings of a module → the common start of a model's addresses → the findings of the last estimate. */
const noted = new WeakMap<object, Map<string, NotedFindings>>();

/** Keeps the findings of an estimate for the next download of the model. */
export function noteFindings(
  transformers: TransformersModule,
  definition: TransformersModelDefinition,
  findings: Findings,
  clock: Clock = systemClock,
): void {
  const all = noted.get(transformers.env) ?? new Map<string, NotedFindings>();
  noted.set(transformers.env, all.set(addressOf(transformers, definition), { ...findings, notedAt: clock.now() }));
}

/** Returns the findings of the last minute, once: an attempt after a failed one asks the hub again. */
export function takeFindings(
  transformers: TransformersModule,
  definition: TransformersModelDefinition,
  clock: Clock = systemClock,
): Findings | undefined {
  const all = noted.get(transformers.env);
  const address = addressOf(transformers, definition);
  const found = all?.get(address);
  all?.delete(address);
  return found && clock.now() - found.notedAt < USABLE_FOR ? found : undefined;
}

/** A `fetch` that responds with each found file once, and passes all other requests on. */
export function fetchFound(findings: Findings | undefined, fetch: FetchLike): FetchLike {
  const files = new Map(findings?.files);
  return async (input, init) => {
    const url = absolute(urlOf(input));
    const found = isDownload(input, init) ? files.get(url) : undefined;
    files.delete(url);
    return found ?? fetch(input, init);
  };
}

function addressOf(transformers: TransformersModule, { model, options = {} }: TransformersModelDefinition): string {
  return modelAddress(transformers, model, options);
}
