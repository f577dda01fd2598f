import { expect, fixture, html } from '@open-wc/testing';
import type { DownloadRecoveryElement, ModelDownloadDialogElement } from 'model-download';
import 'model-download/define';
import { halfway, KEY, part, stateOf, tell, seen } from './download-events.js';
import { until } from '../support/until.js';

/** Waits until a countdown is at fewer seconds than 5; how long that takes on a busy machine does not matter. */
async function countsDown(element: Element, name: string): Promise<void> {
  await until(() => /in [0-4] s|…/.test(seen(part(element, name))));
}

const waiting = (attempt: number) => halfway({ status: 'waiting', attempt, failureCode: 'network', retryAt: Date.now() + 5_000 });

describe('the countdown', () => {
  it('runs in a recovery that was connected before the download waits, in each wait', async () => {
    const element = await fixture<DownloadRecoveryElement>(html`<download-recovery model-key=${KEY}></download-recovery>`);
    for (const attempt of [1, 2]) {
      tell(waiting(attempt));
      await countsDown(element, 'countdown');
      tell(stateOf({ status: 'checking', attempt }));
    }
  });

  it('runs in a recovery that is connected while the download waits', async () => {
    document.addEventListener('model-download-query', ({ detail }) => detail.answer(waiting(2), undefined), { once: true });
    const element = await fixture<DownloadRecoveryElement>(html`<download-recovery model-key=${KEY}></download-recovery>`);
    expect(seen(part(element, 'countdown'))).to.match(/^Trying again in [45] s$/);
    await countsDown(element, 'countdown');
  });

  it('runs in the dialog, in each wait, and is shown once', async () => {
    const element = await fixture<ModelDownloadDialogElement>(html`<model-download-dialog model-key=${KEY} open></model-download-dialog>`);
    for (const attempt of [1, 2]) {
      tell(waiting(attempt));
      await countsDown(element, 'status');
      const recovery = element.shadowRoot?.querySelector('download-recovery');
      expect(recovery?.shadowRoot?.textContent).to.contain('The connection was lost').and.not.contain('Trying again');
      tell(stateOf({ status: 'checking', attempt }));
    }
  });
});
