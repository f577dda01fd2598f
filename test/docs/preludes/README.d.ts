declare const downloads: import('model-download').ModelDownloads;
declare const transformers: import('model-download/adapters/transformers').TransformersModule;
declare function start(weights: ArrayBuffer): Promise<unknown>;
declare function draw(figure: unknown): void;
declare const ModelDownload: typeof import('https://cdn.jsdelivr.net/npm/model-download');
declare global {
  interface Window {
    downloads: import('model-download').ModelDownloads;
  }
}
