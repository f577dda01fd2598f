import type { PipelineOptions } from './pipeline-options.js';
import { majorVersion, type TransformersModule } from './module.js';

/** The settings of Transformers.js that determine addresses. */
interface AddressSettings {
  readonly remoteHost?: unknown;
  readonly remotePathTemplate?: unknown;
  readonly localModelPath?: unknown;
}

/** A model id in versions 3 and 4; they treat any other string as a path. */
const MODEL_ID = /^([\w.-]+\/)?[\w.-]{1,96}$/;

/** Placeholders for a model and a revision in an address that becomes a pattern. */
const ANY_MODEL = 'any-model-of-the-host';
const ANY_REVISION = 'any-revision-of-the-model';

/** The common start of the addresses of a model's files on the hub. */
export function modelAddress({ env }: TransformersModule, model: string, options: PipelineOptions): string {
  const { remoteHost, remotePathTemplate } = env as AddressSettings;
  const host = typeof remoteHost === 'string' ? remoteHost : 'https://huggingface.co/';
  const template = typeof remotePathTemplate === 'string' ? remotePathTemplate : '{model}/resolve/{revision}/';
  const revision = encodeURIComponent(options.revision ?? 'main');
  const path = template.replaceAll('{model}', model).replaceAll('{revision}', revision);
  return absolute(`${withSlash(host)}${withSlash(path.replace(/^\//, ''))}`);
}

/** The common start of the addresses of a model's files on the page's own server. */
export function localAddress(transformers: TransformersModule, model: string): string {
  const { localModelPath } = transformers.env as AddressSettings;
  // Versions 3 and 4 resolve a string that is not an id against the page.
  const isInFolder = majorVersion(transformers) < 3 || (MODEL_ID.test(model) && !/\.\.|--|\.git$|\.ipynb$/.test(model));
  const folder = typeof localModelPath === 'string' ? localModelPath : '/models/';
  return absolute(withSlash(isInFolder ? `${withSlash(folder)}${model.replace(/^\//, '')}` : model));
}

/** Whether an address belongs to a file of any model on the module's hub. */
export function isModelFile(url: string, transformers: TransformersModule): boolean {
  const address = modelAddress(transformers, ANY_MODEL, { revision: ANY_REVISION });
  const pattern = address
    .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    .replaceAll(ANY_MODEL, '(?:[^/?#]+/)?[^/?#]+')
    .replaceAll(ANY_REVISION, '[^/?#]+');
  return new RegExp(`^${pattern}[^?#]*[^/?#](?:[?#]|$)`).test(absolute(url));
}

/** The path of a file inside the model; `undefined` for an address outside of the model. */
export function fileOf(url: string, address: string): string | undefined {
  const path = absolute(url).split(/[?#]/, 1)[0] ?? '';
  if (!path.startsWith(address) || path.length === address.length) return undefined;
  try {
    return decodeURIComponent(path.slice(address.length));
  } catch {
    // Transformers.js creates no address with an invalid escape sequence.
    return undefined;
  }
}

/**
 * Resolves an address as the platform's `fetch` does: against the `<base href>` of a page, or the address of a worker. An
 * address that cannot be resolved, such as a relative one in Node, is returned unchanged.
 */
export function absolute(address: string): string {
  try {
    return new Request(address).url;
  } catch {
    return address;
  }
}

function withSlash(address: string): string {
  return address.replace(/\/?$/, '/');
}
