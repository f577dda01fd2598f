import { noChange } from 'lit';
import { Directive, directive, PartType, type ElementPart, type PartInfo } from 'lit/directive.js';

class FillShareDirective extends Directive {
  #share: string | undefined;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('`fillShare` must be used on an element, not in an attribute.');
  }

  render(_percent: number | undefined): typeof noChange {
    return noChange;
  }

  // `style-src 'self'` blocks style attributes, and with them Lit's `styleMap`.
  override update(part: ElementPart, [percent]: [number | undefined]): typeof noChange {
    // Four decimals are finer than a pixel, so that most updates change no style.
    const share = ((percent ?? 0) / 100).toFixed(4);
    if (share === this.#share) return noChange;
    const { style } = part.element as HTMLElement;
    // A transition to a lower value would show more bytes than there are.
    style.transition = this.#share !== undefined && share < this.#share ? 'none' : '';
    style.setProperty('--_share', share);
    this.#share = share;
    return noChange;
  }
}

/** Sets the filled share of a bar: a percentage, or `undefined` for an empty bar. */
export const fillShare = directive(FillShareDirective);
