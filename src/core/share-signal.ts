/** What a share is the share of: the download, or what the runtime does with it afterwards. */
export const SHARE_PHASES = ['download', 'loading'] as const;

/**
 * How far a load is, from a runtime that tells no bytes. A load of which bytes are known too is told
 * by its bytes.
 */
export interface ShareSignal {
  /** Tells it from other events. */
  readonly status: 'share';
  /** The model, by its id; empty where the runtime does not say. */
  readonly name: string;
  /** What is loaded at the moment; `undefined` where the runtime does not say. */
  readonly file?: string | undefined;
  /** 0–1. One of `loading` moves no bar: how long a model takes to start is not known from it. */
  readonly share: number;
  /** What the share is the share of: the download, or the start that follows it. */
  readonly phase: (typeof SHARE_PHASES)[number];
  /**
   * Which of the downloads that one load makes in a row, from 0. From the second on there is no
   * percentage: a share tells nothing of how large one is beside another. Default 0.
   */
  readonly run?: number | undefined;
}
