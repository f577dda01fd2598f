// Properties of a wrong type, as a page without TypeScript or a framework sets them: nothing throws, and the page stays usable.
import { elementUpdated, expect, fixture, html, nextFrame } from '@open-wc/testing';
import 'model-download/define';
import 'model-download/define/model-storage';
import { aggregateOf, halfway, MB, part, tell } from './download-events.js';

const TAGS = ['model-progress-mini', 'download-recovery', 'model-download-dialog'] as const;

const WRONG: readonly (readonly [name: string, value: unknown])[] = [
  ['a number', 7],
  ['NaN', Number.NaN],
  ['null', null],
  ['undefined', undefined],
  ['true', true],
  ['an object', { key: 'phi' }],
  ['an object without a prototype', Object.create(null)],
  ['an array', ['phi']],
  ['a function', () => 'phi'],
  ['a symbol', Symbol('phi')],
  ['a bigint', 7n],
  ['an empty text', ''],
  ['a long text', 'x'.repeat(100_000)],
];

const PROPERTIES = ['modelKey', 'density', 'open'] as const;

const broken = halfway({ status: 'failed', failureCode: 'network', error: 'Failed to fetch', speed: MB, can: { retry: true } });

describe('a property of a wrong type', () => {
  let errors: unknown[] = [];
  const record = (event: ErrorEvent | PromiseRejectionEvent): void => {
    errors.push('reason' in event ? event.reason : event.message);
    event.preventDefault();
  };

  beforeEach(() => {
    errors = [];
    window.addEventListener('error', record);
    window.addEventListener('unhandledrejection', record);
  });

  afterEach(() => {
    window.removeEventListener('error', record);
    window.removeEventListener('unhandledrejection', record);
  });

  for (const tag of TAGS) {
    for (const property of PROPERTIES) {
      if (property === 'open' && tag !== 'model-download-dialog') continue;
      for (const [name, value] of WRONG) {
        it(`<${tag}> renders with ${name} as ${property}, and with a right value after it`, async () => {
          const page = await fixture<HTMLElement>(html`<div></div>`);
          const element = document.createElement(tag);
          element.modelKey = 'wrong';
          page.append(element);
          await element.updateComplete;
          Object.assign(element, { [property]: value });
          await element.updateComplete;
          tell(broken, aggregateOf(), 'wrong');
          await elementUpdated(element);
          Object.assign(element, { modelKey: 'wrong', density: undefined });
          if ('open' in element) element.open = true;
          await elementUpdated(element);
          tell(broken, aggregateOf(), 'wrong');
          await elementUpdated(element);
          await nextFrame();
          expect(
            part(element, { 'model-progress-mini': 'mini', 'download-recovery': 'recovery', 'model-download-dialog': 'dialog' }[tag]),
          ).to.not.equal(null);
          expect(errors).to.deep.equal([]);
        });
      }
    }
  }
});

describe('a density of a wrong type', () => {
  for (const [name, value] of WRONG) {
    it(`<model-storage> renders with ${name}`, async () => {
      const page = await fixture<HTMLElement>(html`<div></div>`);
      const element = document.createElement('model-storage');
      page.append(element);
      Object.assign(element, { density: value });
      await element.updateComplete;
      expect(part(element, 'storage')).to.not.equal(null);
      Object.assign(element, { density: 'compact' });
      await element.updateComplete;
      expect(element.getAttribute('density')).to.equal('compact');
    });
  }
});
