import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The text about a connection that may be metered or slow. */
export type ConnectionText = 'savesData' | 'mobileData' | 'slowConnection';

/** The Network Information API, of which a browser can have any part, or none. See https://wicg.github.io/netinfo/ */
interface NetworkInformation extends Partial<EventTarget> {
  /** The user has requested to save data. See https://wicg.github.io/savedata/ */
  readonly saveData?: unknown;
  readonly type?: unknown;
  /** The measured quality: `3g` is up to 700 kbit/s. */
  readonly effectiveType?: unknown;
}

const SLOW: readonly unknown[] = ['slow-2g', '2g', '3g'];

/** The text about this device's connection; `undefined` if it is not known to be metered or slow. */
export function connectionText(): ConnectionText | undefined {
  const { saveData, type, effectiveType } = networkInformation() ?? {};
  if (saveData === true) return 'savesData';
  if (type === 'cellular') return 'mobileData';
  return SLOW.includes(effectiveType) ? 'slowConnection' : undefined;
}

/** Updates its host when the connection of the device changes. */
export class ConnectionController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #connection: NetworkInformation | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#connection = networkInformation();
    this.#connection?.addEventListener?.('change', this.#update);
  }

  hostDisconnected(): void {
    this.#connection?.removeEventListener?.('change', this.#update);
  }

  readonly #update = (): void => this.#host.requestUpdate();
}

function networkInformation(): NetworkInformation | undefined {
  // A document that is emulated in Node has no global `navigator`.
  return (globalThis as { navigator?: { connection?: NetworkInformation } }).navigator?.connection;
}
