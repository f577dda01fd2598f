import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A host whose property `open` controls its `<dialog>`. */
export interface ModalHost extends ReactiveControllerHost, HTMLElement {
  open: boolean;
}

/** Opens and closes the `<dialog>` in a host's shadow root with the host's property `open`. */
export class ModalController implements ReactiveController {
  readonly #host: ModalHost;
  readonly #dismiss: () => void;

  #hadFocus = false;
  #visibilityObserver: IntersectionObserver | undefined;

  /** @param dismiss Called when the user dismisses the dialog, as with Escape. It decides whether the host closes. */
  constructor(host: ModalHost, dismiss: () => void) {
    this.#host = host;
    this.#dismiss = dismiss;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#hadFocus = this.#dialog?.matches(':focus-within') ?? false;
  }

  hostUpdated(): void {
    const dialog = this.#dialog;
    if (!dialog || !this.#host.isConnected) return;
    if (this.#host.open && !dialog.open) this.#show(dialog);
    else if (!this.#host.open && dialog.open) this.#close(dialog);
    // The focused button was removed, and the focus with it.
    else if (this.#hadFocus && !dialog.matches(':focus-within')) dialog.focus();
  }

  hostDisconnected(): void {
    // A dialog that is removed from the document stays open but is not modal, and `showModal()` would throw later.
    if (this.#dialog?.open) this.#close(this.#dialog);
  }

  /** Handles Escape, or the platform's equivalent. */
  readonly handleCancel = (event: Event): void => {
    if (event.target !== this.#dialog) return;
    event.preventDefault();
    this.#dismiss();
  };

  /** Handles a close by the platform: a second Escape closes without a cancelable event. */
  readonly handleClose = (event: Event): void => {
    const dialog = this.#dialog;
    if (event.target !== dialog || !dialog || dialog.open || !this.#host.open || !this.#host.isConnected) return;
    this.#dismiss();
    this.#host.requestUpdate();
  };

  #show(dialog: HTMLDialogElement): void {
    // jsdom and happy-dom lack some of the following methods.
    if (!(dialog.showModal as unknown)) {
      dialog.setAttribute('open', '');
      return;
    }
    dialog.showModal();
    // Otherwise the first button has the focus, and a key that the user presses for the page would activate it.
    dialog.focus();
    this.#visibilityObserver?.disconnect();
    // This is the observer of the dialog's own window. A ResizeObserver does not report `content-visibility: hidden`. The first
    // report of an IntersectionObserver follows the next rendering: until then a dialog in an off-screen section with
    // `content-visibility: auto` seems to be hidden.
    const { ownerDocument } = dialog;
    const Observer = ownerDocument.defaultView?.IntersectionObserver;
    this.#visibilityObserver = Observer && new Observer(() => this.#closeIfHidden(dialog), { root: ownerDocument });
    this.#visibilityObserver?.observe(dialog);
  }

  /** Closes a dialog under a hidden ancestor: it is invisible, and would still block the page. */
  #closeIfHidden(dialog: HTMLDialogElement): void {
    if (!dialog.open || (dialog.checkVisibility as unknown) === undefined || dialog.checkVisibility()) return;
    dialog.close();
    this.#host.open = false;
    console.warn(`<${this.#host.localName}> is not shown: an ancestor of it is hidden.`);
  }

  #close(dialog: HTMLDialogElement): void {
    this.#visibilityObserver?.disconnect();
    if (dialog.close as unknown) dialog.close();
    else dialog.removeAttribute('open');
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.shadowRoot?.querySelector('dialog') ?? null;
  }
}
