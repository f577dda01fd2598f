// A load after a cancelled one that has received the runtime's file: the file is in the total, and counts as received.
import { expect } from '@open-wc/testing';
import { ModelDownloads } from 'model-download';
import { HubScope, hubModel, LINK } from '../../support/real-hub.js';
import { RECIPE, type Recipe } from '../../support/real-page.js';
import { rejectionOf } from '../../support/rejection-of.js';

const { importTransformers } = (await import(RECIPE)) as Recipe;
const id = 'local/tiny-chat';
const { task, versions } = hubModel(id);

/** Resolves when a running download shows more than these bytes. */
function isShown(downloads: ModelDownloads, bytes: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = downloads.subscribe('own', (state) => {
      if (state.status !== 'downloading' || (state.bytesDownloaded ?? 0) <= bytes) return;
      stop();
      resolve();
    });
  });
}

describe('a load after a cancelled one that has received the runtime’s file', () => {
  for (const version of [2, 3, 4]) {
    it(`counts that file as received, with Transformers.js ${version}`, async () => {
      const scope = new HubScope();
      const downloads = new ModelDownloads({
        storage: null,
        namespace: scope.remoteHost,
        transformers: () => importTransformers(version, scope.remoteHost),
        models: { own: { task, model: id, options: versions[`v${version}`]?.options ?? {} } },
      });
      const { size = 0, files = [] } = await downloads.estimate('own');
      const runtime = files.find(({ file }) => file.endsWith('.wasm'))?.size ?? 0;
      expect(runtime).to.be.greaterThan(0);
      // The runtime's file is not on the hub. It arrives before the model.
      await scope.control({ bandwidth: 50_000 });
      const cancelled = rejectionOf(downloads.load('own'));
      await isShown(downloads, runtime);
      downloads.cancel('own');
      expect(await cancelled).to.include({ name: 'AbortError' });

      const loading = downloads.load('own');
      await isShown(downloads, runtime);
      await scope.control({ bandwidth: LINK });
      await loading;
      expect(downloads.getState('own')).to.include({ status: 'completed', bytesDownloaded: size, totalBytes: size });
      downloads.dispose();
    });
  }
});
