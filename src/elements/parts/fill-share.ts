import { noChange } from 'lit';
import { Directive, directive, PartType, type ElementPart, type PartInfo } from 'lit/directive.js';

class FillShareDirective extends Directive {
  #share: string | undefined;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('`fillShare` belongs on an element, not in an attribute.');
  }

  render(_percent: number | undefined): typeof noChange {
    return noChange;
  }

  // A style attribute, and with it Lit's `styleMap`, is refused under `style-src 'self'`.
  override update(part: ElementPart, [percent]: [number | undefined]): typeof noChange {
    // In steps that no screen can show, so that most updates change no style.
    const share = ((percent ?? 0) / 100).toFixed(4);
    if (share === this.#share) return noChange;
    const { style } = part.element as HTMLElement;
    // On its way down the bar would show more than is here.
    style.transition = this.#share !== undefined && share < this.#share ? 'none' : '';
    style.setProperty('--_share', share);
    this.#share = share;
    return noChange;
  }
}

/** Sets how much of a bar is filled: a percentage, or `undefined` for nothing. */
export const fillShare = directive(FillShareDirective);
