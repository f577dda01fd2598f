// Features of browsers that are missing in the DOM's declarations, and other packages in samples.
interface Navigator {
  /** The Network Information API, of Chromium. */
  readonly connection?: { readonly saveData: boolean };
}

interface ImportMeta {
  readonly url: string;
  /** The object of a bundler's development server for a module. */
  readonly hot?: { dispose(callback: () => void): void };
}

declare module '@ai-sdk/react' {
  export function useChat(options: { onData: (part: unknown) => void }): unknown;
}

declare module '@vitejs/plugin-vue' {
  /** The options of the plugin that a sample uses. */
  interface Options {
    readonly template: { readonly compilerOptions: { readonly isCustomElement: (tag: string) => boolean } };
  }
  export default function vue(options: Options): import('vite').PluginOption;
}
