import { html, nothing, type TemplateResult } from 'lit';
import type { DownloadStatus } from '../../core/index.js';
import {
  ModelDownloadCancelRequestEvent,
  ModelDownloadPauseRequestEvent,
  ModelDownloadRestartRequestEvent,
  ModelDownloadResumeRequestEvent,
  ModelDownloadRetryRequestEvent,
  ModelDownloadStartRequestEvent,
  type ModelDownloadRequestDetail,
} from '../../protocol/index.js';
import { actionButton } from '../parts/action-button.js';
import type { ShownDownload } from '../shown-download.js';
import type { Texts } from '../i18n/texts.js';

/** What the buttons of the dialog can bring about. */
export interface DialogHandlers {
  /** Dispatches a request for the download that is shown. */
  readonly request: (Request: new (detail: ModelDownloadRequestDetail) => Event) => void;
  /** Closes, if the page agrees, and leaves the download running. */
  readonly minimise: () => void;
  readonly close: () => void;
}

type Actions = TemplateResult | typeof nothing;

/** The dialog's own buttons: only those that something stands behind. */
export function renderActions(download: ShownDownload | undefined, texts: Texts, acts: DialogHandlers): Actions {
  switch (download?.status) {
    case 'idle':
      return renderStart(download, texts, acts);
    case 'queued':
    case 'checking':
    case 'downloading':
    case 'paused':
    case 'stalled':
    case 'waiting':
    case 'preparing':
      return renderRunning(download, texts, acts);
    case 'cancelled':
      return html`${renderClose(texts, acts, 'plain')}${renderAgain(download, texts, acts)}`;
    case 'failed':
      // The recovery inside the dialog has the ways on, and the header the way out.
      return hasWaysOn(download) ? nothing : renderClose(texts, acts, 'primary');
    default:
      return renderClose(texts, acts, 'primary');
  }
}

function hasWaysOn({ can }: ShownDownload): boolean {
  return can.retry || can.restart || can.chooseModel === true;
}

function renderStart({ cached }: ShownDownload, texts: Texts, { request, close }: DialogHandlers): Actions {
  return html`
    ${actionButton({ part: 'close', words: texts.notNow, act: close })}
    ${actionButton({
      part: 'start',
      look: 'primary',
      words: cached ? texts.loadFromDevice : texts.download,
      act: () => request(ModelDownloadStartRequestEvent),
    })}
  `;
}

function renderRunning(download: ShownDownload, texts: Texts, acts: DialogHandlers): Actions {
  const { can, status } = download;
  return html`
    ${
      can.cancel
        ? actionButton({
            part: 'cancel',
            look: 'quiet',
            words: texts.cancel,
            act: () => acts.request(ModelDownloadCancelRequestEvent),
          })
        : nothing
    }
    <span class="spacer"></span>
    ${renderPause(download, texts, acts)}
    ${status === 'paused' ? renderClose(texts, acts, 'plain') : renderBackground(status, texts, acts)}
  `;
}

/** While it waits, the recovery inside the dialog has the main button. */
function renderBackground(status: DownloadStatus, texts: Texts, { minimise }: DialogHandlers): Actions {
  const look = status === 'waiting' ? 'plain' : 'primary';
  return actionButton({ part: 'background', look, words: texts.background, act: minimise });
}

/** One place for both, so that the focus stays when one takes the place of the other. */
function renderPause({ can }: ShownDownload, texts: Texts, { request }: DialogHandlers): Actions {
  if (can.resume) {
    const act = (): void => request(ModelDownloadResumeRequestEvent);
    return actionButton({ part: 'resume', look: 'primary', words: texts.resume, act });
  }
  if (!can.pause) return nothing;
  return actionButton({ part: 'pause', words: texts.pause, act: () => request(ModelDownloadPauseRequestEvent) });
}

function renderAgain({ can }: ShownDownload, texts: Texts, { request }: DialogHandlers): Actions {
  if (!can.retry && !can.restart) return nothing;
  const Request = can.retry ? ModelDownloadRetryRequestEvent : ModelDownloadRestartRequestEvent;
  const words = can.retry ? texts.startAgain : texts.restart;
  return actionButton({ part: 'retry', look: 'primary', words, act: () => request(Request) });
}

function renderClose(texts: Texts, { close }: DialogHandlers, look: 'primary' | 'plain'): Actions {
  return actionButton({ part: 'close', look, words: texts.close, act: close });
}
