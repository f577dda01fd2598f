import { describeValue } from '../core/internal.js';
import { storedVariant, withVariant, type DownloadHandle, type ModelDefinition } from '../model/index.js';
import { LazyDownload, type LazyDownloadContext } from './lazy-download.js';
import type { WorkerLink } from '../worker/index.js';

/** The models of a page: their definitions, the workers that load them, and their downloads. */
export class ModelRegistry {
  /** The definitions, with the changes of the chosen variants. */
  readonly definitions = new Map<string, ModelDefinition>();
  /** The definitions of the page, without the changes of the chosen variants. */
  readonly bases = new Map<string, ModelDefinition>();
  /** The workers by model. A model without one is loaded in this realm. */
  readonly links = new Map<string, WorkerLink>();
  readonly downloads = new Map<string, DownloadHandle>();
  /** Resolves when all deletions so far have ended: loads wait for it. `undefined` if no model was deleted. */
  removed: Promise<unknown> | undefined;
  isDisposed = false;

  readonly #context: LazyDownloadContext;

  /** @param context The collaborators of each download in this realm. */
  constructor(context: LazyDownloadContext) {
    this.#context = context;
  }

  /**
   * Sets the definition of a model unless the model is loading or loaded. Returns whether the model is new.
   *
   * @param chosen The key of the variant to load. Default: the one that was loaded last, or else the definition's.
   */
  setDefinition(modelKey: string, definition: ModelDefinition, link: WorkerLink | undefined, chosen?: string | null): boolean {
    if (this.downloads.get(modelKey)?.isRunning) return false;
    const { storage, options } = this.#context;
    const isNew = !this.definitions.has(modelKey);
    this.bases.set(modelKey, definition);
    const { namespace } = options;
    this.definitions.set(modelKey, withVariant(definition, chosen ?? storedVariant({ storage, namespace }, modelKey)));
    this.downloads.delete(modelKey);
    if (link) this.links.set(modelKey, link);
    else this.links.delete(modelKey);
    return isNew;
  }

  /** @throws RangeError when the key was never defined; as `throwIfDisposed()`. */
  definitionOf(modelKey: string): ModelDefinition {
    this.throwIfDisposed();
    const definition = this.definitions.get(modelKey);
    if (!definition) throw new RangeError(`No model is defined as ${describeValue(modelKey)}`);
    return definition;
  }

  /** @throws RangeError when the key was never defined. After `dispose()` every key is accepted: actions do nothing then. */
  requireKey(modelKey: string): void {
    if (!this.isDisposed) this.definitionOf(modelKey);
  }

  /** @throws as `definitionOf()`. */
  downloadOf(modelKey: string): DownloadHandle {
    const definition = this.definitionOf(modelKey);
    const known = this.downloads.get(modelKey);
    if (known) return known;
    const link = this.links.get(modelKey);
    const download = link ? link.downloadOf(modelKey, definition) : new LazyDownload(modelKey, definition, this.#context);
    this.downloads.set(modelKey, download);
    return download;
  }

  /** Removes a download with its figures. The next one starts without them. */
  dropDownload(modelKey: string): void {
    this.downloads.delete(modelKey);
    this.links.get(modelKey)?.dropDownload(modelKey);
  }

  /** Cancels the active downloads and removes all models. */
  dispose(message: string): void {
    this.isDisposed = true;
    for (const download of this.downloads.values()) download.cancel(message);
    this.downloads.clear();
    this.definitions.clear();
    this.links.clear();
  }

  /** @throws DOMException `InvalidStateError` after `dispose()`. */
  throwIfDisposed(): void {
    if (this.isDisposed) throw new DOMException('The ModelDownloads was disposed.', 'InvalidStateError');
  }
}
