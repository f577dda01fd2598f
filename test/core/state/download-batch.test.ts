import { expect } from 'chai';
import type { DownloadState } from 'model-download/core';
import { DownloadBatch } from '#dist/core/internal.js';
import { stateOf } from '../../support/state-of.js';

function batchOf(...states: readonly DownloadState[]): DownloadBatch {
  const batch = new DownloadBatch();
  for (const state of states) batch.apply(state);
  return batch;
}

const keysIn = (batch: DownloadBatch): string[] => batch.states.map(({ modelKey }) => modelKey);

describe('DownloadBatch', () => {
  it('has the last state of each download, in the order of their requests', () => {
    const batch = batchOf(stateOf('b'), stateOf('a'));
    const last = stateOf('b', { status: 'stalled' });
    batch.apply(last);
    expect(keysIn(batch)).to.deep.equal(['b', 'a']);
    expect(batch.states[0]).to.equal(last);
  });

  it('does not contain models that were only defined, and downloads that had ended before', () => {
    const batch = batchOf(stateOf('a', { status: 'idle' }), stateOf('b', { status: 'completed' }), stateOf('c'));
    expect(keysIn(batch)).to.deep.equal(['c']);
    batch.apply(stateOf('d', { status: 'failed' }));
    expect(keysIn(batch)).to.deep.equal(['c']);
  });

  it('contains every status of a download that has started, until it is cancelled or idle again', () => {
    for (const status of [
      'queued',
      'checking',
      'downloading',
      'paused',
      'stalled',
      'waiting',
      'preparing',
      'completed',
      'failed',
    ] as const) {
      expect(batchOf(stateOf('a'), stateOf('a', { status })).states[0]?.status).to.equal(status);
    }
    for (const status of ['idle', 'cancelled'] as const) {
      const batch = batchOf(stateOf('a'), stateOf('b'));
      batch.apply(stateOf('a', { status }));
      expect(keysIn(batch), status).to.deep.equal(['b']);
    }
  });

  it('keeps those that have ended while another is active, and begins again with the next request after all have ended', () => {
    const batch = batchOf(stateOf('a'), stateOf('b'));
    batch.apply(stateOf('a', { status: 'failed' }));
    batch.apply(stateOf('c'));
    expect(keysIn(batch)).to.deep.equal(['a', 'b', 'c']);
    batch.apply(stateOf('b', { status: 'completed' }));
    batch.apply(stateOf('c', { status: 'failed' }));
    expect(keysIn(batch), 'all have ended').to.deep.equal(['a', 'b', 'c']);
    batch.apply(stateOf('d', { status: 'queued' }));
    expect(keysIn(batch)).to.deep.equal(['d']);
  });

  it('stays when one of its own starts again after all have ended', () => {
    const batch = batchOf(stateOf('a'), stateOf('b'));
    for (const key of ['a', 'b']) batch.apply(stateOf(key, { status: 'failed' }));
    batch.apply(stateOf('a', { status: 'queued' }));
    expect(keysIn(batch)).to.deep.equal(['a', 'b']);
  });

  it('has the states as of the call', () => {
    const batch = batchOf(stateOf('a'));
    const { states } = batch;
    batch.apply(stateOf('b'));
    expect(states).to.have.lengthOf(1);
  });
});
