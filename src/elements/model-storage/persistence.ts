import type { ReactiveElement } from 'lit';
import { ModelStoragePersistRequestEvent } from '../../protocol/index.js';

/** How long the user can be expected to decide, in ms: after that the button can be pressed again. */
const DECISION_TIME = 30_000;

/** The request that the browser keeps the data: none, waiting for the browser's answer, or refused. */
export type PersistenceStep = 'none' | 'waiting' | 'refused';

/** Requests that the browser keeps the site's data. */
export class Persistence {
  readonly #host: ReactiveElement;
  readonly #onAnswer: (isPersistent: boolean) => void;
  #step: PersistenceStep = 'none';
  /**
   * Whether the button does nothing; `false` again after {@link DECISION_TIME}, even while `step` is `waiting`: Firefox keeps a request
   * pending forever if the user ignores its prompt.
   */
  #isBusy = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onAnswer Called with the result of each request, also with a late one. */
  constructor(host: ReactiveElement, onAnswer: (isPersistent: boolean) => void) {
    this.#host = host;
    this.#onAnswer = onAnswer;
  }

  get step(): PersistenceStep {
    return this.#step;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Sends a request, unless `isBusy`. */
  request(): void {
    if (this.#isBusy) return;
    const answers: unknown[] = [];
    const event = new ModelStoragePersistRequestEvent({ answer: (persistence) => void answers.push(persistence) });
    // The page has called `preventDefault()`, or no listener has called `answer()`: the browser has received no request, so it has
    // not refused one.
    if (!this.#host.dispatchEvent(event) || answers.length === 0) return;
    this.#set('waiting', true);
    this.#timer = setTimeout(() => this.#set(this.#step, false), DECISION_TIME);
    Promise.all(answers).then(
      (all) => this.#settle(all.includes(true)),
      () => this.#settle(false),
    );
  }

  #settle(isPersistent: boolean): void {
    clearTimeout(this.#timer);
    this.#set(isPersistent ? 'none' : 'refused', false);
    this.#onAnswer(isPersistent);
  }

  #set(step: PersistenceStep, isBusy: boolean): void {
    this.#step = step;
    this.#isBusy = isBusy;
    this.#host.requestUpdate();
  }
}
