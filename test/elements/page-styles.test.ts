// Styles of the page that reach the dialog by inheritance, or change the lengths of the window.
import { expect } from '@open-wc/testing';
import 'model-download/define';
import { dialogWith, settled } from './dialog-fixture.js';
import { aggregateOf, halfway, part, stateOf } from './download-events.js';

/** The box of the window, in the coordinates that the engine uses under a zoom: a native dialog that fills it. */
function windowBox(): DOMRect {
  const native = document.createElement('dialog');
  native.style.cssText =
    'inset: 0; inline-size: 100%; block-size: 100%; max-inline-size: none; max-block-size: none; margin: 0; border: 0; padding: 0';
  document.body.append(native);
  native.showModal();
  const box = native.getBoundingClientRect();
  native.remove();
  return box;
}

function assertInside(element: Element, box: DOMRect): void {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const name = `${element.localName} ${element.textContent.trim().slice(0, 20)}`;
  // Engines round positions under a zoom.
  expect(left, name).to.be.at.least(box.left - 1);
  expect(right, name).to.be.at.most(box.right + 1);
  expect(top, name).to.be.at.least(box.top - 1);
  expect(bottom, name).to.be.at.most(box.bottom + 1);
}

describe('<model-download-dialog> in a page with', () => {
  const { documentElement: root, body } = document;
  const roots: Record<string, HTMLElement> = { html: root, body };

  afterEach(() => {
    root.removeAttribute('style');
    body.removeAttribute('style');
  });

  for (const [name, zoomed] of Object.entries(roots)) {
    for (const [size, width] of [
      ['narrow', 320],
      ['wide', 420],
    ] as const) {
      it(`a zoom on ${name} is inside the window, with its buttons: ${size}`, async () => {
        zoomed.style.setProperty('zoom', String(innerWidth / width));
        const element = await dialogWith(halfway({ status: 'downloading', can: { pause: true, cancel: true } }), aggregateOf());
        part(element, 'toggle')!.click();
        await settled(element);
        const dialog = part(element, 'dialog')!;
        const box = windowBox();
        assertInside(dialog, box);
        expect(dialog.scrollWidth, 'no scrolling sideways').to.be.closeTo(dialog.clientWidth, 1);
        for (const button of dialog.querySelectorAll('button')) {
          button.scrollIntoView({ block: 'nearest' });
          assertInside(button, box);
        }
      });
    }
  }

  it('pointer-events: none on its body receives clicks', async () => {
    body.style.pointerEvents = 'none';
    const element = await dialogWith(stateOf({}));
    const button = part(element, 'start')!;
    const { left, top, width, height } = button.getBoundingClientRect();
    expect(element.shadowRoot?.elementFromPoint(left + width / 2, top + height / 2)?.closest('button')).to.equal(button);
  });
});
