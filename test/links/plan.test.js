// The size of a model before its download, by the hub's listing.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eachWithProfile, filesSent } from './support.js';

const stage = eachWithProfile();

/** A tab whose page has no `files` of the model. */
async function tabOf(link) {
  return stage.profile.tab(link, { knowsFiles: false, namespace: link.model.id });
}

const estimateIn = (tab) => tab.page.evaluate(() => globalThis.downloads.estimate('model'));

/** Sizes by path, without the runtime's own file. */
function sizesOf(files) {
  const own = files.filter(({ file }) => !file.endsWith('.wasm'));
  return Object.fromEntries(own.map(({ file, size }) => [file, size]));
}

describe('a dialog that is opened before a download', () => {
  it('shows the size, that the model is not cached, and that it fits', async () => {
    const link = stage.place.link(4, 'local/translator');
    const tab = await tabOf(link);
    await tab.page.evaluate(() => document.querySelector('model-download-dialog').show());
    const facts = tab.page.getByRole('dialog').getByRole('listitem');
    await facts.filter({ hasText: /^\s*\d+(\.\d+)?\sMB to download\s*$/ }).waitFor();
    await facts.filter({ hasText: 'Not on this device yet' }).waitFor();
    await facts.filter({ hasText: 'Enough space on this device' }).waitFor();
  });
});

for (const version of [2, 3, 4]) {
  describe(`a page with Transformers.js ${version} that has no plan of a model`, () => {
    it('reads the size from the hub, and reports whether the model is cached and fits', async () => {
      const link = stage.place.link(version, 'local/translator');
      const tab = await tabOf(link);
      assert.equal((await tab.state()).totalBytes, undefined);
      const { size, cached, fits, files } = await estimateIn(tab);
      const expected = link.load.files.map(({ path, size: bytes }) => [path, bytes]);
      assert.deepEqual(sizesOf(files), Object.fromEntries(expected));
      assert.equal(
        size,
        files.reduce((sum, file) => sum + file.size, 0),
      );
      assert.deepEqual({ cached, fits }, { cached: false, fits: true });
      const { status, totalBytes, ...state } = await tab.state();
      assert.deepEqual({ status, totalBytes, cached: state.cached, fits: state.fits }, { status: 'idle', totalBytes: size, cached, fits });
      assert.deepEqual(
        filesSent(link).filter((file) => file !== 'config.json'),
        [],
      );
    });

    it('has the whole plan before the first large byte', async () => {
      const link = stage.place.link(version, 'local/translator');
      link.hurry();
      const tab = await tabOf(link);
      await tab.load();
      await tab.works();
      const states = await tab.states();
      // The small files do not wait for it.
      const small = link.load.files.filter(({ path }) => !path.endsWith('.onnx')).reduce((sum, { size }) => sum + size, 0);
      const moving = states.filter(({ status, bytesDownloaded }) => status === 'downloading' && bytesDownloaded > small);
      assert.ok(moving.length > 0);
      const totals = new Set(moving.map(({ totalBytes }) => totalBytes));
      assert.deepEqual([...totals], [states.at(-1).totalBytes]);
    });

    it('also loads from a hub without a listing', async () => {
      const link = stage.place.link(version, 'local/tiny-chat');
      link.hurry();
      link.set({ match: '/api/', status: 500 });
      const tab = await tabOf(link);
      await tab.load();
      await tab.works();
      const states = await tab.states();
      assert.deepEqual(
        states.filter(({ error }) => error !== undefined),
        [],
      );
    });
  });
}
