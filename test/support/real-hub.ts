/** One model of the local hub, as its manifest lists it. */
export interface HubModel {
  readonly id: string;
  readonly task: string;
  readonly files: readonly { readonly path: string; readonly size: number }[];
  readonly sample: { readonly input: string; readonly options: object; readonly expected: object };
  readonly versions: Record<
    string,
    {
      readonly options: Readonly<Record<string, unknown>>;
      readonly size: number;
      readonly files: readonly { path: string; size: number }[];
    }
  >;
}

/** One request to the hub, as its log tells it. */
export interface HubRequest {
  readonly origin: 'hub' | 'cdn';
  readonly method: string;
  /** The file's path in its model; `null` where the request is for none. */
  readonly file: string | null;
  readonly range: string | null;
  readonly status: number | null;
  readonly aborted: boolean;
  readonly bytesSent: number;
  readonly finished: boolean;
}

const { hubUrl, engines } = (await (await fetch('/hub.json')).json()) as { hubUrl: string; engines: number };
const { models } = (await (await fetch(`${hubUrl}/__hub/manifest`)).json()) as { models: HubModel[] };

/** Whether this is Safari's engine. */
export const isWebKit = navigator.userAgent.includes('AppleWebKit') && !navigator.userAgent.includes('Chrome');

/** Bytes per second: slow enough that a busy machine reads them as they come, or else more is lost in a cut. */
export const LINK = isWebKit ? 8_000_000 : 10_000_000;

/** On two cores, three engines at once read received bytes later. One that runs alone is held to 1 MiB. */
const MOST_IN_FLIGHT = (engines > 1 ? 2 : 1) * 1024 * 1024;

/**
 * Bytes that may be on their way, and so are lost, when a connection breaks. WebKit hands bytes
 * over in batches of up to a quarter of a second, and drops the last one when the answer breaks.
 */
export const IN_FLIGHT = isWebKit ? LINK / 4 : MOST_IN_FLIGHT;

/** A part of the hub that one test has to itself: its own faults, its own log, its own cache keys. */
export class HubScope {
  readonly #token = crypto.randomUUID();

  get remoteHost(): string {
    return `${hubUrl}/s/${this.#token}/`;
  }

  async control(controls: object): Promise<void> {
    await fetch(`${hubUrl}/__hub/control?scope=${this.#token}`, { method: 'POST', body: JSON.stringify(controls) });
  }

  /** The address of a file. */
  url(id: string, file: string): string {
    return `${this.remoteHost}${id}/resolve/main/${file}`;
  }

  /** The answers that held bytes of a file, in their order. */
  async answers(file: string): Promise<readonly HubRequest[]> {
    return (await this.requests()).filter((request) => request.file === file && request.method === 'GET' && request.status !== 302);
  }

  async requests(): Promise<readonly HubRequest[]> {
    const response = await fetch(`${hubUrl}/__hub/log?scope=${this.#token}`);
    return (await response.json()) as HubRequest[];
  }
}

export function hubModel(id: string): HubModel {
  const found = models.find((model) => model.id === id);
  if (!found) throw new Error(`The hub has no ${id}`);
  return found;
}
