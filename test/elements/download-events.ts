import { ModelDownloadChangeEvent, type AggregateProgressInfo, type DownloadState, type DownloadStateFields } from 'model-download';

export const MB = 1_000_000;
export const KEY = 'phi-3';

const NO_ACTIONS = { pause: false, resume: false, cancel: false, retry: false, restart: false };

/** The fields of a state that a test sets; all others are as before a start. */
export type StateFields = Omit<Partial<DownloadStateFields>, 'can'> & { can?: Partial<DownloadState['can']> };

/** A state of the download of these tests. */
export function stateOf({ can, ...fields }: StateFields): DownloadState {
  return {
    modelKey: KEY,
    modelName: 'Phi-3 Advanced',
    status: 'idle',
    lastUpdate: 0,
    bytesDownloaded: 0,
    attempt: 0,
    maxAttempts: 3,
    ...fields,
    can: { ...NO_ACTIONS, ...can },
  } as DownloadState;
}

/** A state halfway through 100 MB. */
export function halfway(fields: StateFields): DownloadState {
  return stateOf({ progress: 50, bytesDownloaded: 50 * MB, totalBytes: 100 * MB, ...fields });
}

/** The aggregate of a state: two files, one of which was in the cache. */
export function aggregateOf(fields: Partial<AggregateProgressInfo> = {}): AggregateProgressInfo {
  return {
    status: 'download',
    overallProgress: 50,
    filesCompleted: 1,
    totalFiles: 2,
    currentFile: 'onnx/model.onnx',
    totalDownloaded: 50 * MB,
    totalSize: 100 * MB,
    totalIsExact: true,
    files: [
      { file: 'config.json', status: 'loading', progress: 100, loaded: 800, total: 800, cached: true },
      { file: 'onnx/model.onnx', status: 'download', progress: 49, loaded: 49 * MB, total: 100 * MB, cached: false },
    ],
    speed: MB,
    timeRemaining: 50,
    bytesFromCache: 800,
    bytesFromNetwork: 49 * MB,
    stalled: false,
    error: undefined,
    ...fields,
  };
}

/** Dispatches a state to every element on the page, as a manager does. */
export function tell(state: unknown, aggregate?: unknown, modelKey = KEY): void {
  document.dispatchEvent(
    new ModelDownloadChangeEvent({
      modelKey,
      state: state as DownloadState,
      aggregate: aggregate as AggregateProgressInfo | undefined,
      previousStatus: undefined,
    }),
  );
}

/** One state of every status, with the actions a manager would allow. */
export const EVERY_STATUS: readonly DownloadState[] = [
  stateOf({ status: 'idle', totalBytes: 100 * MB, cached: false, fits: true }),
  stateOf({ status: 'queued', can: { cancel: true } }),
  stateOf({ status: 'checking', can: { cancel: true } }),
  halfway({ status: 'downloading', speed: 2 * MB, timeRemaining: 250, can: { pause: true, cancel: true } }),
  halfway({ status: 'paused', can: { resume: true, cancel: true } }),
  halfway({ status: 'stalled', speed: 0, can: { pause: true, cancel: true } }),
  halfway({ status: 'waiting', failureCode: 'offline', error: 'Failed to fetch', can: { cancel: true, retry: true } }),
  halfway({ status: 'preparing', progress: 100, bytesDownloaded: 100 * MB, can: { cancel: true } }),
  halfway({ status: 'completed', progress: 100, bytesDownloaded: 100 * MB }),
  halfway({ status: 'failed', failureCode: 'network', error: 'Failed to fetch', can: { retry: true, restart: true } }),
  halfway({ status: 'cancelled', can: { retry: true } }),
];

/** The visible text of an element's shadow tree. */
export function seen(element: Element | null | undefined): string {
  return (element?.shadowRoot ?? element)?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
}

/** The element of a part. */
export function part(element: Element, name: string): HTMLElement | null {
  return element.shadowRoot?.querySelector<HTMLElement>(`[part~="${name}"]`) ?? null;
}

/** The labels of all enabled buttons. */
export function buttons(element: Element): string[] {
  return [...(element.shadowRoot?.querySelectorAll('button') ?? [])]
    .filter((button) => button.checkVisibility())
    .map((button) => button.getAttribute('aria-label') ?? button.textContent?.trim() ?? '');
}

/** The current announcement of any element on the page. */
export function announced(...elements: readonly Element[]): string[] {
  return elements
    .flatMap((element) => [...(element.shadowRoot?.querySelectorAll('[role="status"]') ?? [])])
    .map((region) => region.textContent ?? '')
    .filter((words) => words !== '');
}
