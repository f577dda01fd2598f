/** One model of the local hub, as its manifest lists it. */
export interface HubModel {
  readonly id: string;
  readonly task: string;
  readonly sample: { readonly input: string; readonly options: object; readonly expected: object };
  readonly versions: Record<
    string,
    { readonly options: Readonly<Record<string, unknown>>; readonly size: number; readonly files: readonly { path: string; size: number }[] }
  >;
}

/** One request that the hub answered with a body. */
export interface HubRequest {
  readonly file: string;
  readonly bytesSent: number;
  readonly finished: boolean;
}

const { hubUrl } = (await (await fetch('/hub.json')).json()) as { hubUrl: string };
const { models } = (await (await fetch(`${hubUrl}/__hub/manifest`)).json()) as { models: HubModel[] };

/** A part of the hub that one test has to itself: its own faults, its own log, its own cache keys. */
export class HubScope {
  readonly #token = crypto.randomUUID();

  get remoteHost(): string {
    return `${hubUrl}/s/${this.#token}/`;
  }

  async control(controls: object): Promise<void> {
    await fetch(`${hubUrl}/__hub/control?scope=${this.#token}`, { method: 'POST', body: JSON.stringify(controls) });
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
