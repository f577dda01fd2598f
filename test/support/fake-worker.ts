import { exposeDownloads, type ExposedDownloads, type ExposeOptions } from 'model-download/adapters/worker';

type Listener = (event: MessageEvent<unknown>) => void;

/** The part of a bridge message that tests read. */
export interface BridgeMessage {
  readonly kind: string;
  readonly tag?: string;
  readonly modelKey?: string;
  readonly state?: { readonly status: string; readonly bytesDownloaded: number };
}

/** One side of a worker: messages of the other side are received cloned, each in its own task. */
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

  receive(data: unknown): void {
    this.#channel.port2.postMessage(data);
  }

  close(): void {
    this.#channel.port1.close();
  }
}

/** A worker in the page's own realm. */
export class FakeWorker extends Side {
  readonly scope = new Side();
  /** The messages of the worker, in their order. */
  readonly posted: (BridgeMessage | undefined)[] = [];
  readonly errors = new Set<(event: Event) => void>();
  models: ExposedDownloads | undefined;
  isTerminated = false;

  /** Runs the worker's script. */
  expose(options: ExposeOptions): this {
    const addEventListener = this.scope.addEventListener.bind(this.scope);
    this.models = exposeDownloads({ postMessage: (message) => this.post(message), addEventListener }, options);
    return this;
  }

  /** Sends a message from the worker to the page. */
  post(message: unknown): void {
    this.posted.push((structuredClone(message) as BridgeMessage | null) ?? undefined);
    this.receive(message);
  }

  /** Sends a message from the page to the worker. */
  postMessage(message: unknown): void {
    this.scope.receive(message);
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

  /** The states of a download that the worker has sent. */
  reportedStates(modelKey: string): readonly NonNullable<BridgeMessage['state']>[] {
    return this.posted.flatMap((message) =>
      message?.kind === 'state' && message.modelKey === modelKey && message.tag ? (message.state ?? []) : [],
    );
  }

  get asWorker(): Worker {
    return this as unknown as Worker;
  }
}
