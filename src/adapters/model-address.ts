import type { PipelineOptions } from './pipeline-options.js';
import type { TransformersModule } from './transformers-module.js';

/** The settings of Transformers.js that say where things are. */
interface AddressSettings {
  readonly remoteHost?: unknown;
  readonly remotePathTemplate?: unknown;
  readonly backends?: { readonly onnx?: { readonly wasm?: { readonly wasmPaths?: unknown } } };
}

/** The files of the ONNX Runtime, by whatever name a version gives them. */
const RUNTIME_FILE = /\/(ort[\w.-]*\.wasm)(?:[?#]|$)/;

/** Where the files of one model are: what every address of them begins with. */
export function modelAddress({ env }: TransformersModule, model: string, options: PipelineOptions): string {
  const { remoteHost, remotePathTemplate } = env as AddressSettings;
  const host = typeof remoteHost === 'string' ? remoteHost : 'https://huggingface.co/';
  const template = typeof remotePathTemplate === 'string' ? remotePathTemplate : '{model}/resolve/{revision}/';
  const revision = encodeURIComponent(options.revision ?? 'main');
  const path = template.replaceAll('{model}', model).replaceAll('{revision}', revision);
  return absolute(`${host.replace(/\/?$/, '/')}${path.replace(/^\//, '').replace(/\/?$/, '/')}`);
}

/** The host that a module asks for models. */
export function modelHost({ env }: TransformersModule): string {
  const { remoteHost } = env as AddressSettings;
  return absolute(typeof remoteHost === 'string' ? remoteHost : 'https://huggingface.co/');
}

/** A model's file by its path inside the model, or `undefined` for an address elsewhere. */
export function fileOf(url: string, address: string): string | undefined {
  const path = absolute(url).split(/[?#]/, 1)[0] ?? '';
  return path.startsWith(address) && path.length > address.length ? decodeURIComponent(path.slice(address.length)) : undefined;
}

/** A file of the ONNX Runtime by its name, or `undefined` for any other address. */
export function runtimeFileOf(url: string): string | undefined {
  return RUNTIME_FILE.exec(url)?.[1];
}

function absolute(address: string): string {
  const base = (globalThis as { location?: { href: string } }).location?.href;
  return URL.canParse(address, base) ? new URL(address, base).href : address;
}
