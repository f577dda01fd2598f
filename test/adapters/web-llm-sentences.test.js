// The adapter for WebLLM detects the phases of a load by texts: the package must report them, in this order.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

const source = await readFile(new URL('../../node_modules/@mlc-ai/web-llm/lib/index.js', import.meta.url), 'utf8');

/** The text from the only occurrence of one string to the next occurrence of another. */
function between(start, end) {
  const [, after, ...more] = source.split(start);
  assert.ok(after && more.length === 0, `“${start}” is there once`);
  return after.slice(0, after.indexOf(end));
}

/** Checks that each phrase occurs after the one before it. */
function inOrder(text, phrases) {
  let rest = text;
  for (const phrase of phrases) {
    assert.ok(rest.includes(phrase), `“${phrase}” comes after those before it`);
    rest = rest.slice(rest.indexOf(phrase) + phrase.length);
  }
}

describe('WebLLM', () => {
  it('reports for the weights that it starts, fetches missing shards and loads all of them', () => {
    const fetchShards = between('fetchTensorCacheInternal(tensorCacheUrl, list,', 'Create a new {@link Scalar}');
    for (const sentence of ['"Loading model from cache["', '"Fetching param cache["']) assert.ok(fetchShards.includes(sentence), sentence);
    inOrder(fetchShards, ['"Start to fetch params"', 'loading=*/ false', 'if (!cacheOnly)', 'fetchedBytes = 0', 'loading=*/ true']);
  });

  it('does so for each of several models, and ends each with its shaders', () => {
    inOrder(between('// 4. Sequentially load each model', 'reloadInternal(modelId, chatOpts) {'), [
      'for (let i = 0; i < modelId.length',
      'yield this.reloadInternal(',
    ]);
    inOrder(between('reloadInternal(modelId, chatOpts) {', 'unload() {'), [
      'fetchTensorCache(',
      'asyncLoadWebGPUPipelines()',
      '"Finish loading on "',
    ]);
    assert.ok(source.includes('"Loading GPU shader modules["'));
  });
});
