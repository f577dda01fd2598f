import type { TransformersModelDefinition } from '../adapters/index.js';

/** What one model occupies on this device. */
export interface ModelStorage {
  /** The page's name for the model. */
  readonly modelKey: string;
  /** Bytes of whole files, in whatever cache they are. */
  readonly bytes: number;
  /** Bytes held of files that have not come whole. */
  readonly partialBytes: number;
}

/** One file that the browser keeps. */
interface KeptFile {
  readonly cache: Cache;
  readonly request: Request;
}

/** The cache of unfinished files, which the transfer layer counts itself. */
const PARTIAL = 'model-download-partial-';

/** Whether an address is that of a file of this model, on whatever host and under whatever path. */
export function isFileOf(url: string, { model, options }: Pick<TransformersModelDefinition, 'model' | 'options'>): boolean {
  const { pathname } = new URL(url);
  const revision = encodeURIComponent(options?.revision ?? 'main');
  if (pathname.includes('/resolve/')) return pathname.includes(`/${model}/resolve/${revision}/`);
  return pathname.includes(`/${model}/`);
}

/** The whole files of a model that the browser keeps. Empty where there is no Cache Storage. */
export async function keptFiles(definition: TransformersModelDefinition): Promise<readonly KeptFile[]> {
  if (!('caches' in globalThis)) return [];
  const names = (await caches.keys()).filter((name) => !name.startsWith(PARTIAL));
  const found = await Promise.all(
    names.map(async (name) => {
      const cache = await caches.open(name);
      const requests = await cache.keys();
      return requests.filter(({ url }) => isFileOf(url, definition)).map((request) => ({ cache, request }));
    }),
  );
  return found.flat();
}

/** Bytes of a kept file. */
export async function sizeOf({ cache, request }: KeptFile): Promise<number> {
  const response = await cache.match(request);
  const declared = Number(response?.headers.get('Content-Length') ?? NaN);
  return Number.isNaN(declared) ? ((await response?.blob())?.size ?? 0) : declared;
}

/** Whether the browser keeps every one of these files. */
export async function keepsAll(definition: TransformersModelDefinition, files: readonly string[]): Promise<boolean> {
  const kept = (await keptFiles(definition)).map(({ request }) => decodeURIComponent(new URL(request.url).pathname));
  return files.length > 0 && files.every((file) => kept.some((path) => path.endsWith(`/${file}`)));
}
