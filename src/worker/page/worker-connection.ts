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

/** Receives the messages and the end of one worker. */
export interface WorkerListener {
  models(message: Of<'models'>): void;
  state(message: Of<'state'>): void;
  /** Called once, after the worker has ended or was disconnected. */
  end(failure: DownloadFailure): void;
}

/** The content of the first message to each worker. */
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
 * The connection to one worker, from its start to its end. The end is detected by the Web Lock that the worker holds, and,
 * before its first message, by its `error` event. A later `error` event is that of a script, after which the worker goes
 * on. Without Web Locks (plain HTTP) the end of a worker is not detected.
 */
export class WorkerConnection {
  readonly worker: Worker;
  /** Resolves when the worker has announced its models; rejects if it ends before. */
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

  /** Sends a request, and resolves with its answer. `onSent` is called with the `seq` of the request. */
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

  /** Sends a message, and returns its `seq`. */
  send(message: WorkerRequest | WorkerCommand): number {
    const seq = this.#options.nextSeq();
    this.worker.postMessage({ ...message, tag: WORKER_TAG, seq } satisfies PageMessage);
    return seq;
  }

  /** Disconnects from the worker; pending requests reject with `failure`. */
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
