// Ten downloads at once, of which three run.
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { describe, it } from 'node:test';
import { eachWithProfile, filesSent } from './support.js';

const stage = eachWithProfile();

const KEYS = Array.from({ length: 10 }, (_, index) => `model-${index}`);

/** Runs in the page: loads one file for each key by the page's own loader, and records the states. */
async function loadAll(files) {
  const { ModelDownloads } = await import('/dist/cdn/model-download.js');
  const definition = ({ url, file, size }) => ({
    files: [{ file, size }],
    load: async ({ fetch }) => (await (await fetch(url)).arrayBuffer()).byteLength,
  });
  const models = Object.fromEntries(Object.entries(files).map(([key, file]) => [key, definition(file)]));
  const downloads = new ModelDownloads({ models, concurrency: 3, namespace: 'several' });
  const [started, running, summaries] = [[], [], []];
  for (const key of Object.keys(models)) {
    downloads.subscribe(key, ({ status }) => {
      if (status === 'checking' && !started.includes(key)) started.push(key);
      const { modelKeys: _, ...summary } = downloads.summary;
      running.push(summary.running);
      summaries.push(summary);
    });
  }
  const sizes = await Promise.all(Object.keys(models).map((key) => downloads.load(key)));
  return {
    started,
    running,
    summaries,
    sizes,
    states: Object.keys(models).map((key) => downloads.getState(key)),
    summary: downloads.summary,
  };
}

describe('ten downloads, three at once', () => {
  it('run in their order, add up, and mix nothing', async () => {
    const links = KEYS.map(() => stage.place.link(4, 'local/sentiment'));
    for (const link of links) link.set({ bandwidth: 8_000_000 });
    const [link] = links;
    const tab = await stage.profile.tab(link);
    const { path: file } = link.load.files.find(({ path }) => path.endsWith('.onnx'));
    const files = KEYS.map((key, index) => [
      key,
      { url: `${links[index].scope.url}${link.model.id}/resolve/main/${file}`, file: basename(file), size: link.size },
    ]);
    const { started, running, summaries, sizes, states, summary } = await tab.page.evaluate(loadAll, Object.fromEntries(files));

    assert.deepEqual(started, KEYS);
    assert.equal(Math.max(...running), 3);
    assert.deepEqual(
      sizes,
      KEYS.map(() => link.size),
    );
    assert.deepEqual(
      states.map(({ status, bytesDownloaded }) => ({ status, bytesDownloaded })),
      KEYS.map(() => ({ status: 'completed', bytesDownloaded: link.size })),
    );
    const { completed, progress, bytesDownloaded, totalBytes, modelKeys } = summary;
    assert.deepEqual(
      { completed, progress, bytesDownloaded, totalBytes, modelKeys },
      { completed: 10, progress: 100, bytesDownloaded: 10 * link.size, totalBytes: 10 * link.size, modelKeys: KEYS },
    );
    const shown = summaries.flatMap(({ progress: percent }) => percent ?? []);
    assert.deepEqual(
      shown,
      [...shown].sort((a, b) => a - b),
      'the percentage of all never falls',
    );
    for (const one of links) assert.deepEqual(filesSent(one), [file]);
  });
});
