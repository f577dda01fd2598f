declare const downloads: import('model-download').ModelDownloads;
declare const CreateMLCEngine: typeof import('@mlc-ai/web-llm').CreateMLCEngine;
declare const MLCEngine: typeof import('@mlc-ai/web-llm').MLCEngine;
declare const wllama: import('@wllama/wllama').Wllama;
declare const webLlmLoader: typeof import('model-download/adapters/web-llm').webLlmLoader;
declare const id: string;
declare const url: string;
declare const writer: import('ai').UIMessageStreamWriter;
declare const useChat: (options: { onData: (part: unknown) => void }) => unknown;
