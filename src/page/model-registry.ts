import { LocalDownload, type DownloadHandle, type ModelDefinition, type LocalDownloadContext } from '../model/index.js';
import type { WorkerLink } from '../worker/index.js';

/** The models of a page: what each is, which worker loads it, and its download once one was asked for. */
export class ModelRegistry {
  readonly definitions = new Map<string, ModelDefinition>();
  /** The workers of those models that a worker loads. */
  readonly links = new Map<string, WorkerLink>();
  readonly downloads = new Map<string, DownloadHandle>();
  isDisposed = false;

  readonly #context: () => LocalDownloadContext;

  /** @param context Asked for with each new download. */
  constructor(context: () => LocalDownloadContext) {
    this.#context = context;
  }

  /** Takes a definition unless the model is being loaded. Returns whether it is a new model. */
  adopt(modelKey: string, definition: ModelDefinition, link: WorkerLink | undefined): boolean {
    if (this.downloads.get(modelKey)?.isRunning) return false;
    const isNew = !this.definitions.has(modelKey);
    this.definitions.set(modelKey, definition);
    this.downloads.delete(modelKey);
    if (link) this.links.set(modelKey, link);
    else this.links.delete(modelKey);
    return isNew;
  }

  /** @throws RangeError when the key was never defined; as `throwIfDisposed()`. */
  definitionOf(modelKey: string): ModelDefinition {
    this.throwIfDisposed();
    const definition = this.definitions.get(modelKey);
    if (!definition) throw new RangeError(`No model is defined as "${modelKey}"`);
    return definition;
  }

  /** @throws as `definitionOf()`. */
  downloadOf(modelKey: string): DownloadHandle {
    const definition = this.definitionOf(modelKey);
    const known = this.downloads.get(modelKey);
    if (known) return known;
    const link = this.links.get(modelKey);
    const download = link ? link.downloadOf(modelKey, definition) : new LocalDownload(modelKey, definition, this.#context());
    this.downloads.set(modelKey, download);
    return download;
  }

  /** Forgets what a download has told so far; the next one begins without it. */
  dropDownload(modelKey: string): void {
    this.downloads.delete(modelKey);
    this.links.get(modelKey)?.dropDownload(modelKey);
  }

  /** Ends what is under way, and lets go of the models that were loaded. */
  dispose(message: string): void {
    this.isDisposed = true;
    for (const download of this.downloads.values()) download.cancel(message);
    this.downloads.clear();
    this.definitions.clear();
    this.links.clear();
  }

  /** @throws DOMException `InvalidStateError` after `dispose()`. */
  throwIfDisposed(): void {
    if (this.isDisposed) throw new DOMException('The ModelDownloads was disposed', 'InvalidStateError');
  }
}
