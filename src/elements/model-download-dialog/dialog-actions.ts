import { html, nothing, type TemplateResult } from 'lit';
import type { DownloadStatus } from '../../core/index.js';
import {
  ModelDownloadCancelRequestEvent,
  ModelDownloadPauseRequestEvent,
  ModelDownloadRestartRequestEvent,
  ModelDownloadResumeRequestEvent,
  ModelDownloadRetryRequestEvent,
  type ModelDownloadRequestDetail,
} from '../../protocol/index.js';
import { actionButton } from '../parts/action-button.js';
import { isOnDevice, type ShownDownload } from '../shown-download.js';
import type { Texts } from '../i18n/texts.js';

/** The callbacks of the dialog's buttons. */
export interface DialogHandlers {
  /** Dispatches a request event for the shown download. */
  readonly request: (Request: new (detail: ModelDownloadRequestDetail) => Event) => void;
  /** Requests the start of the shown download, unless its terms are not accepted. */
  readonly start: () => void;
  /** Closes the dialog unless the page prevents it. The download continues. */
  readonly minimise: () => void;
  readonly close: () => void;
}

type Actions = TemplateResult | typeof nothing;

/** The dialog's own buttons: only those that have an effect in this state. */
export function renderActions(download: ShownDownload | undefined, texts: Texts, handlers: DialogHandlers): Actions {
  switch (download?.status) {
    case 'idle':
      return renderStart(download, texts, handlers);
    case 'queued':
    case 'checking':
    case 'downloading':
    case 'paused':
    case 'stalled':
    case 'waiting':
    case 'preparing':
      return renderRunning(download, texts, handlers);
    case 'cancelled':
      return html`${renderClose(texts.close, handlers, 'plain')}${renderAgain(download, texts, handlers)}`;
    case 'failed':
      // The recovery inside the dialog has the actions, and the header has the close button.
      return hasActions(download) ? nothing : renderClose(texts.close, handlers, 'primary');
    default:
      return renderClose(texts.close, handlers, 'primary');
  }
}

function hasActions({ can }: ShownDownload): boolean {
  return can.retry || can.restart || can.chooseModel === true;
}

function renderStart(download: ShownDownload, texts: Texts, { start, close }: DialogHandlers): Actions {
  return html`
    ${actionButton({ part: 'close', label: texts.notNow, onClick: close })}
    ${actionButton({
      part: 'start',
      variant: 'primary',
      label: isOnDevice(download) ? texts.loadFromDevice : texts.download,
      onClick: start,
    })}
  `;
}

function renderRunning(download: ShownDownload, texts: Texts, handlers: DialogHandlers): Actions {
  const { can, status, isRestored } = download;
  return html`
    ${
      can.cancel
        ? actionButton({
            part: 'cancel',
            variant: 'quiet',
            label: texts.cancel,
            onClick: () => handlers.request(ModelDownloadCancelRequestEvent),
          })
        : nothing
    }
    ${renderPause(download, texts, handlers)}
    ${status === 'paused' ? renderClose(isRestored ? texts.notNow : texts.close, handlers, 'plain') : renderBackground(status, texts, handlers)}
  `;
}

/** While the download waits, the recovery inside the dialog has the primary button. */
function renderBackground(status: DownloadStatus, texts: Texts, { minimise }: DialogHandlers): Actions {
  const variant = status === 'waiting' ? 'plain' : 'primary';
  return actionButton({ part: 'background', variant, label: texts.background, onClick: minimise });
}

/** Pause and Resume share one template position, so that the focus stays when one replaces the other. */
function renderPause({ can }: ShownDownload, texts: Texts, { request }: DialogHandlers): Actions {
  if (can.resume) {
    const onClick = (): void => request(ModelDownloadResumeRequestEvent);
    return actionButton({ part: 'resume', variant: 'primary', label: texts.resume, onClick });
  }
  if (!can.pause) return nothing;
  return actionButton({ part: 'pause', label: texts.pause, onClick: () => request(ModelDownloadPauseRequestEvent) });
}

function renderAgain({ can }: ShownDownload, texts: Texts, { request }: DialogHandlers): Actions {
  if (!can.retry && !can.restart) return nothing;
  const Request = can.retry ? ModelDownloadRetryRequestEvent : ModelDownloadRestartRequestEvent;
  const label = can.retry ? texts.startAgain : texts.restart;
  return actionButton({ part: 'retry', variant: 'primary', label, onClick: () => request(Request) });
}

function renderClose(label: string, { close }: DialogHandlers, variant: 'primary' | 'plain'): Actions {
  return actionButton({ part: 'close', variant, label, onClick: close });
}
