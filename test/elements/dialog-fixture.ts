import { elementUpdated, fixture, html, nextFrame } from '@open-wc/testing';
import type { ModelDownloadDialogElement } from 'model-download';
import { KEY, tell } from './download-events.js';

/** An open dialog, drawn with what it was told. */
export async function dialogWith(state?: unknown, aggregate?: unknown): Promise<ModelDownloadDialogElement> {
  const element = await fixture<ModelDownloadDialogElement>(html`<model-download-dialog model-key=${KEY} open></model-download-dialog>`);
  if (state !== undefined) tell(state, aggregate);
  await settled(element);
  return element;
}

/** Waits until a dialog is drawn and the platform has told of its closing. */
export async function settled(element: ModelDownloadDialogElement): Promise<void> {
  await elementUpdated(element);
  await nextFrame();
}
