declare const downloads: import('model-download').ModelDownloads;
declare const formatSpeed: typeof import('model-download').formatSpeed;
declare const formatDuration: typeof import('model-download').formatDuration;
declare const bar: HTMLProgressElement;
declare const line: HTMLElement;
