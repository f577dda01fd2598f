// A single file through the real transfer layer, by the hub's log.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { act, areTrue, changes, eachWithModel, load, reaches } from './support.js';
import { cutWhenRead } from '../../links/cut-when-read.js';
import { IN_FLIGHT, until } from '../../links/support.js';

/** Slow enough to act half-way, in bytes per second. */
const SLOW = 4_000_000;

const stage = eachWithModel('file', 'local/tiny-llama');

const statesOf = async (...statuses) =>
  (await changes(stage.page)).map(({ state }) => state).filter(({ status }) => statuses.includes(status));

async function beginSlowly() {
  stage.link.set({ bandwidth: SLOW });
  await load(stage.page);
  await until('a half of the file', () => stage.link.sent > stage.link.size / 2);
}

/** Waits for the end, and checks every byte of the load's result. */
async function isWhole() {
  await reaches(stage.page, 'completed');
  const hash = await stage.page.evaluate(async () => {
    const digest = await crypto.subtle.digest('SHA-256', await globalThis.downloads.load('model'));
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  });
  assert.equal(hash, stage.link.sha256);
}

/** Checks that the file was sent in two answers, of which the second continues the first. */
function wentOn() {
  const { answers, sent, size } = stage.link;
  assert.equal(answers.length, 2);
  assert.match(answers[1].range ?? 'the whole file', /^bytes=[1-9]\d*-$/);
  assert.ok(sent >= size && sent - size <= IN_FLIGHT, `${sent - size} bytes were sent twice`);
}

describe('any file', () => {
  it('has correct figures, can be paused, and is complete in one response', async () => {
    await beginSlowly();
    stage.link.set({ bandwidth: 0 });
    await isWhole();
    const states = await statesOf('downloading', 'preparing', 'completed');
    areTrue(states, stage.link.size);
    assert.ok(states.some(({ can, speed, totalBytes }) => can.pause && speed > 0 && totalBytes === stage.link.size));
    assert.deepEqual([stage.link.answers.length, stage.link.sent], [1, stage.link.size]);
  });

  it('sends nothing during a pause, and continues after its bytes at a resume', async () => {
    await beginSlowly();
    await act(stage.page, 'pause');
    await reaches(stage.page, 'paused');
    await stage.link.isSilent();
    stage.link.set({ bandwidth: 0 });
    await act(stage.page, 'resume');
    await isWhole();
    wentOn();
  });

  it('continues after its bytes after a break, in the same attempt', async () => {
    const { page, link } = stage;
    await cutWhenRead({ page, control: link, bytes: 3_000_000, match: link.path, start: () => load(page) });
    await isWhole();
    wentOn();
    areTrue(await statesOf('downloading', 'preparing', 'completed'), link.size);
  });

  it('sends nothing after a cancel, and continues after its bytes at the next load', async () => {
    await beginSlowly();
    await act(stage.page, 'cancel');
    const { kept } = await reaches(stage.page, 'cancelled');
    assert.equal(kept, true);
    await stage.link.isSilent();
    stage.link.set({ bandwidth: 0 });
    await load(stage.page);
    await isWhole();
    wentOn();
  });

  it('fails with its code if the server does not have it', async () => {
    stage.link.set({ status: 404 });
    await load(stage.page);
    const { failureCode, error } = await reaches(stage.page, 'failed');
    assert.equal(failureCode, 'not-found');
    assert.match(error, /^HTTP 404: /);
  });
});
