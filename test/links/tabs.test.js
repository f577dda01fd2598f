// Two tabs load one model: one of them downloads it, and the other continues when it ends.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eachWithProfile, IN_FLIGHT, SEGMENT, UNSTORED, until } from './support.js';

let link;
let first;
let second;

eachWithProfile(async ({ place, profile }) => {
  link = place.link();
  first = await profile.tab(link);
  second = await profile.tab(link);
});

/** Waits until a tab shows bytes of the .onnx file: the other files together are much smaller. */
async function showsProgress(tab) {
  await until('progress of the file', async () => {
    const { status, bytesDownloaded } = await tab.state();
    return status === 'downloading' && bytesDownloaded > SEGMENT;
  });
}

/** Downloads half of the file in the first tab, while the second one waits for it. */
async function halfWay() {
  await first.load();
  await link.sends(2.5);
  await second.load();
  await showsProgress(second);
  await link.sends();
  assert.equal(link.answers.length, 1, 'one of them downloads');
}

/** Pauses both tabs by one of them, and resumes both by the other. */
async function pauseTogether(pausing, resuming) {
  await pausing.act('pause');
  await Promise.all([first.reaches('paused'), second.reaches('paused')]);
  await link.isQuiet();
  await resuming.act('resume');
  await Promise.all([first.reaches('downloading'), second.reaches('downloading')]);
}

describe('two tabs that load a model at once', () => {
  it('download the file once, and both show its progress', async () => {
    await Promise.all([first.load(), second.load()]);
    await Promise.all([first, second].map(showsProgress));
    for (const { page } of [first, second]) {
      const shown = await page.locator('model-progress-mini').getByRole('progressbar').getAttribute('aria-valuenow');
      assert.ok(Number(shown) > 0, `the indicator shows ${shown} %`);
    }
    assert.equal(link.answers.length, 1, 'one of them downloads');
    assert.ok(link.sent < link.size, 'both show it before the file is here');

    link.hurry();
    await Promise.all([first.works(), second.works()]);
    link.costs(IN_FLIGHT);
  });

  it('pause and resume together, in whichever tab the user acts', async () => {
    await halfWay();
    await pauseTogether(second, first);
    await until('more than was paused at', async () => (await first.state()).bytesDownloaded > 16 * SEGMENT);
    await pauseTogether(first, second);
    link.hurry();
    await Promise.all([first.works(), second.works()]);
    link.costs(2 * IN_FLIGHT);
  });
});

describe('a second tab', () => {
  it('finishes the file when the first is closed half-way', async () => {
    await halfWay();
    await first.isStored();
    await first.page.close({ runBeforeUnload: false });
    link.hurry();
    await second.works();
    link.costs(UNSTORED + IN_FLIGHT);
  });

  it('finishes the file when the first crashes half-way', async () => {
    await halfWay();
    await first.isStored();
    await first.crash();
    link.hurry();
    await second.works();
    link.costs(UNSTORED + IN_FLIGHT);
  });
});
