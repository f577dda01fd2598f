import { absolute, modelAddress } from './model-address.js';
import type { TransformersModule } from './module.js';

/** Placeholders for a model and a revision in an address that becomes a pattern. */
const ANY_MODEL = 'any-model-of-the-host';
const ANY_REVISION = 'any-revision-of-the-model';

/**
 * The names of the files that Transformers.js requests by itself: they identify a model's file if the addresses of models have no
 * fixed part such as `resolve`.
 */
const OWN_NAMES =
  /\/([\w.-]+\.(onnx|onnx_data(_\d+)?|jinja)|((generation_|tokenizer_|(pre)?processor_)?config|tokenizer|special_tokens_map|vocab)\.json)$/;

/** Whether an address belongs to a file of any model on the module's hub. */
export function isModelFile(url: string, transformers: TransformersModule): boolean {
  if (!isOfAnyModel(url, transformers)) return false;
  return hasOwnAddresses(transformers) || OWN_NAMES.test(absolute(url).split(/[?#]/, 1)[0] ?? '');
}

/**
 * Whether the addresses of models have a fixed part, so that other addresses of the host do not match. The template `{model}/` at the
 * root of a host matches any address.
 */
function hasOwnAddresses(transformers: TransformersModule): boolean {
  const path = modelAddress(transformers, ANY_MODEL, { revision: ANY_REVISION }).replace(/^[a-z]+:\/\/[^/]*/i, '');
  return path.replaceAll(ANY_MODEL, '').replaceAll(ANY_REVISION, '').replaceAll('/', '') !== '';
}

function isOfAnyModel(url: string, transformers: TransformersModule): boolean {
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
