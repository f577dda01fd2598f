// The elements in the containers that pages put them into: by their boxes, in every engine.
import { expect } from '@open-wc/testing';
import 'model-download/define';
import 'model-download/define/model-storage';
import { until } from '../support/until.js';
import { halfway, MB, part, tell } from './download-events.js';
import { reportOf, rows, storedModel, StoragePage } from './storage-events.js';

const KEY = 'layout';
const WIDTHS = [320, 640, 1280] as const;
const TAGS = ['model-progress-mini', 'download-recovery'] as const;

/** The minimum and the natural width of an element, in px. */
const LEAST = 128;
const NATURAL = 384;
const WIDEST = 832;
/** The maximum width of `<model-storage>`. */
const WIDEST_LIST = 640;

const BESIDE = '<span>Some words of the page that stand beside it and are long enough to need several lines</span>';

/** The width that a container gives to the element: all of its width, the natural width, a share, or the minimum. */
type Room = 'all' | 'natural' | 'share' | 'least';

/** A stage has the width; `#` is where the element goes. */
const CONTAINERS: readonly (readonly [name: string, room: Room, html: string])[] = [
  ['a block', 'all', '<div>#</div>'],
  ['a paragraph', 'all', '<p>Before # after</p>'],
  ['a span', 'all', '<span>#</span>'],
  ['a list', 'share', '<ul><li>#</li></ul>'],
  ['a flex row', 'natural', '<div style="display: flex">#</div>'],
  ['a flex row, at its start', 'natural', '<div style="display: flex; align-items: flex-start">#</div>'],
  ['a flex row, beside text', 'share', `<div style="display: flex; gap: 8px">#${BESIDE}</div>`],
  ['a flex row, beside what grows', 'share', `<div style="display: flex; gap: 8px">#<span style="flex: 1">Words</span></div>`],
  ['a flex row, growing', 'all', '<div style="display: flex"><div style="flex: 1">#</div></div>'],
  ['a flex row that wraps', 'natural', `<div style="display: flex; flex-wrap: wrap">#${BESIDE}</div>`],
  ['a flex column', 'all', '<div style="display: flex; flex-direction: column">#</div>'],
  ['a flex column, at its start', 'natural', '<div style="display: flex; flex-direction: column; align-items: flex-start">#</div>'],
  ['a flex column, centred', 'natural', '<div style="display: flex; flex-direction: column; align-items: center">#</div>'],
  ['an inline flex row', 'natural', '<div style="display: inline-flex; max-width: 100%">#</div>'],
  ['a grid', 'all', '<div style="display: grid">#</div>'],
  ['a grid, at the start of its cell', 'natural', '<div style="display: grid; justify-items: start">#</div>'],
  ['a grid of 1fr', 'all', '<div style="display: grid; grid-template-columns: 1fr">#</div>'],
  ['a grid of 1fr 1fr', 'share', `<div style="display: grid; grid-template-columns: 1fr 1fr">#${BESIDE}</div>`],
  ['a grid of auto 1fr', 'share', `<div style="display: grid; grid-template-columns: auto 1fr">#${BESIDE}</div>`],
  [
    'a grid of as many as fit',
    'share',
    `<div style="display: grid; grid-template-columns: repeat(auto-fit, minmax(240px, 1fr))">#${BESIDE}</div>`,
  ],
  ['an inline block', 'natural', '<div style="display: inline-block">#</div>'],
  ['fit-content', 'natural', '<div style="width: fit-content">#</div>'],
  ['min-content', 'least', '<div style="width: min-content">#</div>'],
  ['an absolute position', 'natural', '<div style="position: relative"><div style="position: absolute">#</div></div>'],
  ['a float', 'natural', '<div style="float: left">#</div>'],
  ['a table cell', 'natural', '<table style="border-spacing: 0"><td style="padding: 0">#</td></table>'],
  ['a table cell, beside text', 'share', `<table><tr><td>#</td><td>${BESIDE}</td></tr></table>`],
  ['columns', 'share', '<div style="columns: 2 12rem">#</div>'],
  ['what scrolls', 'all', '<div style="overflow: auto">#</div>'],
  ['text that must not wrap', 'all', '<div style="white-space: nowrap">#</div>'],
  ['text with a first line', 'all', '<div style="text-indent: 4rem">#</div>'],
  ['a fieldset', 'share', '<fieldset>#</fieldset>'],
];

const state = halfway({
  status: 'failed',
  failureCode: 'network',
  error: 'TypeError: Failed to fetch',
  speed: 3.2 * MB,
  timeRemaining: 250,
  can: { retry: true, restart: true, cancel: true },
});
const states = { 'model-progress-mini': { ...state, status: 'downloading' }, 'download-recovery': state } as const;

const offer = { ...state, status: 'paused', isRestored: true, kept: true, can: { ...state.can, resume: true } } as const;
const stored = [storedModel({ modelKey: KEY, bytes: 50 * MB, totalBytes: 100 * MB, isComplete: false }), storedModel()];

/** An element in a container: what to insert, and what makes it show its longest content. */
interface Case {
  readonly tag: (typeof TAGS)[number] | 'model-storage';
  readonly attributes: string;
  readonly show: (element: Element) => unknown;
}

const CASES: Readonly<Record<string, Case>> = {
  '<model-progress-mini>': { tag: 'model-progress-mini', attributes: `model-key="${KEY}"`, show: () => tellBoth(states[TAGS[0]]) },
  '<download-recovery>': { tag: 'download-recovery', attributes: `model-key="${KEY}"`, show: () => tellBoth(state) },
  'the row of all downloads': { tag: 'model-progress-mini', attributes: '', show: () => tellBoth(states[TAGS[0]]) },
  'the offer to resume': { tag: 'model-progress-mini', attributes: `model-key="${KEY}"`, show: () => tellBoth(offer) },
  '<model-storage>': {
    tag: 'model-storage',
    attributes: '',
    show: (element) => until(() => rows(element).length === stored.length),
  },
};

/** Dispatches the state of two models: the row without a key shows them as one. */
function tellBoth(shown: unknown): void {
  tell(shown, undefined, KEY);
  tell({ ...(shown as object), modelKey: `${KEY}-2` }, undefined, `${KEY}-2`);
}

describe('in any container', () => {
  let stage: HTMLElement;
  let page: StoragePage;

  beforeEach(() => {
    page = new StoragePage(() => Promise.resolve(reportOf(stored)));
    stage = document.createElement('div');
    document.body.append(stage);
  });

  afterEach(() => {
    page.close();
    stage.remove();
  });

  for (const [what, { tag, attributes, show }] of Object.entries(CASES)) {
    for (const [name, room, container] of CONTAINERS) {
      for (const width of WIDTHS) {
        it(`${what} fits ${name} of ${width} px`, async () => {
          stage.style.cssText = `inline-size: ${width}px; font: 16px system-ui`;
          stage.innerHTML = container.replace('#', `<${tag} ${attributes}></${tag}>`);
          const element = stage.querySelector(tag)!;
          await element.updateComplete;
          await show(element);
          await element.updateComplete;
          const box = element.getBoundingClientRect();
          const around = stage.getBoundingClientRect();
          expect(box.left, 'left edge').to.be.at.least(around.left - 1);
          expect(box.right, 'right edge').to.be.at.most(around.right + 1);
          expect(stage.scrollWidth, 'what sticks out of the container').to.be.at.most(width + 1);
          expectWidth(box.width, room, Math.min(width, tag === 'model-storage' ? WIDEST_LIST : WIDEST));
          // In a narrow box there is one word in each line, and no more.
          expect(box.height, 'height').to.be.within(24, box.width < 240 ? 640 : 360);
          expect(sticksOut(element), 'what sticks out of the element').to.deep.equal([]);
        });
      }
    }
  }

  for (const [name, , container] of CONTAINERS) {
    for (const width of WIDTHS) {
      it(`<model-download-dialog> is as wide as elsewhere in ${name} of ${width} px, which it leaves as it was`, async () => {
        stage.style.cssText = `inline-size: ${width}px; font: 16px system-ui`;
        stage.innerHTML = container.replace('#', '<b>#</b>');
        const place = stage.querySelector('b')!;
        const before = stage.getBoundingClientRect().height;
        place.insertAdjacentHTML('afterend', `<model-download-dialog model-key="${KEY}" open></model-download-dialog>`);
        const element = stage.querySelector('model-download-dialog')!;
        tellBoth({ ...state, status: 'downloading' });
        await element.updateComplete;
        const box = part(element, 'dialog')!.getBoundingClientRect();
        expect(box.width, 'width').to.be.closeTo(Math.min(448, innerWidth - 32), 1);
        expect(box.left, 'left edge').to.be.closeTo((document.documentElement.clientWidth - box.width) / 2, 8);
        expect(stage.getBoundingClientRect().height, 'height of the container').to.be.closeTo(before, 1);
        expect(sticksOut(part(element, 'dialog')!, element), 'what sticks out of the dialog').to.deep.equal([]);
      });
    }
  }
});

describe('the row and the recovery', () => {
  for (const width of [...WIDTHS, 1600]) {
    it(`line up in ${width} px`, async () => {
      const stage = document.createElement('div');
      stage.style.inlineSize = `${width}px`;
      stage.innerHTML = TAGS.map((tag) => `<${tag} model-key="${KEY}"></${tag}>`).join('');
      document.body.append(stage);
      tell(state, undefined, KEY);
      const boxes: DOMRect[] = [];
      for (const tag of TAGS) {
        const element = stage.querySelector(tag)!;
        await element.updateComplete;
        boxes.push(element.getBoundingClientRect());
      }
      stage.remove();
      expect(boxes[1]?.left).to.equal(boxes[0]?.left);
      expect(boxes[1]?.right).to.equal(boxes[0]?.right);
    });
  }
});

function expectWidth(width: number, room: Room, available: number): void {
  if (room === 'all') expect(width, 'width').to.be.closeTo(available, 1);
  else if (room === 'natural') expect(width, 'width').to.be.closeTo(Math.min(available, NATURAL), 2);
  else if (room === 'least') expect(width, 'width').to.be.within(LEAST, NATURAL);
  else expect(width, 'width').to.be.within(LEAST, available + 1);
}

/** Parts that are drawn outside of the element's box. */
function sticksOut(element: Element, host = element): string[] {
  const box = element.getBoundingClientRect();
  return [...(host.shadowRoot?.querySelectorAll('[part]') ?? [])]
    .filter((part) => {
      const { left, right, width } = part.getBoundingClientRect();
      return width > 0 && !part.matches('[part="fill"]') && (left < box.left - 1 || right > box.right + 1);
    })
    .map((part) => part.getAttribute('part') ?? '');
}
