import type { FetchLike } from '../../core/index.js';
import { absolute } from './model-address.js';
import { realmRuntimeAddress } from './runtime-address.js';
import { majorVersion, type TransformersModule } from './module.js';

/** The address of a request. */
export function urlOf(input: RequestInfo | URL): string {
  return input instanceof Request ? input.url : String(input);
}

/** Tells some requests from others. */
export type FetchTest = (input: RequestInfo | URL, init?: RequestInit) => boolean;

/** Requests that go another way. */
export interface FetchRoute {
  /** Whether a request is one of them. */
  readonly matches: FetchTest;
  /**
   * Whether the route is known to be the one that a matching request is for, where several loads have
   * files in common. Default: it is not known.
   */
  readonly expects?: ((input: RequestInfo | URL) => boolean) | undefined;
  readonly fetch: FetchLike;
}

/** An object whose `fetch` Transformers.js calls. */
interface FetchOwner {
  fetch: FetchLike;
}

/** The routes of one owner, and the `fetch` that it had before. */
class RoutedFetch {
  readonly #owner: FetchOwner;
  readonly #original: FetchLike;
  readonly #routes = new Set<FetchRoute>();
  readonly #routed: FetchLike;

  constructor(owner: FetchOwner) {
    this.#owner = owner;
    this.#original = owner.fetch;
    this.#routed = (input, init) => {
      // All other requests are the page's own: they go on as they are.
      return (this.#routeOf(input, init)?.fetch ?? this.original)(input, init);
    };
  }

  /** What the owner's `fetch` was. Its `this` is the owner's, as the platform's own asks for. */
  readonly original: FetchLike = (input, init) => this.#original.call(this.#owner, input, init);

  add(route: FetchRoute): void {
    // What the page has put over ours since stays, with the headers that it adds.
    // Where a page has made its `fetch` unchangeable, loads go without a route.
    if (this.#routes.size === 0) Reflect.set(this.#owner, 'fetch', this.#routed);
    this.#routes.add(route);
  }

  remove(route: FetchRoute): void {
    this.#routes.delete(route);
    // What the page has put over ours stays; ours then only passes on.
    if (this.#routes.size === 0 && this.#owner.fetch === this.#routed) this.#owner.fetch = this.#original;
  }

  get isIdle(): boolean {
    return this.#routes.size === 0;
  }

  #routeOf(input: RequestInfo | URL, init: RequestInit | undefined): FetchRoute | undefined {
    const matching = [...this.#routes].filter(({ matches }) => matches(input, init));
    // What no load is known to wait for is asked for at the beginning of one.
    return matching.find(({ expects }) => expects?.(input)) ?? matching.at(-1);
  }
}

const routed = new WeakMap<object, RoutedFetch>();

/** Whether version 4 lets a request be made by the ONNX Runtime. */
function isOfRealm(input: RequestInfo | URL, transformers: TransformersModule): boolean {
  const address = realmRuntimeAddress(transformers);
  return address !== undefined && absolute(urlOf(input)) === address;
}

/** Where versions find their `fetch`: 4 in its settings; 2, 3 and the ONNX Runtime in the realm that runs the model. */
function ownerOf(transformers: TransformersModule, input: RequestInfo | URL): FetchOwner {
  const { env } = transformers as unknown as { env: Partial<FetchOwner> };
  return majorVersion(transformers) >= 4 && env.fetch && !isOfRealm(input, transformers) ? (env as FetchOwner) : globalThis;
}

/** The `fetch` that a module uses at present, with whatever the page has put in its place: for requests of our own. */
export function currentFetch(transformers: TransformersModule): FetchLike {
  return (input, init) => ownerOf(transformers, input).fetch(input, init);
}

/** The `fetch` that a module would use without any of our routes. */
export function originalFetch(transformers: TransformersModule): FetchLike {
  return (input, init) => {
    const owner = ownerOf(transformers, input);
    const found = routed.get(owner);
    // Once all routes have gone the page may have put another one in its place.
    return !found || found.isIdle ? owner.fetch(input, init) : found.original(input, init);
  };
}

/** Sends the matching requests of a module another way, until the returned function is called. */
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
