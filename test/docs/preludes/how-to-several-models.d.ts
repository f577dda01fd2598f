declare const downloads: import('model-download').ModelDownloads;
declare const button: HTMLButtonElement;
