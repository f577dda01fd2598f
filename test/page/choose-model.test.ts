import { expect } from '@open-wc/testing';
import {
  ModelDownloadChangeEvent,
  ModelDownloadChooseModelRequestEvent,
  ModelDownloadQueryEvent,
  ModelDownloads,
  type DownloadState,
  type ModelDownloadChangeDetail,
} from 'model-download';

describe('the choice of a different model', () => {
  const root = new EventTarget();

  /** Fails a download on the root, and resolves with its last state as the elements receive it. */
  async function failed(
    chooseModel?: (request: object) => void,
  ): Promise<{ downloads: ModelDownloads; heard: DownloadState | undefined; answered: DownloadState | undefined }> {
    let heard: DownloadState | undefined;
    let answered: DownloadState | undefined;
    root.addEventListener(
      ModelDownloadChangeEvent.eventName,
      (event) => (heard = (event as CustomEvent<ModelDownloadChangeDetail>).detail.state),
    );
    const load = (): Promise<never> => Promise.reject(new TypeError('Failed to fetch'));
    const downloads = new ModelDownloads({ models: { phi: { load } }, storage: null, automaticAttempts: 0, chooseModel });
    downloads.connect(root);
    const asked = new Promise<void>((resolve) => downloads.subscribe('phi', ({ status }) => status === 'failed' && resolve()));
    downloads.load('phi').catch(() => undefined);
    await asked;
    root.dispatchEvent(new ModelDownloadQueryEvent({ modelKey: 'phi', answer: (state) => (answered = state) }));
    return { downloads, heard, answered };
  }

  it('is offered if the page has the option, and passes the reason', async () => {
    const requests: object[] = [];
    const { downloads, heard, answered } = await failed((request) => requests.push(request));
    expect(heard?.can).to.include({ chooseModel: true, retry: true });
    expect(answered?.can.chooseModel).to.equal(true);
    root.dispatchEvent(new ModelDownloadChooseModelRequestEvent({ modelKey: 'phi', reason: 'network' }));
    await Promise.resolve();
    expect(requests).to.deep.equal([{ modelKey: 'phi', reason: 'network' }]);
    expect(downloads.getState('phi')?.status).to.equal('cancelled');
  });

  it('is not offered without the option', async () => {
    const { heard, answered } = await failed();
    expect(heard?.can.retry).to.equal(true);
    expect(heard?.can.chooseModel).to.not.equal(true);
    expect(answered?.can.chooseModel).to.not.equal(true);
  });
});
