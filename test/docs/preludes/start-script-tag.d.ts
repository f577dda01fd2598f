declare const ModelDownload: typeof import('https://cdn.jsdelivr.net/npm/model-download');
