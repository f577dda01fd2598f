// Against the published shape of the part. Over a real stream it is in test/adapters/ai-sdk.test.js.
import { expect } from '@open-wc/testing';
import type { DownloadState } from 'model-download/core';
import { readDownloadParts, toDownloadPart } from 'model-download/adapters/ai-sdk';
import { stateOf } from '../elements/download-events.js';
import { FakeClock } from '../support/fake-clock.js';

const type = 'data-modelDownloadProgress';

const part = (status: string, progress?: unknown, id: unknown = 'phi') => ({ type, id, data: { status, progress, message: '' } });

function reader() {
  const states: DownloadState[] = [];
  const before: unknown[] = [];
  const take = readDownloadParts(
    (state, previous) => {
      states.push(state);
      before.push(previous);
    },
    { nameOf: (id) => `Model ${id}`, clock: new FakeClock() },
  );
  return { take, states, before, last: () => states.at(-1) };
}

describe('a state as a chat part', () => {
  it('is a whole percentage, and 100 only at the end', () => {
    const message = 'Phi-3 Advanced';
    const made = toDownloadPart(stateOf({ status: 'downloading', progress: 41.9 }));
    expect(made).to.deep.equal({ type, id: 'phi-3', data: { status: 'downloading', progress: 41, message } });
    expect(toDownloadPart(stateOf({ status: 'preparing', progress: 100 }))?.data.progress).to.equal(99);
    expect(toDownloadPart(stateOf({ status: 'completed', progress: 100 }))?.data).to.deep.equal({
      status: 'complete',
      progress: 100,
      message,
    });
  });

  it('has no percentage while none is known', () => {
    expect(toDownloadPart(stateOf({ status: 'downloading' }), 'Wait')?.data).to.deep.equal({ status: 'downloading', message: 'Wait' });
  });

  it('of a failure says why', () => {
    const made = toDownloadPart(stateOf({ status: 'failed', progress: 30, error: 'The disk is full' }));
    expect(made?.data).to.deep.equal({ status: 'error', message: 'The disk is full' });
  });

  it('is none where parts have no word for it', () => {
    for (const status of ['idle', 'cancelled'] as const) expect(toDownloadPart(stateOf({ status })), status).to.equal(undefined);
  });
});

describe('chat parts as states', () => {
  it('are a percentage without bytes and without actions', () => {
    const { take, last, before } = reader();
    take(part('downloading', 40));
    expect(last()).to.include({
      modelKey: 'phi',
      modelName: 'Model phi',
      status: 'downloading',
      progress: 40,
      bytesDownloaded: 0,
      totalBytes: undefined,
    });
    expect(last()?.can.cancel).to.equal(false);
    expect(before).to.deep.equal([undefined, 'queued']);
  });

  it('never fall, and are completed once', () => {
    const { take, last, states } = reader();
    take(part('downloading', 40));
    take(part('downloading', 30));
    expect(last()?.progress).to.equal(40);
    take(part('downloading', 100));
    expect(last()?.status).to.equal('preparing');
    take(part('complete', 100));
    expect(last()).to.include({ status: 'completed', progress: 100 });
    const { length } = states;
    take(part('complete', 100));
    expect(states.length).to.equal(length);
  });

  it('fail once, without a guess at the kind of failure, and may begin again', () => {
    const { take, last, states } = reader();
    const failure = { type, id: 'phi', data: { status: 'error', message: 'No session' } };
    take(part('downloading', 40));
    take(failure);
    expect(last()).to.include({ status: 'failed', failureCode: 'unknown', error: 'No session' });
    const { length } = states;
    take(failure);
    expect(states.length).to.equal(length);
    take(part('downloading', 5));
    expect(last()).to.include({ status: 'downloading', progress: 5 }).and.not.have.property('error');
  });

  it('begin another download after the end of one', () => {
    const { take, last } = reader();
    take(part('complete'));
    take(part('downloading'));
    expect(last()).to.include({ status: 'downloading', progress: undefined });
    take(part('downloading', 5));
    expect(last()?.progress).to.equal(5);
  });

  it('are passed over when they are something else', () => {
    const { take, states, last } = reader();
    for (const other of [
      undefined,
      null,
      'x',
      { type: 'text', text: 'hi' },
      { type, id: 'phi' },
      part('stopped', 5),
      part('downloading', 5, 7),
    ])
      take(other);
    expect(states).to.deep.equal([]);
    for (const wrong of [NaN, -1, 101, '50']) take(part('downloading', wrong));
    expect(last()).to.include({ status: 'downloading', progress: undefined });
  });
});
