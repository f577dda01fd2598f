// The real engine of WebLLM without WebGPU: it requests the first files of a load, and is stopped.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { act, eachWithModel, load, reaches } from './support.js';
import { until } from '../../links/support.js';

const stage = eachWithModel('web-llm', 'local/tiny-llama');

describe('a model of WebLLM', () => {
  it('stops at a cancel, where the page unloads the engine', async () => {
    const { page, link } = stage;
    const requests = () => link.scope.log.since();
    link.set({ latency: 600_000 });
    await load(page);
    await until('a request', () => requests().length > 0);
    await act(page, 'cancel');
    await reaches(page, 'cancelled');
    await until('the end of the request', () => requests().every(({ aborted }) => aborted));
    assert.deepEqual(
      requests().map(({ path }) => path.split('/').at(-1)),
      ['mlc-chat-config.json'],
    );
  });

  it('is retried automatically if the connection broke inside WebLLM’s own cache', async () => {
    const { page, link } = stage;
    link.set({ offline: true });
    await load(page);
    const { failureCode, error } = await reaches(page, 'waiting');
    assert.equal(failureCode, 'network', error);
    await until('another request', () => link.scope.log.since().length > 1);
  });
});
