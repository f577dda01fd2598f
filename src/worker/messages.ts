/*
 * The messages between a page and a worker that loads models. Each has a `kind`; all have the tag of the bridge, since the
 * app may send its own messages through the same worker.
 *
 * From the page:
 *
 * | kind | sent | response |
 * | --- | --- | --- |
 * | `hello` | when the page starts to listen, and after each `ready` | `models` |
 * | `load` | by `load()`, and by a retry in a fresh worker | `state` while it runs, `answer` at the end |
 * | `prefetch` | by `prefetch()` | as for `load` |
 * | `estimate` | by `estimate()` | `answer` with the files and their cache states |
 * | `storage` | by `storage()` | `answer` with the stored bytes |
 * | `release` | by `remove()`, and before a restart: ends the download and deletes the model's files | `answer` |
 * | `pause`, `resume`, `cancel`, `retry`, `restart` | when the user or the page requests it | `state` |
 * | `suspend`, `wake` | when the page is frozen or put into the back/forward cache, and when it returns | `state` |
 *
 * From the worker:
 *
 * | kind | sent |
 * | --- | --- |
 * | `ready` | once, when the worker starts to listen: a page that has sent `hello` before sends it again |
 * | `models` | in response to each `hello` |
 * | `state` | at each change of status, else at most every 100 ms, and after each command |
 * | `answer` | once for each request, when it has settled |
 *
 * A worker cannot report its own end: the page detects it by the Web Lock that `models` names.
 */
import type { AggregateProgressInfo, DownloadState, PlanEntry } from '../core/index.js';
import { isRecord } from '../core/internal.js';
import type { LearnedPlan, StoredBytes, TransformersModelDefinition } from '../model/index.js';
import type { PackedFailure } from './packed-failure.js';

/** Distinguishes the messages of the bridge from those of the app. */
export const WORKER_TAG = 'model-download/worker-1';

/** The cloneable part of the definition of a worker's model; a model with its own loader has no `model`. */
export type AnnouncedModel = Partial<
  Pick<TransformersModelDefinition, 'name' | 'task' | 'model' | 'options' | 'files' | 'variants' | 'variant'>
>;

/** The model of a request. */
export interface RequestedModel {
  readonly modelKey: string;
  /** The key of the variant; `undefined` for a model without variants. */
  readonly variant: string | undefined;
  /** The plan of the last load; `undefined` if the page has none. */
  readonly learned: LearnedPlan | undefined;
}

/** A message of the page that the worker answers. */
export type WorkerRequest = RequestedModel &
  (
    | {
        readonly kind: 'load' | 'prefetch';
        /** Whether the user can be asked to retry. */
        readonly interactive: boolean;
      }
    | { readonly kind: 'estimate' }
    | { readonly kind: 'storage' }
    | { readonly kind: 'release' }
  );

/** A message of the page that takes effect immediately; the worker responds with the resulting state. */
export interface WorkerCommand {
  readonly kind: 'pause' | 'resume' | 'cancel' | 'retry' | 'restart' | 'suspend' | 'wake';
  readonly modelKey: string;
  /** The message of the `AbortError`, for a cancel. */
  readonly message?: string | undefined;
}

/** The content of the first message of the page to each worker. */
export interface Greeting {
  /** The models that the page adds to those of the worker. */
  readonly models: Readonly<Record<string, AnnouncedModel>>;
  /** The namespace of the page, which the worker uses unless it has its own. */
  readonly namespace: string | undefined;
}

/** The first message of the page. */
export interface Hello extends Greeting {
  readonly kind: 'hello';
}

/** A message from the page to the worker. `seq` increases with each message. */
export type PageMessage = (WorkerRequest | WorkerCommand | Hello) & { readonly tag: typeof WORKER_TAG; readonly seq: number };

/** A message from the worker, without its tag. */
export type WorkerMessageBody =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'models';
      readonly models: Readonly<Record<string, AnnouncedModel>>;
      /** Whether the worker uses the transfer layer. */
      readonly transfer: boolean;
      /** The name of a Web Lock that the worker holds until it ends; `undefined` if the platform has none. */
      readonly lock: string | undefined;
    }
  | {
      readonly kind: 'state';
      readonly modelKey: string;
      /** Times are in ms since 1970, since page and worker have different time origins. */
      readonly state: DownloadState;
      readonly aggregate: AggregateProgressInfo | undefined;
      /** Whether another tab downloads a file of the model. */
      readonly isFollowing: boolean;
      /** The `seq` of the last message of the page that was received before. */
      readonly seen: number;
    }
  | {
      readonly kind: 'answer';
      /** The `seq` of the request. */
      readonly to: number;
      /** The failure of the request; `undefined` if it succeeded. */
      readonly failure?: PackedFailure | undefined;
      /** After a load: the version of Transformers.js. */
      readonly version?: string | undefined;
      /** After a load: the common start of the addresses of the model's files. */
      readonly address?: string | undefined;
      /** After a load: the addresses of the files that the server has reported as missing. */
      readonly absent?: readonly string[] | undefined;
      /** After a `storage` request. */
      readonly stored?: StoredBytes | undefined;
      /** After an estimate, as in `EstimatedModel`; likewise the following ones. */
      readonly cached?: boolean | undefined;
      readonly newer?: boolean | undefined;
      readonly cachedBytes?: number | undefined;
      readonly excludesRuntime?: boolean | undefined;
      readonly files?: readonly PlanEntry[] | undefined;
    };

/** A message from the worker to the page. */
export type WorkerMessage = WorkerMessageBody & { readonly tag: typeof WORKER_TAG };

/** Whether a message belongs to the bridge. */
export function isBridgeMessage(data: unknown): data is PageMessage | WorkerMessage {
  return (data as { tag?: unknown } | null | undefined)?.tag === WORKER_TAG;
}

/** Whether a value can send and receive messages, as a `Worker` and the `self` of a worker. */
export function isPort(value: unknown): boolean {
  return isRecord(value) && typeof value.postMessage === 'function' && typeof value.addEventListener === 'function';
}
