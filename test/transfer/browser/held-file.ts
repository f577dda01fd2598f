import {
  createDownloadFetch,
  PARTIAL_CACHE,
  type DownloadFetch,
  type DownloadFetchOptions,
  type FileProgressReport,
} from 'model-download/transfer';
import { deleteFiles } from '../../support/delete-files.js';
import { HubScope, hubModel, type HubRequest } from '../../support/real-hub.js';

export { isWebKit } from '../../support/is-web-kit.js';
export { LINK } from '../../support/real-hub.js';

export const MiB = 1024 * 1024;

/** A file of 11.5 MB, and one of 99.5 MB. */
export const MEDIUM = { id: 'local/medium-chat', file: 'onnx/model_quantized.onnx' } as const;
export const LARGE = { id: 'local/large-chat', file: 'onnx/model_quantized.onnx' } as const;

/** One file of the hub, downloaded through the layer, with all its reports. */
export class HeldFile {
  readonly scope = new HubScope();
  readonly reports: FileProgressReport[] = [];
  readonly url: string;
  readonly size: number;
  readonly file: string;
  readonly #id: string;

  constructor({ id, file }: { readonly id: string; readonly file: string }) {
    this.#id = id;
    this.file = file;
    this.url = this.scope.url(id, file);
    this.size = hubModel(id).versions.v4?.files.find(({ path }) => path === file)?.size ?? NaN;
  }

  /** A download fetch of one visit of the page. Retries follow at once. A starved browser is not a silent server. */
  visit(options: DownloadFetchOptions = {}): DownloadFetch {
    return createDownloadFetch({
      namespace: this.scope.remoteHost,
      segmentSize: MiB,
      random: () => 0,
      stallTimeout: 600_000,
      onProgress: (_url, report) => this.reports.push(report),
      ...options,
    });
  }

  /** The file of the hub. */
  async hash(): Promise<string> {
    const plain = new HubScope();
    return sha256(await (await fetch(plain.url(this.#id, this.file))).arrayBuffer());
  }

  answers(): Promise<readonly HubRequest[]> {
    return this.scope.answers(this.file);
  }

  /** The offsets at which requests for the rest of the file began, without repetitions. */
  async continuations(): Promise<number[]> {
    return [...new Set(starts(await this.answers()))].filter((start) => start > 0);
  }

  /** The numbers of bytes that the layer had when it needed another connection, without repetitions. */
  get breaks(): number[] {
    const waiting = this.reports.filter(({ phase, loaded }) => phase === 'waiting' && loaded > 0);
    return [...new Set(waiting.map(({ loaded }) => loaded))];
  }

  /** Bytes that the hub has sent beyond those of the file. */
  async surplus(): Promise<number> {
    return (await this.answers()).reduce((sum, { bytesSent }) => sum + bytesSent, -this.size);
  }
}

export async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The offset at which each continuing request begins. */
export function starts(answers: readonly HubRequest[]): number[] {
  return answers.map(({ range }) => Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0));
}

/** Reads a body up to about `bytes`, and resolves with the received bytes and a function that reads the rest. */
export async function readUntil(response: Response, bytes: number) {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const chunks: Uint8Array[] = [];
  let read = 0;
  const step = async (): Promise<boolean> => {
    const { done, value } = await reader.read();
    if (value) chunks.push(value);
    read += value?.length ?? 0;
    return !done;
  };
  while (read < bytes && (await step()));
  const rest = async (): Promise<ArrayBuffer> => {
    while (await step());
    return new Blob(chunks as BlobPart[]).arrayBuffer();
  };
  return { read: () => read, reader, rest };
}

/** Reads a body piece by piece, as Transformers.js does: in some browsers `arrayBuffer()` hides the cause of a break. */
export async function bytesOf(response: Response): Promise<ArrayBuffer> {
  return (await readUntil(response, 0)).rest();
}

/** Cleans up for the next test. */
export async function forgetPartials(): Promise<void> {
  await caches.delete(PARTIAL_CACHE);
  await deleteFiles();
}
