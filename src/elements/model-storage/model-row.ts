// In: a model with its removal and its download. Out: the template of its row.
import { html, nothing, type TemplateResult } from 'lit';
import { isActive } from '../../core/internal.js';
import type { Language } from '../i18n/language.js';
import { amountPhrase, durationPhrase, percentPhrase, sizePhrase, statusPhrase } from '../i18n/phrases.js';
import type { ShownDownload } from '../shown-download.js';
import { UNDO_TIME, type Removal } from './removals.js';
import type { ShownModel } from './shown-storage.js';
import { lastUsedPhrase } from './storage-phrases.js';
import type { StorageTexts } from './storage-texts.js';

/** The state of a row: of its removal, of its download, or of its files. */
export type RowState = 'pending' | 'deleting' | 'downloading' | 'in-use' | 'complete' | 'stored' | 'unfinished';

/** What a row shows. */
export interface RowContent {
  readonly model: ShownModel;
  readonly state: RowState;
  readonly removal: Removal | undefined;
  /** `undefined` if the page does not report one. */
  readonly download: ShownDownload | undefined;
  /** Whether a model with the same files is in use or downloading. */
  readonly isSharedInUse: boolean;
  /** The names of the models with the same files, as text; `undefined` for none. */
  readonly shared: string | undefined;
  readonly texts: StorageTexts;
  readonly language: Language;
}

/** The actions of a row. */
export interface RowActions {
  readonly remove: (key: string) => void;
  readonly undo: (key: string) => void;
  readonly resume: (key: string) => void;
  readonly cancel: (key: string) => void;
}

/** The state of a row, from the parts that determine it. */
export function rowStateOf(model: ShownModel, removal: Removal | undefined, download: ShownDownload | undefined): RowState {
  const status = download?.status ?? model.status;
  if (removal?.step === 'pending') return 'pending';
  if (removal?.step === 'running') return 'deleting';
  if (status === 'completed') return 'in-use';
  if (isActive(status) && status !== 'paused') return 'downloading';
  if (model.isComplete === true) return 'complete';
  return model.isComplete === false || status === 'paused' ? 'unfinished' : 'stored';
}

/** The row of a model. */
export function modelRow(content: RowContent, actions: RowActions): TemplateResult {
  const { model, state, texts, language, shared, isSharedInUse } = content;
  const hint = hintOf(content);
  const isGone = state === 'pending' || state === 'deleting';
  const lastUsed =
    model.lastUsed === undefined || isGone ? nothing : html`<span>${lastUsedPhrase(model.lastUsed, texts, language, Date.now())}</span>`;
  return html`<li part="model" class="model" data-key=${model.key} data-state=${state}>
    <div class="words">
      <p part="name" class="name" title=${model.name}><bdi class="text">${model.name}</bdi></p>
      <p class="facts">
        <span part="size" class="size figure">${sizeOf(content)}</span>
        <span part="status" class="status">${statusOf(content)}</span>
        ${state === 'pending' ? pausedOf(content) : nothing}
        ${lastUsed}
      </p>
      ${hint === undefined ? nothing : html`<p part="hint" class="hint">${hint}</p>`}
      ${shared === undefined || isGone || isSharedInUse ? nothing : html`<p part="hint" class="hint">${shared}</p>`}
    </div>
    <div part="actions" class="actions">${buttonsOf(content, actions)}</div>
  </li>`;
}

/**
 * Returns the bytes on this device, or those of a running download, with the total while the model is incomplete; nothing if there
 * are no bytes.
 */
function sizeOf({ model: { bytes, total }, state, download, language }: RowContent): string | typeof nothing {
  // The files are measured before and after a download, but not during it.
  if (state === 'downloading' && download?.bytes) return amountPhrase(download, language);
  const isPart = (state === 'unfinished' || state === 'downloading') && total !== undefined && total > bytes;
  if (isPart) return amountPhrase({ bytes, total }, language);
  return bytes > 0 ? sizePhrase(bytes, language) : nothing;
}

function statusOf({ state, removal, download, texts, language }: RowContent): string {
  const { locale } = language;
  switch (state) {
    case 'pending': {
      const due = removal?.step === 'pending' ? removal.due : undefined;
      const left = due === undefined ? UNDO_TIME : due - Date.now();
      return texts.deletingIn(durationPhrase(Math.max(1, Math.ceil(left / 1_000)), locale));
    }
    case 'deleting':
      return texts.deleting;
    case 'in-use':
      return texts.inUse;
    case 'downloading': {
      const words = download ? statusPhrase(download, language, Date.now()) : language.texts.status.downloading;
      const percent = download && percentPhrase(download, language);
      // The percentage is isolated: otherwise right-to-left text would move its sign to the other side.
      return percent === undefined ? words : `${words}${language.texts.separator}\u2068${percent}\u2069`;
    }
    default:
      return texts[state];
  }
}

/** The text that the time for Undo is held. It always takes up its space: the button must not move when the pointer enters the row. */
function pausedOf({ removal, texts }: RowContent): TemplateResult {
  const isHeld = removal?.step === 'pending' && removal.due === undefined;
  return html`<span class=${isHeld ? 'status' : 'status unseen'}>${texts.deletionPaused}</span>`;
}

function hintOf({ state, removal, texts, isSharedInUse }: RowContent): string | undefined {
  if (state === 'in-use') return texts.inUseHint;
  if (state === 'downloading') return texts.downloadingHint;
  if (isSharedInUse) return texts.sharedInUseHint;
  if (removal?.step === 'refused') return texts.notDeleted;
  return removal?.step === 'failed' ? texts.deleteFailed : undefined;
}

function buttonsOf(content: RowContent, actions: RowActions): readonly TemplateResult[] {
  const { state, download, texts, language, isSharedInUse } = content;
  switch (state) {
    case 'pending':
      return [rowButton('undo', texts.undo, content, actions.undo)];
    case 'deleting':
    case 'in-use':
      return [];
    case 'downloading':
      return download?.can.cancel ? [rowButton('cancel', language.texts.cancel, content, actions.cancel)] : [];
    default: {
      const resume = state === 'unfinished' ? [rowButton('resume', language.texts.resume, content, actions.resume)] : [];
      return [...resume, ...(isSharedInUse ? [] : [rowButton('delete', texts.delete, content, actions.remove)])];
    }
  }
}

/** A button whose accessible name contains the name of the model. */
function rowButton(part: string, label: string, { model, texts }: RowContent, press: (key: string) => void): TemplateResult {
  const name = texts.buttonLabel(label, model.name);
  return html`<button part="button ${part}" class="button quiet" type="button" aria-label=${name} @click=${() => press(model.key)}>
    ${label}
  </button>`;
}
