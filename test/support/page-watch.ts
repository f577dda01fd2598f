/** Counts the listeners and the open channels of the page; listeners on abort signals count only for {@link signals}. */
export class PageWatch {
  /** Signals whose listeners count, since the page holds them. */
  readonly signals = new Set<AbortSignal>();

  readonly #listeners = new Map<string, number>();
  readonly #channels = new Set<string>();
  readonly #undo: (() => void)[] = [];
  readonly #ids = new WeakMap<object, number>();
  #lastId = 0;

  constructor() {
    this.#watchListeners();
    this.#watchChannels();
  }

  /** The current listeners, by target and type, and channels, by name. */
  get left(): readonly string[] {
    return [...this.#listeners.keys(), ...this.#channels].map((id) => id.replace(/#.*/, '')).sort();
  }

  /** Restores the page's functions. */
  close(): void {
    for (const act of this.#undo.splice(0)) act();
  }

  #watchListeners(): void {
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    const idOf = (target: EventTarget, type: string, listener: object, options: unknown): string => {
      const capture = typeof options === 'object' ? (options as AddEventListenerOptions | null)?.capture === true : options === true;
      return `${target.constructor.name} ${type}#${this.#idOf(target)} ${this.#idOf(listener)} ${capture}`;
    };
    const listeners = this.#listeners;
    const counts = (target: EventTarget): boolean => !(target instanceof AbortSignal) || this.signals.has(target);
    EventTarget.prototype.addEventListener = function (this: EventTarget | undefined, type, listener, options) {
      // `this` is undefined if the global function is called without an object.
      const target = this ?? globalThis;
      addEventListener.call(target, type, listener, options);
      if (!listener || !counts(target)) return;
      const { signal } = (typeof options === 'object' ? options : {}) as { signal?: AbortSignal };
      if (signal?.aborted) return;
      const id = idOf(target, type, listener, options);
      listeners.set(id, 1);
      if (signal) addEventListener.call(signal, 'abort', () => listeners.delete(id));
    };
    EventTarget.prototype.removeEventListener = function (this: EventTarget | undefined, type, listener, options) {
      const target = this ?? globalThis;
      removeEventListener.call(target, type, listener, options);
      if (listener) listeners.delete(idOf(target, type, listener, options));
    };
    this.#undo.push(() => Object.assign(EventTarget.prototype, { addEventListener, removeEventListener }));
  }

  #watchChannels(): void {
    const Platform = globalThis.BroadcastChannel;
    const channels = this.#channels;
    globalThis.BroadcastChannel = class extends Platform {
      readonly #id = `BroadcastChannel ${this.name}#${Math.random()}`;

      constructor(name: string) {
        super(name);
        channels.add(this.#id);
      }

      override close(): void {
        channels.delete(this.#id);
        super.close();
      }
    };
    this.#undo.push(() => (globalThis.BroadcastChannel = Platform));
  }

  #idOf(target: object): number {
    const id = this.#ids.get(target) ?? ++this.#lastId;
    this.#ids.set(target, id);
    return id;
  }
}
