declare const downloads: import('model-download').ModelDownloads;
declare function isSignedIn(): boolean;
