// Elements that are removed before their texts and views are loaded, which happens once in a page: these tests need one of their own.
import { elementUpdated, expect, fixture, html } from '@open-wc/testing';
import type { LitElement } from 'lit';
import 'model-download/define';
import { until } from '../support/until.js';
import { aggregateOf, halfway, KEY, part, tell } from './download-events.js';

const TAGS = ['model-download-dialog', 'model-progress-mini', 'download-recovery'];

describe('an element that is removed before the views are loaded', () => {
  it('can be updated, and shows its download once it is connected again', async () => {
    const elements = TAGS.map((tag) => document.createElement(tag));
    for (const element of elements) element.setAttribute('model-key', KEY);
    document.body.append(...elements);
    await Promise.all(elements.map((element) => elementUpdated(element)));
    const failed = halfway({ status: 'failed', failureCode: 'network', error: 'Failed to fetch', attempt: 1, can: { retry: true } });
    tell(failed, aggregateOf());
    for (const element of elements) element.remove();
    const other = await fixture<LitElement>(html`<model-progress-mini model-key=${KEY}></model-progress-mini>`);
    tell(failed, aggregateOf());
    await until(() => part(other, 'mini') !== null);
    for (const element of elements) {
      (element as Partial<LitElement>).requestUpdate?.();
      await elementUpdated(element);
    }
    document.body.append(...elements);
    tell(failed, aggregateOf());
    for (const element of elements) await elementUpdated(element);
    expect(elements[1]?.shadowRoot?.textContent).to.contain('Download failed');
    expect(elements[2]?.shadowRoot?.textContent).to.contain('The connection was lost');
    for (const element of elements) element.remove();
  });
});
