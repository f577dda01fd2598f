import { ModelDownloads, type DownloadState, type ModelDownloadsOptions } from 'model-download';
import type { PipelineOptions, TransformersModule } from 'model-download/adapters/transformers';
import 'model-download/define';
import { hubModel, type HubScope } from './real-hub.js';

/** The demo's module that imports Transformers.js. */
export interface Recipe {
  importTransformers(version: number, remoteHost: string): Promise<TransformersModule>;
}

/** The demo's module that imports the three versions without internet access. */
export const RECIPE = new URL('/demo/site/transformers.js', location.href).href;
const recipe = (await import(RECIPE)) as Recipe;

/** A page with the three elements, a `ModelDownloads`, and one version of Transformers.js. */
export class RealPage {
  readonly downloads: ModelDownloads;
  readonly #disconnect: () => void;
  readonly #elements: HTMLElement[] = [];

  constructor(version: number, scope: HubScope, ids: readonly string[], options: ModelDownloadsOptions = {}, extra: PipelineOptions = {}) {
    this.downloads = new ModelDownloads({
      storage: null,
      namespace: scope.remoteHost,
      transformers: () => recipe.importTransformers(version, scope.remoteHost),
      models: Object.fromEntries(ids.map((id) => [id, definitionOf(id, version, extra)])),
      ...options,
    });
    this.#disconnect = this.downloads.connect(document);
    for (const id of ids) this.add(id);
  }

  /** Adds the elements of a download to the page. */
  add(id: string): void {
    for (const tag of ['model-progress-mini', 'download-recovery', 'model-download-dialog']) this.#add(tag, id);
  }

  /** The part of a download's element, by its name. */
  shown(tag: string, id: string, part: string): HTMLElement | null {
    const element = this.#elements.find(({ localName, dataset }) => localName === tag && dataset.id === id);
    return element?.shadowRoot?.querySelector<HTMLElement>(`[part~='${part}']`) ?? null;
  }

  /** The percentage that the mini indicator shows; `undefined` while it shows none. */
  shownPercent(id: string): number | undefined {
    const digits = /^(\d+)\s*%/.exec(this.shown('model-progress-mini', id, 'percentage')?.textContent.trim() ?? '');
    return digits ? Number(digits[1]) : undefined;
  }

  /** Resolves with the first state of a download that `test` accepts. */
  until(id: string, test: (state: DownloadState) => boolean): Promise<DownloadState> {
    return new Promise((resolve) => {
      const stop = this.downloads.subscribe(id, (state) => {
        if (!test(state)) return;
        stop();
        resolve(state);
      });
    });
  }

  close(): void {
    this.#disconnect();
    for (const element of this.#elements) element.remove();
  }

  #add(tag: string, id: string): void {
    const element = document.createElement(tag);
    element.setAttribute('model-key', id);
    element.dataset.id = id;
    document.body.append(element);
    this.#elements.push(element);
  }
}

/** Resolves once the elements have been drawn. */
export async function drawn(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** The definition of a hub's model, with the files that a version requests. */
export function definitionOf(id: string, version: number, extra: PipelineOptions = {}) {
  const { task, versions } = hubModel(id);
  const { options = {}, files = [] } = versions[`v${version}`] ?? {};
  return { name: id, task, model: id, options: { ...options, ...extra }, files: files.map(({ path, size }) => ({ file: path, size })) };
}
