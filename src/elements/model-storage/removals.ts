// In: presses of Delete and Undo, and in which rows the user is. Out: removal requests, after the time for Undo, and their results.
import type { ReactiveController, ReactiveElement } from 'lit';
import { addListener } from '../../core/internal.js';
import { ModelStorageRemoveRequestEvent } from '../../protocol/index.js';
import { settleWithin } from './settle-within.js';

/** How long the user can undo after they have left the row, in ms. */
export const UNDO_TIME = 10_000;

/** How long a removal waits for an answer, in ms. */
const ANSWER_LIMIT = 60_000;

/**
 * The removal of one model: it can still be undone, it is running, or it has ended and the model is still there. `due` is the end of
 * the time for Undo, in ms since 1970. It is `undefined` while the user is in the row, since the time has not begun.
 */
export type Removal =
  | { readonly step: 'pending'; readonly due: number | undefined }
  | { readonly step: 'running' }
  | { readonly step: 'refused' }
  | { readonly step: 'failed' };

/** The collaborators of {@link Removals}. */
export interface RemovalsOptions {
  /** Whether a model can be deleted now. */
  readonly canRemove: (key: string) => boolean;
  /** Whether the user is in the row of a model. */
  readonly isHeld: (key: string) => boolean;
  /** Called when the time for Undo begins after the user has left the row. */
  readonly onStart: (key: string) => void;
  /** Reads the storage again, and resolves with whether the model has files. */
  readonly hasFiles: (key: string) => Promise<boolean>;
  /** Called when the page is left, or the element removed, while a model is marked. */
  readonly onDrop: () => void;
  /** Called when a removal has ended; `undefined` means that the files are deleted. */
  readonly onEnd: (key: string, removal: Removal | undefined) => void;
}

/**
 * Requests the removal of models, each 10 s after the user pressed Delete. While the user is in the row, the time does not run, and
 * it begins again when the user leaves the row. If the page is left or the element is removed before its end, nothing is deleted.
 */
export class Removals implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #options: RemovalsOptions;
  readonly #removals = new Map<string, Removal>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #ticker: ReturnType<typeof setInterval> | undefined;
  #stopListening: (() => void) | undefined;

  constructor(host: ReactiveElement, options: RemovalsOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** The removal of a model; `undefined` for none. */
  get(key: string): Removal | undefined {
    return this.#removals.get(key);
  }

  /** Marks a model for its removal. */
  request(key: string): void {
    const { step } = this.get(key) ?? {};
    if (step === 'pending' || step === 'running') return;
    if (this.#options.isHeld(key)) this.#hold(key);
    else this.#start(key);
  }

  /** Holds or begins the time of each model whose row the user has entered or left. */
  refresh(): void {
    for (const [key, removal] of [...this.#removals]) {
      if (removal.step !== 'pending') continue;
      const isHeld = this.#options.isHeld(key);
      const wasHeld = removal.due === undefined;
      if (isHeld && !wasHeld) this.#hold(key);
      if (isHeld || !wasHeld) continue;
      this.#start(key);
      this.#options.onStart(key);
    }
  }

  /** Keeps a model that was marked. */
  undo(key: string): void {
    if (this.get(key)?.step === 'pending') this.#drop(key);
  }

  hostConnected(): void {
    const { defaultView } = this.#host.ownerDocument;
    this.#stopListening = defaultView ? addListener(defaultView, 'pagehide', this.#dropAll) : undefined;
  }

  hostDisconnected(): void {
    // The element may be in another document now.
    this.#stopListening?.();
    // An element that only moves is connected again at once.
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#dropAll();
    });
  }

  #start(key: string): void {
    this.#timers.set(
      key,
      setTimeout(() => void this.#carryOut(key), UNDO_TIME),
    );
    this.#set(key, { step: 'pending', due: Date.now() + UNDO_TIME });
  }

  #hold(key: string): void {
    this.#stop(key);
    this.#set(key, { step: 'pending', due: undefined });
  }

  async #carryOut(key: string): Promise<void> {
    this.#timers.delete(key);
    // A load or a download of the model may have started meanwhile.
    if (!this.#options.canRemove(key)) {
      this.#end(key, { step: 'refused' });
      return;
    }
    const answers: unknown[] = [];
    const event = new ModelStorageRemoveRequestEvent({ modelKey: key, answer: (removal) => void answers.push(removal) });
    if (!this.#host.dispatchEvent(event)) {
      this.#end(key, { step: 'refused' });
      return;
    }
    this.#set(key, { step: 'running' });
    const results = await settleWithin(answers, ANSWER_LIMIT);
    const hasFiles = await this.#options.hasFiles(key);
    const isDone = !hasFiles && results.every(({ status }) => status === 'fulfilled');
    this.#end(key, isDone ? undefined : { step: 'failed' });
  }

  #end(key: string, removal: Removal | undefined): void {
    this.#set(key, removal);
    this.#options.onEnd(key, removal);
  }

  #set(key: string, removal: Removal | undefined): void {
    if (removal) this.#removals.set(key, removal);
    else this.#removals.delete(key);
    const isPending = this.#timers.size > 0;
    if (!isPending) this.#stopTicking();
    else this.#ticker ??= setInterval(() => this.#host.requestUpdate(), 1_000);
    this.#host.requestUpdate();
  }

  #drop(key: string): void {
    this.#stop(key);
    this.#set(key, undefined);
  }

  #stop(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }

  readonly #dropAll = (): void => {
    const pending = [...this.#removals].filter(([, { step }]) => step === 'pending');
    for (const [key] of pending) this.#drop(key);
    if (pending.length > 0) this.#options.onDrop();
  };

  #stopTicking(): void {
    clearInterval(this.#ticker);
    this.#ticker = undefined;
  }
}
