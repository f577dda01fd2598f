import { absolute, modelAddress } from './model-address.js';
import type { TransformersModule } from './module.js';

/** Placeholders for a model and a revision in an address that becomes a pattern. */
const ANY_MODEL = 'any-model-of-the-host';
const ANY_REVISION = 'any-revision-of-the-model';

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
