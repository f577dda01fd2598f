import type { ReactiveController, ReactiveElement } from 'lit';

/**
 * Keeps the focus in the row of its model when the focused button is replaced, or when a row is added or removed. Lit reuses the
 * elements of the rows by their positions in the list. When the row with the focus is removed, the focus moves to another row.
 */
export class RowFocus implements ReactiveController {
  readonly #host: ReactiveElement;
  /** The row and the button that get the focus after the next rendering. */
  #target: { readonly key: string; readonly part: string } | undefined;
  /** The row and the button that had the focus before the rendering, and the row's place in the list. */
  #before: { readonly key: string; readonly part: string; readonly index: number } | undefined;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Moves the focus to a button of a row, by its part, after the next rendering. */
  move(key: string, part: string): void {
    this.#target = { key, part };
  }

  hostUpdate(): void {
    const index = this.#rows.findIndex(hasFocus);
    const row = this.#rows[index];
    const part = [...(row?.querySelectorAll('button') ?? [])].find(hasFocus)?.getAttribute('part')?.split(' ').at(-1) ?? '';
    this.#before = row?.dataset.key === undefined ? undefined : { key: row.dataset.key, part, index };
  }

  hostUpdated(): void {
    const target = this.#target;
    this.#target = undefined;
    const rows = this.#rows;
    if (target) {
      const row = rows.find(({ dataset }) => dataset.key === target.key);
      buttonIn(row, target.part)?.focus();
    } else if (this.#before && rows.find(hasFocus)?.dataset.key !== this.#before.key) {
      const { key, part, index } = this.#before;
      const place = rows.findIndex(({ dataset }) => dataset.key === key);
      // The same row, then the rows after it, then those before it.
      const start = place < 0 ? index : place;
      const candidates = [...rows.slice(start), ...rows.slice(0, start).reverse()];
      candidates
        .map((row) => buttonIn(row, part))
        .find((button) => button !== undefined)
        ?.focus();
    }
  }

  get #rows(): readonly HTMLElement[] {
    return [...(this.#host.shadowRoot?.querySelectorAll<HTMLElement>('[part~="model"]') ?? [])];
  }
}

function hasFocus(element: Element): boolean {
  return element.matches(':focus-within');
}

/** The button of a row with a part, else its first one. */
function buttonIn(row: HTMLElement | undefined, part: string): HTMLElement | undefined {
  return row?.querySelector<HTMLElement>(`button[part~="${part}"]`) ?? row?.querySelector('button') ?? undefined;
}
