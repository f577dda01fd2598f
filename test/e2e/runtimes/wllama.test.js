// The real wllama, its WASM and its cache, with a real model from the local hub.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { act, areTrue, changes, eachWithModel, isReady, load, reaches } from './support.js';
import { until } from '../../links/support.js';

const MODEL = 'local/tiny-llama';
const SAID = ' I am a very small llama made on this machine and all that can be said by me is said.';

/** Slow enough to act half-way, in bytes per second. */
const SLOW = 5_000_000;

const stage = eachWithModel('wllama', MODEL);

/** Runs the model, as a page does after the load. */
async function answers() {
  await reaches(stage.page, 'completed');
  const { text, finish } = await stage.page.evaluate(async () => {
    /** @type {import('@wllama/wllama').Wllama} */
    const wllama = await globalThis.downloads.load('model');
    const { choices } = await wllama.createCompletion({ prompt: 'Who are you?', max_tokens: 40, temperature: 0 });
    return { text: choices[0].text, finish: choices[0].finish_reason };
  });
  assert.deepEqual({ text, finish }, { text: SAID, finish: 'stop' });
}

const statesOf = async (...statuses) =>
  (await changes(stage.page)).map(({ state }) => state).filter(({ status }) => statuses.includes(status));

/** Waits until wllama has reported bytes. */
async function isHalfWay() {
  await until('bytes', async () => (await statesOf('downloading')).some(({ bytesDownloaded }) => bytesDownloaded > stage.link.size / 4));
}

describe('a model of wllama', () => {
  it('has correct bytes, percentage and speed, and then answers', async () => {
    const { page, link } = stage;
    link.set({ bandwidth: SLOW });
    await load(page);
    await answers();
    const states = await statesOf('downloading', 'preparing', 'completed');
    areTrue(states, link.size);
    const shares = new Set(states.map(({ progress }) => progress));
    assert.ok(shares.size > 3, `${shares.size} percentages`);
    const speeds = states.flatMap(({ speed }) => speed ?? []);
    assert.ok(speeds.length > 3 && speeds.every((speed) => speed < 2 * SLOW), `${Math.max(...speeds)} bytes per second`);
    assert.ok(states.some(({ status, progress }) => status === 'preparing' && progress === 100));
    assert.ok(states.every(({ can }) => !can.pause));
    assert.deepEqual([link.sent, link.answers.length], [link.size, 1]);
  });

  it('is read from the cache at the next visit, and reported as cached', async () => {
    const { page, link } = stage;
    await load(page);
    await reaches(page, 'completed');
    await page.reload();
    await isReady(page);
    const before = link.scope.log.since();
    await load(page);
    await answers();
    assert.deepEqual(link.scope.log.since(), before);
    const { aggregate } = (await changes(page)).at(-1);
    assert.deepEqual([aggregate.bytesFromCache, aggregate.bytesFromNetwork], [link.size, 0]);
  });

  it('stops at a cancel, and starts over afterwards', async () => {
    const { page, link } = stage;
    link.set({ bandwidth: SLOW });
    await load(page);
    await isHalfWay();
    await act(page, 'cancel');
    const { kept } = await reaches(page, 'cancelled');
    assert.notEqual(kept, true);
    await link.isSilent();
    assert.ok(link.sent < link.size);

    link.set({ bandwidth: 0 });
    await load(page);
    await answers();
    const [, again] = link.answers;
    assert.deepEqual([again.range, again.bytesSent], [null, link.size]);
  });

  it('starts over automatically after a break', async () => {
    const { page, link } = stage;
    link.set({ cutAfter: 3_000_000, cutTimes: 1, match: '.gguf', origin: 'cdn' });
    await load(page);
    await answers();
    assert.deepEqual(
      link.answers.map(({ range, bytesSent }) => [range, bytesSent === link.size]),
      [
        [null, false],
        [null, true],
      ],
    );
    const states = await statesOf('downloading', 'preparing', 'completed');
    const attempts = [...new Set(states.map(({ attempt }) => attempt))];
    for (const attempt of attempts)
      areTrue(
        states.filter((state) => state.attempt === attempt),
        link.size,
      );
    const waits = await statesOf('waiting');
    assert.ok(waits.some(({ failureCode, kept }) => failureCode === 'network' && kept !== true));
  });
});
