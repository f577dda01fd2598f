declare const downloads: import('model-download').ModelDownloads;
