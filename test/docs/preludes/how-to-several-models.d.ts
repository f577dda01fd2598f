declare const downloads: import('model-download').ModelDownloads;
declare const button: HTMLButtonElement;

/** What a bundler's server for development gives a module. */
interface ImportMeta {
  readonly hot?: { dispose(callback: () => void): void };
}
