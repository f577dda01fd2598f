import { elementUpdated, fixture, html, nextFrame } from '@open-wc/testing';
import type { ModelDownloadDialogElement } from 'model-download';
import { KEY, tell } from './download-events.js';

/** An open dialog, rendered with a state. */
export async function dialogWith(state?: unknown, aggregate?: unknown): Promise<ModelDownloadDialogElement> {
  const element = await fixture<ModelDownloadDialogElement>(html`<model-download-dialog model-key=${KEY} open></model-download-dialog>`);
  if (state !== undefined) tell(state, aggregate);
  await settled(element);
  return element;
}

/** Waits until a dialog is rendered and the platform has dispatched its close event. */
export async function settled(element: ModelDownloadDialogElement): Promise<void> {
  await elementUpdated(element);
  await nextFrame();
}
