import { expect } from '@open-wc/testing';
import { DownloadRecoveryElement, ModelDownloadDialogElement, ModelProgressMiniElement } from 'model-download';

describe('model-download/define', () => {
  it('registers every tag, and can run twice', async () => {
    await import('model-download/define/model-download-dialog');
    await import('model-download/define/model-progress-mini');
    await import('model-download/define/download-recovery');
    await import('model-download/define');
    for (const element of [DownloadRecoveryElement, ModelDownloadDialogElement, ModelProgressMiniElement]) {
      expect(customElements.get(element.tagName)).to.equal(element);
      expect(document.createElement(element.tagName)).to.be.instanceOf(element);
    }
  });
});
