import type { PipelineOptions } from './pipeline-options.js';
import { majorVersion, type TransformersModule } from './module.js';

/** The settings of Transformers.js that say where things are. */
interface AddressSettings {
  readonly remoteHost?: unknown;
  readonly remotePathTemplate?: unknown;
  readonly localModelPath?: unknown;
}

/** The files of the ONNX Runtime, by whatever name a version gives them. */
const RUNTIME_FILE = /\/(ort[\w.-]*\.wasm)(?:[?#]|$)/;

/** What versions 3 and 4 take for the id of a model; anything else is a path to them. */
const MODEL_ID = /^([\w.-]+\/)?[\w.-]{1,96}$/;

/** Stand for a model and a revision in an address that is made into a pattern. */
const ANY_MODEL = 'any-model-of-the-host';
const ANY_REVISION = 'any-revision-of-the-model';

/** Where the files of one model are: what every address of them begins with. */
export function modelAddress({ env }: TransformersModule, model: string, options: PipelineOptions): string {
  const { remoteHost, remotePathTemplate } = env as AddressSettings;
  const host = typeof remoteHost === 'string' ? remoteHost : 'https://huggingface.co/';
  const template = typeof remotePathTemplate === 'string' ? remotePathTemplate : '{model}/resolve/{revision}/';
  const revision = encodeURIComponent(options.revision ?? 'main');
  const path = template.replaceAll('{model}', model).replaceAll('{revision}', revision);
  return absolute(`${withSlash(host)}${withSlash(path.replace(/^\//, ''))}`);
}

/** Where the page keeps the files of one model itself. */
export function localAddress(transformers: TransformersModule, model: string): string {
  const { localModelPath } = transformers.env as AddressSettings;
  // What is no id is a path from the page for versions 3 and 4.
  const isInFolder = majorVersion(transformers) < 3 || (MODEL_ID.test(model) && !/\.\.|--|\.git$|\.ipynb$/.test(model));
  const folder = typeof localModelPath === 'string' ? localModelPath : '/models/';
  return absolute(withSlash(isInFolder ? `${withSlash(folder)}${model.replace(/^\//, '')}` : model));
}

/** Whether an address is that of a file of any model, on the host that a module asks for models. */
export function isModelFile(url: string, transformers: TransformersModule): boolean {
  const address = modelAddress(transformers, ANY_MODEL, { revision: ANY_REVISION });
  const pattern = address
    .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    .replaceAll(ANY_MODEL, '(?:[^/?#]+/)?[^/?#]+')
    .replaceAll(ANY_REVISION, '[^/?#]+');
  return new RegExp(`^${pattern}[^?#]*[^/?#](?:[?#]|$)`).test(absolute(url));
}

/** A model's file by its path inside the model, or `undefined` for an address elsewhere. */
export function fileOf(url: string, address: string): string | undefined {
  const path = absolute(url).split(/[?#]/, 1)[0] ?? '';
  if (!path.startsWith(address) || path.length === address.length) return undefined;
  try {
    return decodeURIComponent(path.slice(address.length));
  } catch {
    // An escape that stands for no character is in no address that Transformers.js makes.
    return undefined;
  }
}

/** A file of the ONNX Runtime by its name, or `undefined` for any other address. */
export function runtimeFileOf(url: string): string | undefined {
  return RUNTIME_FILE.exec(url)?.[1];
}

/**
 * An address as the platform's `fetch` resolves it: against the `<base href>` of a page, or the
 * address of a worker. Where nothing can be resolved, as a relative one in Node, it stays as it is.
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
