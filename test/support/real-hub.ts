import { isWebKit } from './is-web-kit.js';

/** One model in the manifest of the local hub. */
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

/** One request in the log of the hub. */
export interface HubRequest {
  readonly origin: 'hub' | 'cdn';
  readonly method: string;
  /** The file's path in its model; `null` if the request is for no file. */
  readonly file: string | null;
  readonly range: string | null;
  readonly status: number | null;
  readonly aborted: boolean;
  readonly bytesSent: number;
  readonly finished: boolean;
}

const { hubUrl } = (await (await fetch('/hub.json')).json()) as { hubUrl: string };
const { models } = (await (await fetch(`${hubUrl}/__hub/manifest`)).json()) as { models: HubModel[] };

/** Bytes per second: slow enough for a busy machine to read them immediately, since unread bytes are lost in a cut. */
export const LINK = isWebKit ? 8_000_000 : 10_000_000;

/**
 * The most bytes that are lost when a connection breaks: those that the sockets and the browser hold, which are more while the
 * machine is busy. The tests of the transfer layer compare the place at which a download continues, to the byte.
 */
export const IN_FLIGHT = 6 * 1024 * 1024;

/** A scope of the hub for one test, with its own faults, log and cache keys. */
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

  /** The responses with bytes of a file, in their order. */
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
