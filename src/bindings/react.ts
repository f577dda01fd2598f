'use client';
// The directive lets a server component import this module, also for the types of the tags.
import { createContext, createElement, useContext, useEffect, useSyncExternalStore, type ReactElement, type ReactNode } from 'react';
import type { ModelDownloads } from '../page/index.js';
import { keepConnected } from './keep-connected.js';
import { keyDownloadOf, type ModelDownloadSnapshot } from './key-download.js';
import { requireDownloads } from './require-downloads.js';

export type { ModelDownloadActions } from './actions.js';
export type { ModelDownloadSnapshot } from './key-download.js';

/** The props of {@link ModelDownloadsProvider}. */
export interface ModelDownloadsProviderProps {
  /** The object of the page, created outside of components. */
  readonly downloads: ModelDownloads;
  /** The components that use it. */
  readonly children?: ReactNode;
}

const ADVICE = 'Render <ModelDownloadsProvider> around this component, or pass the object after the key.';

const DownloadsContext = createContext<ModelDownloads | undefined>(undefined);

/**
 * Provides a `ModelDownloads` to the components inside, and connects it to the document while it is mounted. The page owns
 * the object: an unmount disconnects and does not dispose it, and its downloads continue.
 *
 * @param props The object, and the components inside.
 *
 * @example
 * ```tsx
 * <ModelDownloadsProvider downloads={downloads}>
 *   <Chat />
 * </ModelDownloadsProvider>
 * ```
 */
export function ModelDownloadsProvider({ downloads, children }: ModelDownloadsProviderProps): ReactElement {
  useEffect(() => keepConnected(downloads), [downloads]);
  return createElement(DownloadsContext.Provider, { value: downloads }, children);
}

/**
 * Returns the download of a model, and renders the component again with each change. Connects the object to the document
 * while the component is mounted. Starts no download. On a server, and while the page hydrates, the state is `idle`.
 *
 * @param modelKey The key of the model. It can be defined later, and change.
 * @param downloads Default: the object of the nearest {@link ModelDownloadsProvider}.
 * @throws Error without either.
 *
 * @example
 * ```tsx
 * const { state, actions } = useModelDownload('mood');
 * return <button onClick={actions.start}>{state.status}</button>;
 * ```
 */
export function useModelDownload(modelKey: string, downloads?: ModelDownloads): ModelDownloadSnapshot {
  const provided = useContext(DownloadsContext);
  const used = requireDownloads(downloads ?? provided, ADVICE);
  const { subscribe, getSnapshot, getInitialSnapshot } = keyDownloadOf(used, modelKey);
  useEffect(() => keepConnected(used), [used]);
  return useSyncExternalStore(subscribe, getSnapshot, getInitialSnapshot);
}
