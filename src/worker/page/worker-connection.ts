import {
  isBridgeMessage,
  WORKER_TAG,
  type Greeting,
  type PageMessage,
  type WorkerCommand,
  type WorkerMessage,
  type WorkerRequest,
} from '../messages.js';
import { DownloadFailure } from '../../core/index.js';
import { deferred, type Deferred } from '../../core/internal.js';

type Of<K extends WorkerMessage['kind']> = Extract<WorkerMessage, { kind: K }>;

/** Receives the messages and the end of one worker. */
export interface WorkerListener {
  models(message: Of<'models'>): void;
  state(message: Of<'state'>): void;
  /** Called once, after the worker has ended or was disconnected. */
  end(failure: DownloadFailure): void;
}

/**
 * The connection to one worker, from its start to its end. The end is detected by the Web Lock that the worker holds, and, before its
 * first message, by its `error` event. A later `error` event reports an uncaught error of a script; the worker continues. Without Web
 * Locks (plain HTTP) the end of a worker is not detected.
 */
export class WorkerConnection {
  readonly worker: Worker;

  readonly #greeting: Greeting;
  readonly #nextSeq: () => number;
  readonly #listener: WorkerListener;
  readonly #controller = new AbortController();
  readonly #pending = new Map<number, Deferred<Of<'answer'>>>();
  readonly #ready = deferred();
  #isAnnounced = false;
  #lock: string | undefined;

  /** @param nextSeq Counts messages over all workers. */
  constructor(worker: Worker, greeting: Greeting, nextSeq: () => number, listener: WorkerListener) {
    this.worker = worker;
    this.#greeting = greeting;
    this.#nextSeq = nextSeq;
    this.#listener = listener;
    this.ready.catch(() => undefined);
    const { signal } = this.#controller;
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => this.#receive(data), { signal });
    worker.addEventListener('error', (event) => this.#handleError(event), { signal });
    this.#sendHello();
  }

  /** Resolves when the worker has announced its models; rejects if it ends before. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Sends a request, and resolves with its answer. `onSent` is called with the `seq` of the request. */
  request(request: WorkerRequest, onSent?: (seq: number) => void): Promise<Of<'answer'>> {
    const { signal } = this.#controller;
    const answer = deferred<Of<'answer'>>();
    if (signal.aborted) answer.reject(signal.reason);
    else {
      const seq = this.send(request);
      this.#pending.set(seq, answer);
      onSent?.(seq);
    }
    return answer.promise;
  }

  /** Sends a message, and returns its `seq`. */
  send(message: WorkerRequest | WorkerCommand): number {
    const seq = this.#nextSeq();
    this.worker.postMessage({ ...message, tag: WORKER_TAG, seq } satisfies PageMessage);
    return seq;
  }

  /** Disconnects from the worker; pending requests reject with `failure`. */
  end(failure: DownloadFailure): void {
    if (this.#controller.signal.aborted) return;
    this.#controller.abort(failure);
    this.#ready.reject(failure);
    for (const { reject } of this.#pending.values()) reject(failure);
    this.#listener.end(failure);
  }

  #sendHello(): void {
    this.worker.postMessage({ ...this.#greeting, kind: 'hello', tag: WORKER_TAG, seq: this.#nextSeq() } satisfies PageMessage);
  }

  #receive(data: unknown): void {
    if (!isBridgeMessage(data)) return;
    const message = data as WorkerMessage;
    switch (message.kind) {
      case 'ready':
        this.#sendHello();
        return;
      case 'models':
        this.#isAnnounced = true;
        this.#watchLock(message.lock);
        this.#listener.models(message);
        this.#ready.resolve();
        return;
      case 'state':
        this.#listener.state(message);
        return;
      case 'answer':
        this.#pending.get(message.to)?.resolve(message);
        this.#pending.delete(message.to);
    }
  }

  #handleError(event: Event): void {
    if (this.#isAnnounced) return;
    const { message } = event as Partial<ErrorEvent>;
    this.end(new DownloadFailure('runtime', message ? `The worker could not be started: ${message}` : 'The worker could not be started'));
  }

  /** Waits for the lock that the worker holds: when it is granted, the worker has ended. */
  #watchLock(lock: string | undefined): void {
    const { locks } = navigator as { locks?: LockManager };
    if (!lock || lock === this.#lock || !locks) return;
    this.#lock = lock;
    const handleEnd = (): void => this.end(new DownloadFailure('runtime', 'The worker that loads the model has ended'));
    const { signal } = this.#controller;
    // If the lock cannot be requested, the end of the worker is not detected.
    const watch = async (): Promise<void> => locks.request(lock, { signal }, handleEnd);
    watch().catch(() => undefined);
  }
}
