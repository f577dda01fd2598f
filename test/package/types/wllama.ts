// Compiles as long as the adapter fits the types of @wllama/wllama. Nothing here runs.
import { Wllama, type AssetsPathConfig, type DownloadOptions, type HuggingFaceParams } from '@wllama/wllama';
import { wllamaLoader, type ModelLoader, type WllamaOptions } from 'model-download/adapters/wllama';

const toTheirs = (options: WllamaOptions): DownloadOptions => options;

const fromUrl = (paths: AssetsPathConfig, url: string): ModelLoader<Wllama> =>
  wllamaLoader(async (options) => {
    const wllama = new Wllama(paths);
    options.signal.addEventListener('abort', () => void wllama.exit());
    await wllama.loadModelFromUrl(url, options);
    return wllama;
  });

const fromHub = (wllama: Wllama, model: HuggingFaceParams): ModelLoader<void> =>
  wllamaLoader((options) => wllama.loadModelFromHF(model, options));

export const fits = { toTheirs, fromUrl, fromHub };
