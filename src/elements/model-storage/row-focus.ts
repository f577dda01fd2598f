import type { ReactiveController, ReactiveElement } from 'lit';

/** Keeps the focus in the list when the focused button is replaced, or its row is removed. */
export class RowFocus implements ReactiveController {
  readonly #host: ReactiveElement;
  /** The row and the button that get the focus after the next rendering. */
  #target: { readonly key: string; readonly part: string } | undefined;
  /** The row that had the focus before the rendering, and its place in the list. */
  #before: { readonly key: string; readonly index: number } | undefined;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Moves the focus to a button of a row, by its part, after the next rendering. */
  move(key: string, part: string): void {
    this.#target = { key, part };
  }

  hostUpdate(): void {
    const rows = this.#rows;
    const index = rows.findIndex((row) => row.matches(':focus-within'));
    const key = rows[index]?.dataset.key;
    this.#before = key === undefined ? undefined : { key, index };
  }

  hostUpdated(): void {
    const target = this.#target;
    this.#target = undefined;
    const rows = this.#rows;
    if (target) {
      const row = rows.find(({ dataset }) => dataset.key === target.key);
      (row?.querySelector<HTMLElement>(`[part~="${target.part}"]`) ?? buttonIn(row))?.focus();
    } else if (this.#before && !this.#host.matches(':focus-within')) {
      const { key, index } = this.#before;
      const place = rows.findIndex(({ dataset }) => dataset.key === key);
      // The same row, then the rows after it, then those before it.
      const start = place < 0 ? index : place;
      const candidates = [...rows.slice(start), ...rows.slice(0, start).reverse()];
      candidates
        .map(buttonIn)
        .find((button) => button !== undefined)
        ?.focus();
    }
  }

  get #rows(): readonly HTMLElement[] {
    return [...(this.#host.shadowRoot?.querySelectorAll<HTMLElement>('[part~="model"]') ?? [])];
  }
}

function buttonIn(row: HTMLElement | undefined): HTMLElement | undefined {
  return row?.querySelector<HTMLElement>('button') ?? undefined;
}
