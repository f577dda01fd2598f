// In: events of the pointer, the focus and the keyboard in the list. Out: the rows in which the user is.

/**
 * The rows in which the user is: the pointer is over the row, or the visible focus is in it. A touch ends when the finger is lifted,
 * and the focus that a press by mouse or finger leaves on a button is not visible.
 */
export class RowPresence implements EventListenerObject {
  readonly #onChange: () => void;
  #hovered: HTMLElement | undefined;
  #focused: HTMLElement | undefined;
  #isNotifying = false;

  /** @param onChange Called after the user may have entered or left a row. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Whether the user is in the row of a model. */
  has(key: string): boolean {
    return [this.#hovered, this.#focused].some((row) => row?.isConnected === true && row.dataset.key === key);
  }

  /**
   * Handles an event of the list. A `pointerout` already has the next element as its `relatedTarget`, before the `pointerover` of
   * that element.
   */
  handleEvent(event: Event): void {
    const { type, target } = event;
    if (type === 'pointerover') this.#hovered = rowOf(target);
    else if (type === 'pointerout') this.#hovered = rowOf((event as PointerEvent).relatedTarget);
    else if (type === 'focusout') this.#handleBlur(event as FocusEvent);
    // This handles `focusin` and `keyup`: the focus of a pressed button becomes visible with the next key.
    else this.#focused = target instanceof Element && target.matches(':focus-visible') ? rowOf(target) : undefined;
    this.#notify();
  }

  /** Handles a `focusout`. If the focus moves to another row, its `focusin` follows. */
  #handleBlur({ target, relatedTarget }: FocusEvent): void {
    // A user who has changed to another window has not left the row: its button receives the focus again when they return. The
    // document of the element is checked, which can be that of a pop-up.
    const { ownerDocument } = target as Node;
    if (ownerDocument?.hasFocus() && rowOf(relatedTarget) !== this.#focused) this.#focused = undefined;
  }

  /** Calls `onChange` in a microtask: a rendering can remove the focused button, and then move the focus. */
  #notify(): void {
    if (this.#isNotifying) return;
    this.#isNotifying = true;
    queueMicrotask(() => {
      this.#isNotifying = false;
      this.#onChange();
    });
  }
}

function rowOf(target: EventTarget | null): HTMLElement | undefined {
  return target instanceof Element ? (target.closest<HTMLElement>('[part~="model"]') ?? undefined) : undefined;
}
