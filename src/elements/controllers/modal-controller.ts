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
    else if (!this.#host.open && dialog.open) dialog.close();
    // The button that was used may be gone, and the focus with it.
    else if (this.#hadFocus && !dialog.matches(':focus-within')) dialog.focus();
  }

  hostDisconnected(): void {
    // Taken out of the document, a dialog stays open but is no longer modal, and could not be shown again.
    this.#dialog?.close();
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
    dialog.showModal();
    // The first button would take the focus otherwise, and a key meant for the page would press it.
    dialog.focus();
  }

  get #dialog(): HTMLDialogElement | null {
    return (this.#host.shadowRoot)?.querySelector('dialog') ?? null;
  }
}
