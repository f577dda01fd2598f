// The dialog on very small screens: all controls and texts can be scrolled to, and nothing covers them.
import { elementUpdated, expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import 'model-download/define';
import { isWebKit } from '../support/is-web-kit.js';
import { dialogWith, settled } from './dialog-fixture.js';
import { aggregateOf, halfway, part, type StateFields } from './download-events.js';

const shown: Record<string, StateFields> = {
  downloading: { status: 'downloading', speed: 2_000_000, timeRemaining: 25, can: { pause: true, cancel: true } },
  waiting: {
    status: 'waiting',
    failureCode: 'network',
    error: 'Failed to fetch',
    retryAt: Date.now() + 60_000,
    can: { cancel: true, retry: true },
  },
  failed: {
    status: 'failed',
    failureCode: 'network',
    error: 'Failed to fetch',
    attempt: 1,
    can: { retry: true, restart: true, chooseModel: true },
  },
};

describe('<model-download-dialog> on a small screen', () => {
  before(async function () {
    // The driver of WebKitGTK has no viewport to set.
    if (isWebKit) this.skip();
    await setViewport({ width: 800, height: 600 });
  });

  afterEach(() => setViewport({ width: 800, height: 600 }));

  for (const [width, height] of [
    [320, 480],
    [320, 240],
    [240, 240],
    [640, 240],
  ] as const) {
    for (const [name, fields] of Object.entries(shown)) {
      it(`can be scrolled to everything while ${name}, with its details, at ${width} × ${height}`, async () => {
        await setViewport({ width, height });
        const element = await dialogWith(halfway(fields), aggregateOf());
        const dialog = part(element, 'dialog')!;
        part(element, 'toggle')!.click();
        await settled(element);
        const recovery = dialog.querySelector('download-recovery');
        if (recovery) {
          await elementUpdated(recovery);
          part(recovery, 'details')!.toggleAttribute('open', true);
        }
        expect(dialog.scrollWidth, 'no scrolling sideways').to.equal(dialog.clientWidth);
        expect(covers(part(element, 'title')!), 'the title, before any scrolling').to.equal(undefined);
        const controls = [dialog, recovery?.shadowRoot].flatMap((root) => [
          ...(root?.querySelectorAll<HTMLElement>('button, summary, pre') ?? []),
        ]);
        for (const control of controls.filter((one) => one.checkVisibility())) {
          control.focus();
          // Firefox scrolls a part of a focused button into view.
          control.scrollIntoView({ block: 'nearest' });
          expect(covers(control), control.textContent).to.equal(undefined);
        }
        for (const text of dialog.querySelectorAll('[part~="percentage"], [part~="file-name"], [part~="tip"]')) {
          text.scrollIntoView({ block: 'nearest' });
          expect(covers(text), text.textContent).to.equal(undefined);
        }
        expect(dialog.getBoundingClientRect().bottom).to.be.at.most(height);
      });
    }
  }
});

/** The element that covers the middle of an element, or hides it; `undefined` without one. */
function covers(element: Element): string | undefined {
  const { left, width, top, height } = element.getBoundingClientRect();
  let hit = document.elementFromPoint(left + width / 2, top + height / 2);
  for (let root = hit?.shadowRoot; root; root = hit?.shadowRoot) {
    const inner = root.elementFromPoint(left + width / 2, top + height / 2);
    if (!inner || inner === hit) break;
    hit = inner;
  }
  return hit && (element.contains(hit) || hit.contains(element)) && hit.localName !== 'dialog' ? undefined : (hit?.localName ?? 'nothing');
}
