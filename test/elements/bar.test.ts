// The bar never shows more than the true share, also during a transition to another share or direction.
import { elementUpdated, expect, fixture, html } from '@open-wc/testing';
import type { ModelProgressMiniElement } from 'model-download';
import 'model-download/define';
import { halfway, KEY, part, stateOf, tell } from './download-events.js';

/** A row with a bar, drawn once with `state`. */
async function rowWith(state: unknown, lang = 'en', dir = 'ltr'): Promise<ModelProgressMiniElement> {
  const around = await fixture<HTMLElement>(
    html`<div lang=${lang} dir=${dir}><model-progress-mini model-key=${KEY}></model-progress-mini></div>`,
  );
  tell(state);
  const row = around.querySelector('model-progress-mini')!;
  await elementUpdated(row);
  return row;
}

const at = (progress: number | undefined): unknown => halfway({ status: 'downloading', progress, bytesDownloaded: 0 });

/** The share of the track that the fill covers at this moment, from the inline start. */
function covered(row: Element): number {
  const track = part(row, 'track')!.getBoundingClientRect();
  const fill = part(row, 'fill')!.getBoundingClientRect();
  const isRtl = part(row, 'mini')!.dir === 'rtl';
  return (isRtl ? track.right - fill.left : fill.right - track.left) / track.width;
}

/** The active transitions of the fill. Animations of an unknown share do not count. */
function transitions(row: Element): Animation[] {
  return part(row, 'fill')!
    .getAnimations()
    .filter((animation) => animation instanceof CSSTransition);
}

/** Resolves as soon as the texts of the row are right-to-left, before the next frame. */
async function turned(row: Element): Promise<void> {
  const drawn = part(row, 'mini')!;
  await new Promise<void>((resolve) => {
    const observer = new MutationObserver(() => {
      if (drawn.dir !== 'rtl') return;
      observer.disconnect();
      resolve();
    });
    observer.observe(drawn, { attributeFilter: ['dir'] });
  });
}

describe('the bar', () => {
  it('does not move when the direction of the text changes', async () => {
    const row = await rowWith(at(4), 'eo', 'rtl');
    expect(part(row, 'mini')!.dir).to.equal('ltr');
    expect(covered(row)).to.be.closeTo(0.04, 0.005);
    const turning = turned(row);
    row.parentElement!.lang = 'ar';
    await turning;
    expect(transitions(row)).to.have.lengthOf(0);
    expect(covered(row)).to.be.closeTo(0.04, 0.005);
  });

  it('has no transition at the first rendering', async () => {
    const row = await rowWith(at(4));
    expect(transitions(row)).to.have.lengthOf(0);
    expect(covered(row)).to.be.closeTo(0.04, 0.005);
  });

  it('has a transition to a larger share, and none to a smaller one', async () => {
    const row = await rowWith(at(4));
    expect(covered(row)).to.be.closeTo(0.04, 0.005);
    tell(at(80));
    await elementUpdated(row);
    expect(transitions(row)).to.have.lengthOf(1);
    transitions(row).forEach((transition) => transition.finish());
    tell(at(5));
    await elementUpdated(row);
    expect(transitions(row)).to.have.lengthOf(0);
    expect(covered(row)).to.be.closeTo(0.05, 0.005);
  });

  it('has no transition from an unknown to a known share', async () => {
    const row = await rowWith(stateOf({ status: 'downloading', bytesDownloaded: 1 }));
    expect(part(row, 'fill')!.matches('.unknown')).to.equal(true);
    expect(part(row, 'fill')!.getBoundingClientRect().width).to.be.greaterThan(0);
    tell(at(4));
    await elementUpdated(row);
    expect(transitions(row)).to.have.lengthOf(0);
    expect(covered(row)).to.be.closeTo(0.04, 0.005);
  });
});
