import type { PipelineOptions } from './pipeline-options.js';
import type { TransformersModule } from './module.js';

/** The settings of Transformers.js that determine addresses. */
interface AddressSettings {
  readonly remoteHost?: unknown;
  readonly remotePathTemplate?: unknown;
}

/** The common start of the addresses of a model's files on the hub. */
export function modelAddress({ env }: Pick<TransformersModule, 'env'>, model: string, options: PipelineOptions): string {
  const { remoteHost, remotePathTemplate } = env as AddressSettings;
  const host = typeof remoteHost === 'string' ? remoteHost : 'https://huggingface.co/';
  const template = typeof remotePathTemplate === 'string' ? remotePathTemplate : '{model}/resolve/{revision}/';
  const revision = encodeURIComponent(options.revision ?? 'main');
  const path = template.replaceAll('{model}', model).replaceAll('{revision}', revision);
  return absolute(`${withSlash(host)}${withSlash(path.replace(/^\//, ''))}`);
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

/** Adds the slash at the end of an address that lacks it. */
export function withSlash(address: string): string {
  return address.replace(/\/?$/, '/');
}
