import type { FetchLike } from '../../core/index.js';
import { absolute } from './model-address.js';
import { realmRuntimeAddress } from './runtime-address.js';
import { majorVersion } from './major-version.js';
import { replacedFetches } from './replaced-fetches.js';
import { trySet } from './try-set.js';
import type { TransformersModule } from './module.js';

/** The address of a request. */
export function urlOf(input: RequestInfo | URL): string {
  return input instanceof Request ? input.url : String(input);
}

/** Tests whether a request belongs to a route. */
export type FetchTest = (input: RequestInfo | URL, init?: RequestInit) => boolean;

/** A set of requests, and the `fetch` that handles them. */
export interface FetchRoute {
  /** Whether the route handles a request. */
  readonly matches: FetchTest;
  /**
   * Whether the route's load is about to make a matching request; it decides between loads with common files. Default:
   * unknown.
   */
  readonly expects?: ((input: RequestInfo | URL) => boolean) | undefined;
  readonly fetch: FetchLike;
}

/** An object whose `fetch` Transformers.js calls. */
interface FetchOwner {
  fetch: FetchLike;
}

/** The routes of one owner, and its original `fetch`. */
class RoutedFetch {
  readonly #owner: FetchOwner;
  readonly #original: FetchLike;
  readonly #routes = new Set<FetchRoute>();
  readonly #routed: FetchLike;
  #isInPlace = false;

  constructor(owner: FetchOwner) {
    this.#owner = owner;
    this.#original = owner.fetch;
    this.#routed = (input, init) => {
      // All other requests are the page's own: they are passed on unchanged.
      return (this.#routeOf(input, init)?.fetch ?? this.original)(input, init);
    };
  }

  /** The owner's original `fetch`, called with the owner as `this`, which the platform's `fetch` requires. */
  readonly original: FetchLike = (input, init) => this.#original.call(this.#owner, input, init);

  add(route: FetchRoute): void {
    // Only the first route replaces `fetch`: a wrapper that the page has installed later stays, with the headers it adds.
    // If `fetch` is read-only, or another copy of this package has replaced it, loads run without a route.
    if (this.#routes.size === 0) this.#isInPlace = !replacedFetches().has(this.#owner) && trySet(this.#owner, 'fetch', this.#routed);
    if (this.#isInPlace) replacedFetches().set(this.#owner, this);
    this.#routes.add(route);
  }

  remove(route: FetchRoute): void {
    this.#routes.delete(route);
    if (this.#routes.size > 0) return;
    if (replacedFetches().get(this.#owner) === this) replacedFetches().delete(this.#owner);
    // A wrapper that the page has installed stays; our `fetch`, which it calls, then only passes requests on.
    if (this.#owner.fetch === this.#routed) trySet(this.#owner, 'fetch', this.#original);
  }

  /** Whether the first route could replace `fetch`. */
  get isInPlace(): boolean {
    return this.#isInPlace;
  }

  /** Whether the owner's `fetch` is ours: the page has not wrapped it. */
  get isOutermost(): boolean {
    return this.#owner.fetch === this.#routed;
  }

  get isIdle(): boolean {
    return this.#routes.size === 0;
  }

  #routeOf(input: RequestInfo | URL, init: RequestInit | undefined): FetchRoute | undefined {
    const matching = [...this.#routes].filter(({ matches }) => matches(input, init));
    // A request that no load expects is made at the beginning of a load, most likely of the last one.
    return matching.find(({ expects }) => expects?.(input)) ?? matching.at(-1);
  }
}

const routed = new WeakMap<object, RoutedFetch>();

/** Whether version 4 leaves a request to the ONNX Runtime, which uses the realm's `fetch`. */
function isOfRealm(input: RequestInfo | URL, transformers: TransformersModule): boolean {
  const address = realmRuntimeAddress(transformers);
  return address !== undefined && absolute(urlOf(input)) === address;
}

/** The object whose `fetch` is called: the settings of version 4; the global object for versions 2, 3 and the ONNX Runtime. */
function ownerOf(transformers: TransformersModule, input: RequestInfo | URL): FetchOwner {
  const { env } = transformers as unknown as { env: Partial<FetchOwner> };
  return majorVersion(transformers) >= 4 && env.fetch && !isOfRealm(input, transformers) ? (env as FetchOwner) : globalThis;
}

/** The current `fetch` of a module, including our routes and the page's wrappers: for our own requests. */
export function currentFetch(transformers: TransformersModule): FetchLike {
  return (input, init) => ownerOf(transformers, input).fetch(input, init);
}

/** The `fetch` of a module without our routes, and without those of another copy of this package. */
export function originalFetch(transformers: TransformersModule): FetchLike {
  return (input, init) => {
    const owner = ownerOf(transformers, input);
    const replaced = replacedFetches().get(owner);
    if (replaced) return replaced.original(input, init);
    const found = routed.get(owner);
    // After the last route was removed the page may have replaced `fetch`.
    return !found || found.isIdle ? owner.fetch(input, init) : found.original(input, init);
  };
}

/**
 * Whether a route receives, or would receive, a request of a module. It does not if the page has made `fetch` or `env` read-only, or
 * while another copy of this package has replaced `fetch`: the runtime would then request a second time what we have requested.
 */
export function isRoutable(transformers: TransformersModule, url: string): boolean {
  const owner = ownerOf(transformers, url);
  const found = routed.get(owner);
  if (found && !found.isIdle) return found.isInPlace;
  const trial = new RoutedFetch(owner);
  const route = { matches: () => false, fetch: trial.original };
  trial.add(route);
  trial.remove(route);
  return trial.isInPlace;
}

/** Whether a module receives the responses of a route as they are: the page has not wrapped its `fetch` since. */
export function isOutermost(transformers: TransformersModule, url: string): boolean {
  return routed.get(ownerOf(transformers, url))?.isOutermost === true;
}

/** Handles the matching requests of a module by a route, until the returned function is called. */
export function addRoute(transformers: TransformersModule, { matches, expects, fetch }: FetchRoute): () => void {
  const own = ownerOf(transformers, '');
  const owners = realmRuntimeAddress(transformers) !== undefined ? new Set([own, globalThis]) : [own];
  const leave = [...owners].map((owner) => {
    const isOwn: FetchTest = (input, init) => ownerOf(transformers, input) === owner && matches(input, init);
    return routeOn(owner, { matches: isOwn, expects, fetch });
  });
  return () => leave.forEach((end) => end());
}

function routeOn(owner: FetchOwner, route: FetchRoute): () => void {
  const known = routed.get(owner);
  const found = known && !known.isIdle ? known : new RoutedFetch(owner);
  routed.set(owner, found);
  found.add(route);
  return () => found.remove(route);
}
