// What browsers have beyond the DOM's declarations, and packages of other people that samples name.
interface Navigator {
  /** The Network Information API, of Chromium. */
  readonly connection?: { readonly saveData: boolean };
}

interface ImportMeta {
  readonly url: string;
  /** What a bundler's server for development gives a module. */
  readonly hot?: { dispose(callback: () => void): void };
}

declare module '@ai-sdk/react' {
  export function useChat(options: { onData: (part: unknown) => void }): unknown;
}

declare module '@vitejs/plugin-vue' {
  /** What the plugin takes, as far as a sample gives it. */
  interface Options {
    readonly template: { readonly compilerOptions: { readonly isCustomElement: (tag: string) => boolean } };
  }
  export default function vue(options: Options): import('vite').PluginOption;
}
