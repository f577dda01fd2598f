import type { HashReply, HashRequest } from '#dist/transfer/integrity/hash-protocol.js';

/** A hash worker whose replies a test sends. */
export class FakeHashWorker {
  /** All that were started, in their order. */
  static started: FakeHashWorker[] = [];
  /** Called when a worker has been started. */
  static onStart: (worker: FakeHashWorker) => void = () => undefined;

  onmessage: ((event: MessageEvent<HashReply>) => void) | undefined;
  onerror: ((event: ErrorEvent) => void) | undefined;
  isTerminated = false;
  readonly requests: HashRequest[] = [];
  readonly transferred: (readonly Transferable[])[] = [];

  constructor(
    readonly address?: string | URL,
    readonly options?: WorkerOptions,
  ) {
    FakeHashWorker.started.push(this);
    FakeHashWorker.onStart(this);
  }

  postMessage(request: HashRequest, transfer: readonly Transferable[]): void {
    this.requests.push(request);
    this.transferred.push(transfer);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  reply(message: HashReply): void {
    this.onmessage?.({ data: message } as MessageEvent<HashReply>);
  }

  /** Fires the error event; returns whether its default action, a message in the console, was prevented. */
  fail(message: string): boolean {
    let isPrevented = false;
    this.onerror?.({ message, preventDefault: () => (isPrevented = true) } as unknown as ErrorEvent);
    return isPrevented;
  }

  get asWorker(): Worker {
    return this as unknown as Worker;
  }
}
