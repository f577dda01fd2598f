// A load whose bytes the package does not see: its numbers are unknown, and none is shown.
import { expect, fixture, html } from '@open-wc/testing';
import { ModelDownloads, type ModelDownloadDialogElement, type ModelDownloadsOptions } from 'model-download';
import 'model-download/define';
import { ADDRESS, eachWithFile } from '../support/fake-file.js';
import { until } from '../support/until.js';

eachWithFile();

/** A loader that requests its file with the `fetch` of the window. */
const load = async (): Promise<string> => (await fetch(ADDRESS)).text();

/** All texts of an element, with the values of its progress bars. */
function texts(element: Element): string {
  const root = element.shadowRoot!;
  const values = [...root.querySelectorAll('[aria-valuetext]')].map((bar) => bar.getAttribute('aria-valuetext'));
  return [root.textContent, ...values].join(' ');
}

async function loaded(options: ModelDownloadsOptions): Promise<ModelDownloads> {
  const downloads = new ModelDownloads({ storage: null, models: { own: { load }, second: { load } }, ...options });
  downloads.connect();
  await Promise.all(['own', 'second'].map((key) => downloads.load(key)));
  return downloads;
}

for (const options of [{}, { transfer: false }]) {
  describe(`a load that reports no byte, ${'transfer' in options ? 'without' : 'with'} the transfer layer`, () => {
    it('has no number of bytes at its end', async () => {
      const downloads = await loaded(options);
      expect(downloads.getState('own')).to.include({
        status: 'completed',
        progress: 100,
        bytesDownloaded: undefined,
        totalBytes: undefined,
      });
      expect(downloads.getAggregate('own')).to.include({ totalSize: undefined, totalIsExact: false, totalFiles: 0 });
      expect(downloads.summary).to.include({ progress: 100, totalBytes: undefined, completed: 2 });
      downloads.dispose();
    });

    it('has none with the planned sizes of files that it did not request here', async () => {
      const own = { load, files: [{ file: 'model.bin', size: 5 }] };
      const downloads = new ModelDownloads({ storage: null, models: { own }, ...options });
      await downloads.load('own');
      expect(downloads.getState('own')).to.include({ progress: 100, bytesDownloaded: undefined, totalBytes: undefined });
      downloads.dispose();
    });

    it('shows none in any tag', async () => {
      const dialog = await fixture<ModelDownloadDialogElement>(html`<model-download-dialog model-key="own"></model-download-dialog>`);
      const mini = await fixture(html`<model-progress-mini model-key="own"></model-progress-mini>`);
      const all = await fixture(html`<model-progress-mini></model-progress-mini>`);
      dialog.show();
      const downloads = await loaded(options);
      const shown = (): string[] => [dialog, mini, all].map(texts);
      await until(() => shown().every((text) => text.includes('100%')));
      expect(shown().join('\n')).to.not.match(/\b0 B\b/);
      downloads.dispose();
      dialog.close();
    });
  });
}
