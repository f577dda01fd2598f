import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Updates its host once a second until a given time. */
export class CountdownController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #readMoment: () => number | undefined;

  #timer: ReturnType<typeof setInterval> | undefined;
  #connected = false;

  /** @param readMoment Returns the time in ms since 1970, or `undefined` for none. */
  constructor(host: ReactiveControllerHost, readMoment: () => number | undefined) {
    this.#host = host;
    this.#readMoment = readMoment;
    host.addController(this);
  }

  hostConnected(): void {
    this.#connected = true;
  }

  hostUpdated(): void {
    const moment = this.#readMoment();
    const due = this.#connected && moment !== undefined && moment > Date.now();
    if (!due) this.#stop();
    else this.#timer ??= setInterval(() => this.#host.requestUpdate(), 1_000);
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#stop();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
