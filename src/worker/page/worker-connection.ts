import {
  isBridgeMessage,
  WORKER_TAG,
  type AnnouncedModel,
  type PageMessage,
  type WorkerCommand,
  type WorkerMessage,
  type WorkerRequest,
} from '../messages.js';
import { DownloadFailure } from '../../core/index.js';

type Of<K extends WorkerMessage['kind']> = Extract<WorkerMessage, { kind: K }>;

/** What is heard of one worker. */
export interface WorkerListener {
  models(message: Of<'models'>): void;
  state(message: Of<'state'>): void;
  /** It is gone, or let go of. Nothing more is heard of it. */
  end(failure: DownloadFailure): void;
}

/** What is said to each worker first. */
export interface ConnectionOptions {
  readonly models: Readonly<Record<string, AnnouncedModel>>;
  readonly namespace: string | undefined;
  /** Counts messages over all workers. */
  readonly nextSeq: () => number;
}

interface Pending {
  readonly resolve: (answer: Of<'answer'>) => void;
  readonly reject: (failure: DownloadFailure) => void;
}

/**
 * One worker from its start to its end. That it has ended is known by the Web Lock that it holds,
 * and, before it has spoken, by its `error` event. A later `error` is one of its scripts, which go
 * on; without Web Locks (plain HTTP) the end of a worker goes unnoticed.
 */
export class WorkerConnection {
  readonly worker: Worker;
  /** Resolves when the worker has said what it can load; rejects when it ends before. */
  readonly ready: Promise<void>;

  readonly #options: ConnectionOptions;
  readonly #listener: WorkerListener;
  readonly #controller = new AbortController();
  readonly #pending = new Map<number, Pending>();
  #resolveReady: () => void = () => undefined;
  #rejectReady: (failure: DownloadFailure) => void = () => undefined;
  #isAnnounced = false;
  #lock: string | undefined;

  constructor(worker: Worker, greeting: ConnectionOptions, listener: WorkerListener) {
    this.worker = worker;
    this.#options = greeting;
    this.#listener = listener;
    this.ready = new Promise((resolve, reject) => {
      this.#resolveReady = resolve;
      this.#rejectReady = reject;
    });
    this.ready.catch(() => undefined);
    const { signal } = this.#controller;
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => this.#receive(data), { signal });
    worker.addEventListener('error', (event) => this.#handleError(event), { signal });
    this.#sendHello();
  }

  /** Asks for something, and resolves with the answer. `onSent` hears the message's number before. */
  request(request: WorkerRequest, onSent?: (seq: number) => void): Promise<Of<'answer'>> {
    return new Promise((resolve, reject) => {
      const { signal } = this.#controller;
      if (signal.aborted) {
        reject(signal.reason as DownloadFailure);
        return;
      }
      const seq = this.send(request);
      this.#pending.set(seq, { resolve, reject });
      onSent?.(seq);
    });
  }

  /** Says something that needs no answer, and returns the message's number. */
  send(message: WorkerRequest | WorkerCommand): number {
    const seq = this.#options.nextSeq();
    this.worker.postMessage({ ...message, tag: WORKER_TAG, seq } satisfies PageMessage);
    return seq;
  }

  /** Lets go of the worker; who waits for something is rejected with `failure`. */
  end(failure: DownloadFailure): void {
    if (this.#controller.signal.aborted) return;
    this.#controller.abort(failure);
    this.#rejectReady(failure);
    for (const { reject } of this.#pending.values()) reject(failure);
    this.#listener.end(failure);
  }

  #sendHello(): void {
    const { models, namespace, nextSeq } = this.#options;
    this.worker.postMessage({ kind: 'hello', tag: WORKER_TAG, seq: nextSeq(), models, namespace } satisfies PageMessage);
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
        this.#resolveReady();
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

  /** Waits for the lock that the worker holds: once it is granted, the worker is gone. */
  #watchLock(lock: string | undefined): void {
    const { locks } = navigator as { locks?: LockManager };
    if (!lock || lock === this.#lock || !locks) return;
    this.#lock = lock;
    const isGone = (): void => this.end(new DownloadFailure('runtime', 'The worker that loads the model has ended'));
    const { signal } = this.#controller;
    // Where locks refuse, the end of the worker is not heard of.
    const watch = async (): Promise<void> => locks.request(lock, { signal }, isGone);
    watch().catch(() => undefined);
  }
}
