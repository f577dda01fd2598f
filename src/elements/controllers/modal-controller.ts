import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A host whose `open` says whether its `<dialog>` stands. */
export interface ModalHost extends ReactiveControllerHost, HTMLElement {
  open: boolean;
}

/** Keeps the platform's `<dialog>` in a host's shadow root as its `open` says. */
export class ModalController implements ReactiveController {
  readonly #host: ModalHost;
  readonly #leave: () => void;

  #hadFocus = false;
  #hiding: IntersectionObserver | undefined;

  /** `leave` is what the user's wish to leave means; it may close the host or let it stand. */
  constructor(host: ModalHost, leave: () => void) {
    this.#host = host;
    this.#leave = leave;
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
    // The button that was used may be gone, and the focus with it.
    else if (this.#hadFocus && !dialog.matches(':focus-within')) dialog.focus();
  }

  hostDisconnected(): void {
    // Taken out of the document, a dialog stays open but is no longer modal, and could not be shown again.
    if (this.#dialog?.open) this.#close(this.#dialog);
  }

  /** Escape, or whatever the platform has for it. */
  readonly handleCancel = (event: Event): void => {
    if (event.target !== this.#dialog) return;
    event.preventDefault();
    this.#leave();
  };

  /** The platform closes on a second Escape without asking. */
  readonly handleClose = (event: Event): void => {
    const dialog = this.#dialog;
    if (event.target !== dialog || !dialog || dialog.open || !this.#host.open || !this.#host.isConnected) return;
    this.#leave();
    this.#host.requestUpdate();
  };

  #show(dialog: HTMLDialogElement): void {
    // jsdom and happy-dom, in which pages test themselves, lack some of what follows.
    if (!(dialog.showModal as unknown)) {
      dialog.setAttribute('open', '');
      return;
    }
    dialog.showModal();
    // The first button would take the focus otherwise, and a key meant for the page would press it.
    dialog.focus();
    this.#hiding?.disconnect();
    // Of the dialog's own window. A size is not observed under `content-visibility: hidden`.
    const { ownerDocument } = dialog;
    const Observer = ownerDocument.defaultView?.IntersectionObserver;
    this.#hiding = Observer && new Observer(() => this.#leaveUnseen(dialog), { root: ownerDocument });
    this.#hiding?.observe(dialog);
    this.#leaveUnseen(dialog);
  }

  /** A modal dialog under a hidden ancestor is not drawn, and blocks the page all the same. */
  #leaveUnseen(dialog: HTMLDialogElement): void {
    if (!dialog.open || (dialog.checkVisibility as unknown) === undefined || dialog.checkVisibility()) return;
    dialog.close();
    this.#host.open = false;
    console.warn(`<${this.#host.localName}> is not shown: it stands in an element that is hidden.`);
  }

  #close(dialog: HTMLDialogElement): void {
    this.#hiding?.disconnect();
    if (dialog.close as unknown) dialog.close();
    else dialog.removeAttribute('open');
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.shadowRoot?.querySelector('dialog') ?? null;
  }
}
