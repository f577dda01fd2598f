/** The tags in JSX, by the classes behind them. */
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'model-download-dialog': Tag<import('model-download').ModelDownloadDialogElement>;
      'model-progress-mini': Tag<import('model-download').ModelProgressMiniElement>;
    }
  }
}
type Tag<Element> = import('react').HTMLAttributes<Element> & import('react').RefAttributes<Element> & { 'model-key'?: string };
