declare const downloads: import('model-download').ModelDownloads;
declare const formatBytes: typeof import('model-download').formatBytes;
declare const banner: HTMLElement;
