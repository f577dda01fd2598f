import { absolute, withSlash } from './model-address.js';
import { majorVersion } from './major-version.js';
import type { TransformersModule } from './module.js';

/** The setting of Transformers.js for models on the page's own server. */
interface LocalSettings {
  readonly localModelPath?: unknown;
}

/** A model id in versions 3 and 4; they treat any other string as a path. */
const MODEL_ID = /^([\w.-]+\/)?[\w.-]{1,96}$/;

/** The common start of the addresses of a model's files on the page's own server. */
export function localAddress(transformers: TransformersModule, model: string): string {
  const { localModelPath } = transformers.env as LocalSettings;
  // Versions 3 and 4 resolve a string that is not an id against the page.
  const isInFolder = majorVersion(transformers) < 3 || (MODEL_ID.test(model) && !/\.\.|--|\.git$|\.ipynb$/.test(model));
  const folder = typeof localModelPath === 'string' ? localModelPath : '/models/';
  return absolute(withSlash(isInFolder ? `${withSlash(folder)}${model.replace(/^\//, '')}` : model));
}
