import { expect } from 'chai';
import type { ProgressInfo } from 'model-download/core';
import { ProgressCallers } from '#dist/core/internal.js';
import { FakeClock } from '../../support/fake-clock.js';

const info: ProgressInfo = Object.freeze({
  status: 'download',
  name: 'm',
  file: 'a',
  progress: 1,
  loaded: 1,
  total: 100,
  speed: undefined,
  timeRemaining: undefined,
});

function settled<T>(promise: Promise<T>): Promise<unknown> {
  return promise.catch((error: unknown) => error);
}

describe('the callers of a load', () => {
  let left: number;
  let callers: ProgressCallers;
  beforeEach(() => {
    left = 0;
    callers = new ProgressCallers(new FakeClock(), () => (left += 1));
  });

  it('settle as the load does', async () => {
    expect(await callers.join({}, Promise.resolve(5))).to.equal(5);
    const cause = new Error('broken');
    expect(await settled(callers.join({}, Promise.reject(cause)))).to.equal(cause);
    expect(left).to.equal(0);
  });

  it('are detached one by one, each with its own reason, and the last one ends the load', async () => {
    const controllers = [new AbortController(), new AbortController()];
    const run = new Promise<never>(() => undefined);
    const waits = controllers.map(({ signal }) => settled(callers.join({ signal }, run)));
    controllers[0]?.abort('first');
    expect(await waits[0]).to.equal('first');
    expect(left).to.equal(0);
    controllers[1]?.abort('second');
    expect(await waits[1]).to.equal('second');
    expect(left).to.equal(1);
  });

  it('are detached at once by a signal that has aborted', async () => {
    const run = new Promise<never>(() => undefined);
    const other = settled(callers.join({}, run));
    expect(await settled(callers.join({ signal: AbortSignal.abort('before') }, run))).to.equal('before');
    expect(left).to.equal(0);
    const alone = new ProgressCallers(new FakeClock(), () => (left += 1));
    expect(await settled(alone.join({ signal: AbortSignal.abort('before') }, Promise.reject(new Error('cancelled'))))).to.equal('before');
    expect(left).to.equal(1);
    void other;
  });

  it('are not detached by an abort after the end', async () => {
    const controller = new AbortController();
    await callers.join({ signal: controller.signal }, Promise.resolve());
    controller.abort();
    expect(left).to.equal(0);
  });

  it('receive progress while they wait, and not afterwards', async () => {
    const heard: string[] = [];
    const controller = new AbortController();
    const gone = settled(callers.join({ signal: controller.signal, onProgress: () => heard.push('gone') }, new Promise(() => undefined)));
    let finish: () => void = () => undefined;
    const run = new Promise<void>((resolve) => (finish = resolve));
    const ended = callers.join({ onProgress: () => heard.push('ended') }, run);
    void callers.join({}, new Promise(() => undefined));
    callers.notify(info);
    expect(heard).to.deep.equal(['gone', 'ended']);
    controller.abort();
    await gone;
    finish();
    await ended;
    callers.notify(info);
    expect(heard).to.deep.equal(['gone', 'ended']);
  });

  it('receive it even if another one throws', () => {
    let heard: ProgressInfo | undefined;
    const run = new Promise<never>(() => undefined);
    void callers.join(
      {
        onProgress: () => {
          throw new Error('own');
        },
      },
      run,
    );
    void callers.join({ onProgress: (value) => (heard = value) }, run);
    callers.notify(info);
    expect(heard).to.equal(info);
  });
});
