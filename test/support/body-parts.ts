import type { FileDownloadContext, FileProgressReport } from '#dist/transfer/file-download-context.js';
import { BodyCheck, type VerifyMode } from '#dist/transfer/integrity/body-check.js';
import type { KnownFile, LookUp } from '#dist/transfer/integrity/known-file.js';
import { ListedFile } from '#dist/transfer/integrity/listed-file.js';
import { PauseGate } from '#dist/transfer/network/pause-gate.js';
import { ReconnectingSource } from '#dist/transfer/network/reconnecting-source.js';
import type { ReconnectingSourceOptions } from '#dist/transfer/network/source-options.js';
import { StallLimit, type StallConditions } from '#dist/transfer/network/stall-limit.js';
import { FileLeases } from '#dist/transfer/sharing/file-lease.js';
import { platformLock } from '#dist/transfer/sharing/file-lock.js';
import { ProgressChannel } from '#dist/transfer/sharing/progress-channel.js';
import { MemoryPartialStore } from '#dist/transfer/store/memory-partial-store.js';
import { PartialBody } from '#dist/transfer/store/partial-body.js';
import { FakeClock } from './fake-clock.js';
import { answer, bytesOf, newUrl, requestFor } from './transfer-parts.js';

/** The text of the file that {@link whole} and {@link part} are answers with. */
export const TEXT = '0123456789';

export type Reply = (init: RequestInit) => Response | Promise<Response>;

/** A response with the whole file, or with another text. */
export function whole(headers: Record<string, string> = {}, text = TEXT): Reply {
  return () => answer(text, { headers: { 'Content-Length': String(text.length), ETag: '"a"', ...headers } });
}

/** A response with the bytes from `start` on. */
export function part(start: number, headers: Record<string, string> = {}, text = TEXT): Reply {
  const place = `bytes ${start}-${text.length - 1}/${text.length}`;
  return () => answer(text.slice(start), { status: 206, headers: { 'Content-Range': place, ETag: '"a"', ...headers } });
}

/** A response of which `count` bytes arrive before the connection breaks. */
export function cut(count: number, headers: Record<string, string> = {}, text = TEXT): Reply {
  return () => {
    let isSent = count === 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (isSent) controller.error(new TypeError('network error'));
          else controller.enqueue(new TextEncoder().encode(text.slice(0, count)));
          isSent = true;
        },
      },
      { highWaterMark: 0 },
    );
    return answer(body, { headers: { 'Content-Length': String(text.length), ETag: '"a"', ...headers } });
  };
}

export function refused(status: number, headers: Record<string, string> = {}): Reply {
  return () => answer('No', { status, headers });
}

/** How a {@link bodyWith} differs from one of a file of which nothing is known. */
export interface BodySettings {
  readonly name?: string;
  /** The listing's entry, and that of a new listing if it differs. */
  readonly known?: KnownFile | undefined;
  readonly fresh?: KnownFile | undefined;
  readonly lookUp?: LookUp;
  readonly verify?: VerifyMode;
  readonly integrity?: string;
  readonly passesErrors?: (url: string) => boolean;
  readonly readWhole?: (url: string) => Promise<Response | undefined>;
  readonly recover?: (cause: unknown) => Promise<void>;
  /** What would follow the end of a connection. */
  readonly conditions?: StallConditions;
}

let namespaces = 0;

/** The context of the downloads of one test, on a server that replies in order. */
export function contextWith(replies: readonly Reply[], settings: BodySettings = {}) {
  const { name, known, verify = 'always', integrity = '' } = settings;
  const url = newUrl(name);
  const clock = new FakeClock();
  const gate = new PauseGate();
  const store = new MemoryPartialStore();
  const requests: { range: string | null; cache: RequestCache | undefined; signal: AbortSignal | null | undefined }[] = [];
  const request = requestFor(
    url,
    (_input, init = {}) => {
      const reply = replies[requests.length];
      requests.push({ range: new Headers(init.headers).get('Range'), cache: init.cache, signal: init.signal });
      return reply ? Promise.resolve(reply(init)) : Promise.reject(new TypeError('Failed to fetch'));
    },
    integrity ? { integrity } : {},
  );
  const namespace = `context-${++namespaces}`;
  const channel = ProgressChannel.of(namespace);
  const lookUp: LookUp =
    settings.lookUp ?? ((_url, options) => Promise.resolve(options?.fresh && 'fresh' in settings ? settings.fresh : known));
  const context: FileDownloadContext = {
    clock,
    gate,
    channel,
    leases: new FileLeases({ namespace, lock: platformLock(clock), gate, channel, clock, stallTimeout: 30_000 }),
    storage: { store, clock, segmentSize: 4, onFull: () => undefined },
    connections: 1,
    onComplete: undefined,
    stallTimeout: 30_000,
    verify,
    lookUp,
    readWhole: settings.readWhole,
    passesErrors: settings.passesErrors ?? (() => false),
    canRecover: () => true,
    recover: settings.recover ?? (() => Promise.resolve()),
  };
  return { url, clock, gate, store, request, requests, context };
}

/** A source of the file of a request, with the default timeout. */
export function newSource(
  options: Pick<ReconnectingSourceOptions, 'request' | 'clock' | 'gate' | 'signal' | 'isCopied'>,
  conditions: StallConditions = {},
): ReconnectingSource {
  const stall = new StallLimit(30_000, conditions);
  return new ReconnectingSource({ ...options, stall, signals: [options.signal], canRecover: conditions.canRecover ?? (() => true) });
}

/** The objects that read, store and check one body, on a server that replies in order. */
export function bodyWith(replies: readonly Reply[], settings: BodySettings = {}) {
  const given = contextWith(replies, settings);
  const { url, clock, gate, request, context } = given;
  const controller = new AbortController();
  const { signal } = controller;
  const source = newSource({ request, clock, gate, signal }, settings.conditions);
  const check = new BodyCheck({
    url,
    init: request.init,
    integrity: request.integrity,
    verify: context.verify,
    lookUp: context.lookUp,
    clock,
  });
  const partial = new PartialBody(context.storage);
  const listed = new ListedFile({}, (options) => context.lookUp(url, options), clock);
  const parts = { context, request, url, key: url, source, check, partial, listed, signal };
  return { ...given, controller, source, check, partial, listed, parts };
}

/** Writes the first four bytes of {@link TEXT}, one segment, as they are stored while they arrive. */
export async function writeSegment(partial: PartialBody): Promise<void> {
  await partial.write([new TextEncoder().encode('0123')]);
  await partial.flush();
}

/** Stores the first bytes of a file, as an earlier visit has left them. */
export async function storeBeginning(
  store: MemoryPartialStore,
  url: string,
  text: string,
  version: { readonly total?: number | undefined; readonly validator?: string | undefined } = { total: 10, validator: '"a"' },
): Promise<void> {
  const { total, validator } = version;
  const bytes = bytesOf(...new TextEncoder().encode(text));
  await store.append({ url, start: 0, bytes, total, validator, writtenBy: 'earlier visit', keptAt: 1 });
}

/** Records reports of progress. */
export class Reports {
  readonly all: FileProgressReport[] = [];
  readonly add = (report: FileProgressReport): void => void this.all.push(report);

  get last(): FileProgressReport | undefined {
    return this.all.at(-1);
  }
}

/** Records the breaks of a body, which continues after each of the first five. */
export class Recoveries {
  readonly causes: unknown[] = [];
  readonly recover = (cause: unknown): Promise<void> => {
    this.causes.push(cause);
    // A body that never succeeds would not return to the event loop.
    return this.causes.length > 5 ? Promise.reject(new Error('Expected no more attempts')) : Promise.resolve();
  };
}

/** SHA-256 as hexadecimal digits. */
export async function sha256Of(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
