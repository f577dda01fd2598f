import { exposeDownloads, type ExposedDownloads, type ExposeOptions } from 'model-download/adapters/worker';

type Listener = (event: MessageEvent<unknown>) => void;

/** A message of the bridge, as far as tests look at it. */
export interface Crossed {
  readonly kind: string;
  readonly tag?: string;
  readonly modelKey?: string;
  readonly state?: { readonly status: string; readonly bytesDownloaded: number };
}

/** One side of a worker: what is posted on the other is heard here, cloned, in a task of its own. */
class Side {
  readonly listeners = new Set<Listener>();
  readonly #channel = new MessageChannel();

  constructor() {
    this.#channel.port1.onmessage = ({ data }: MessageEvent<unknown>) => {
      const event = new MessageEvent('message', { data });
      for (const listener of [...this.listeners]) listener(event);
    };
  }

  addEventListener(type: string, listener: Listener, { signal }: { signal?: AbortSignal } = {}): void {
    if (type !== 'message') return;
    this.listeners.add(listener);
    signal?.addEventListener('abort', () => this.listeners.delete(listener));
  }

  hear(data: unknown): void {
    this.#channel.port2.postMessage(data);
  }

  close(): void {
    this.#channel.port1.close();
  }
}

/** A worker in the page's own realm. */
export class FakeWorker extends Side {
  readonly scope = new Side();
  /** What the worker has said through the bridge, in its order. */
  readonly said: (Crossed | undefined)[] = [];
  readonly errors = new Set<(event: Event) => void>();
  models: ExposedDownloads | undefined;
  isTerminated = false;

  /** Runs the worker's script. */
  expose(options: ExposeOptions): this {
    const addEventListener = this.scope.addEventListener.bind(this.scope);
    this.models = exposeDownloads({ postMessage: (message) => this.say(message), addEventListener }, options);
    return this;
  }

  /** From the worker to the page. */
  say(message: unknown): void {
    this.said.push((structuredClone(message) as Crossed | null) ?? undefined);
    this.hear(message);
  }

  /** From the page to the worker. */
  postMessage(message: unknown): void {
    this.scope.hear(message);
  }

  override addEventListener(type: string, listener: Listener, options: { signal?: AbortSignal } = {}): void {
    if (type === 'error') this.errors.add(listener as (event: Event) => void);
    super.addEventListener(type, listener, options);
  }

  fail(message: string): void {
    for (const listener of this.errors) listener(new ErrorEvent('error', { message }));
  }

  terminate(): void {
    this.isTerminated = true;
    this.close();
    this.scope.close();
  }

  /** The states that the page was told of a download. */
  told(modelKey: string): readonly NonNullable<Crossed['state']>[] {
    return this.said.flatMap((message) =>
      message?.kind === 'state' && message.modelKey === modelKey && message.tag ? (message.state ?? []) : [],
    );
  }

  get asWorker(): Worker {
    return this as unknown as Worker;
  }
}
