import type { AggregateProgressInfo, DownloadState, PlanEntry } from '../core/index.js';
import type { LearnedPlan, StoredBytes, TransformersModelDefinition } from '../model/index.js';
import type { PackedFailure } from './packed-failure.js';

/** Marks the messages of the bridge among those of the app on the same worker. */
export const WORKER_TAG = 'model-download/worker-1';

/** What a worker says of a model that it can load, all of which can be cloned; one with a loader of its own has no `model`. */
export type AnnouncedModel = Partial<Pick<TransformersModelDefinition, 'name' | 'task' | 'model' | 'options' | 'files'>>;

/** What the page asks for and waits for. `release` ends what is under way and deletes the model from this device. */
export type WorkerRequest =
  | { readonly kind: 'load' | 'prefetch'; readonly modelKey: string; readonly interactive: boolean; readonly learned: LearnedPlan | undefined }
  | { readonly kind: 'estimate'; readonly modelKey: string; readonly learned: LearnedPlan | undefined }
  | { readonly kind: 'storage'; readonly modelKey: string; readonly learned: LearnedPlan | undefined }
  | { readonly kind: 'release'; readonly modelKey: string; readonly learned: LearnedPlan | undefined };

/** What the page wants done at once; the worker answers with the state that follows. */
export interface WorkerCommand {
  readonly kind: 'pause' | 'resume' | 'cancel' | 'retry' | 'restart' | 'suspend' | 'wake';
  readonly modelKey: string;
  /** Why, for a cancel. */
  readonly message?: string | undefined;
}

/** What the page begins with: the models it brings, and what keeps stored names apart. */
export interface Hello {
  readonly kind: 'hello';
  readonly models: Readonly<Record<string, AnnouncedModel>>;
  readonly namespace: string | undefined;
}

/** From page to worker. `seq` grows with each message. */
export type PageMessage = (WorkerRequest | WorkerCommand | Hello) & { readonly tag: typeof WORKER_TAG; readonly seq: number };

type WorkerMessageBody =
  /** The worker listens. */
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'models';
      readonly models: Readonly<Record<string, AnnouncedModel>>;
      readonly transfer: boolean;
      /** A Web Lock that the worker holds for as long as it lives; `undefined` where the platform has none. */
      readonly lock: string | undefined;
    }
  | {
      readonly kind: 'state';
      readonly modelKey: string;
      /** Times in it are in ms since 1970, which page and worker count alike. */
      readonly state: DownloadState;
      readonly aggregate: AggregateProgressInfo | undefined;
      readonly isFollowing: boolean;
      /** The `seq` of the last message of the page that it comes after. */
      readonly seen: number;
    }
  | {
      readonly kind: 'answer';
      /** The `seq` of the request. */
      readonly to: number;
      readonly failure?: PackedFailure | undefined;
      /** Of Transformers.js, for a load. */
      readonly version?: number | undefined;
      /** What the addresses of the model's files begin with, for a load. */
      readonly address?: string | undefined;
      /** For a question about storage. */
      readonly stored?: StoredBytes | undefined;
      /** For an estimate. */
      readonly cached?: boolean | undefined;
      readonly newer?: boolean | undefined;
      readonly cachedBytes?: number | undefined;
      readonly excludesRuntime?: boolean | undefined;
      readonly files?: readonly PlanEntry[] | undefined;
    };

/** From worker to page. */
export type WorkerMessage = WorkerMessageBody & { readonly tag: typeof WORKER_TAG };

/** Whether a message is one of the bridge. */
export function isBridgeMessage(data: unknown): data is PageMessage | WorkerMessage {
  return (data as { tag?: unknown } | null | undefined)?.tag === WORKER_TAG;
}
