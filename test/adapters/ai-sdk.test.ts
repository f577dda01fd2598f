// By the published type of the part; test/adapters/ai-sdk.test.js uses a real stream.
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
  const read = readDownloadParts(
    (state, previous) => {
      states.push(state);
      before.push(previous);
    },
    { nameOf: (id) => `Model ${id}`, clock: new FakeClock() },
  );
  return { read, states, before, last: () => states.at(-1) };
}

describe('toDownloadPart', () => {
  it('has a whole percentage, and 100 only at the end', () => {
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

  it('has no percentage while it is unknown', () => {
    expect(toDownloadPart(stateOf({ status: 'downloading' }), 'Wait')?.data).to.deep.equal({ status: 'downloading', message: 'Wait' });
  });

  it('has the error of a failure as its message', () => {
    const made = toDownloadPart(stateOf({ status: 'failed', progress: 30, error: 'The disk is full' }));
    expect(made?.data).to.deep.equal({ status: 'error', message: 'The disk is full' });
  });

  it('returns undefined for a state that a part cannot express', () => {
    for (const status of ['idle', 'cancelled'] as const) expect(toDownloadPart(stateOf({ status })), status).to.equal(undefined);
  });
});

describe('readDownloadParts', () => {
  it('reports a percentage without bytes and actions', () => {
    const { read, last, before } = reader();
    read(part('downloading', 40));
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

  it('does not let the percentage fall, and completes once', () => {
    const { read, last, states } = reader();
    read(part('downloading', 40));
    read(part('downloading', 30));
    expect(last()?.progress).to.equal(40);
    read(part('downloading', 100));
    expect(last()?.status).to.equal('preparing');
    read(part('complete', 100));
    expect(last()).to.include({ status: 'completed', progress: 100 });
    const { length } = states;
    read(part('complete', 100));
    expect(states.length).to.equal(length);
  });

  it('fails once, with an unknown code, and may start again', () => {
    const { read, last, states } = reader();
    const failure = { type, id: 'phi', data: { status: 'error', message: 'No session' } };
    read(part('downloading', 40));
    read(failure);
    expect(last()).to.include({ status: 'failed', failureCode: 'unknown', error: 'No session' });
    const { length } = states;
    read(failure);
    expect(states.length).to.equal(length);
    read(part('downloading', 5));
    expect(last()).to.include({ status: 'downloading', progress: 5 }).and.not.have.property('error');
  });

  it('starts another download after the end of one', () => {
    const { read, last } = reader();
    read(part('complete'));
    read(part('downloading'));
    expect(last()).to.include({ status: 'downloading', progress: undefined });
    read(part('downloading', 5));
    expect(last()?.progress).to.equal(5);
  });

  it('ignores other parts and invalid values', () => {
    const { read, states, last } = reader();
    for (const other of [
      undefined,
      null,
      'x',
      { type: 'text', text: 'hi' },
      { type, id: 'phi' },
      part('stopped', 5),
      part('downloading', 5, 7),
    ])
      read(other);
    expect(states).to.deep.equal([]);
    for (const wrong of [NaN, -1, 101, '50']) read(part('downloading', wrong));
    expect(last()).to.include({ status: 'downloading', progress: undefined });
  });
});
