import { expect } from 'chai';
import { ProgressStateManager, type DownloadState } from 'model-download/core';
import { FakeClock } from '../../support/fake-clock.js';

const good = { modelKey: 'm', modelName: 'M', status: 'downloading', startTime: 5, lastUpdate: 10, bytesDownloaded: 30, totalBytes: 100 };

/** The state that a visit restores from the stored text of an earlier one. */
function restored(text: string | null): DownloadState | undefined {
  const storage = { getItem: () => text, setItem: () => undefined, removeItem: () => undefined };
  return new ProgressStateManager({ clock: new FakeClock(), storage }).restoreState('m');
}

describe('a stored state', () => {
  it('is restored as paused, with its figures', () => {
    expect(restored(JSON.stringify(good))).to.include({
      modelName: 'M',
      status: 'paused',
      startTime: 5,
      bytesDownloaded: 30,
      totalBytes: 100,
    });
  });

  it('is restored as unfinished on an earlier visit, until it runs again', () => {
    const storage = { getItem: () => JSON.stringify(good), setItem: () => undefined, removeItem: () => undefined };
    const states = new ProgressStateManager({ clock: new FakeClock(), storage });
    expect(states.restoreState('m')?.isRestored).to.equal(true);
    expect(states.startDownload('m').isRestored).to.equal(undefined);
    states.updateDownload('m', { status: 'downloading' });
    expect(states.pauseDownload('m')?.isRestored).to.equal(undefined);
  });

  it('has the bytes that were stored for the next visit', () => {
    expect(restored(JSON.stringify({ ...good, kept: true }))).to.include({ bytesDownloaded: 30, kept: true });
    expect(restored(JSON.stringify({ ...good, bytesDownloaded: 0, kept: true }))).to.include({ bytesDownloaded: 0, kept: true });
    for (const kept of [undefined, 'yes', 1]) {
      expect(restored(JSON.stringify({ ...good, kept }))).to.include({ bytesDownloaded: 30, kept: undefined });
    }
  });

  it('is all that the next visit reads', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => void kept.set(key, text),
      removeItem: (key: string) => void kept.delete(key),
    };
    const first = new ProgressStateManager({ clock: new FakeClock(), storage, namespace: 'app' });
    first.startDownload('m', { modelName: 'M' });
    first.updateDownload('m', { status: 'downloading', bytesDownloaded: 30, totalBytes: 100, speed: 7 });
    expect([...kept.keys()]).to.deep.equal(['app:download_state_m']);
    const second = new ProgressStateManager({ clock: new FakeClock(), storage, namespace: 'app' });
    expect(second.restoreState('m')).to.include({ modelName: 'M', bytesDownloaded: 30, totalBytes: 100, status: 'paused' });
  });

  for (const status of ['queued', 'checking', 'downloading', 'paused', 'stalled', 'waiting', 'preparing']) {
    it(`is restored if it was ${status}`, () => {
      expect(restored(JSON.stringify({ ...good, status }))?.status).to.equal('paused');
    });
  }

  const wrong: Record<string, unknown> = {
    'another download': { ...good, modelKey: 'n' },
    'no name': { ...good, modelName: undefined },
    'a name that is no text': { ...good, modelName: 7 },
    'no status': { ...good, status: undefined },
    'a status that is no text': { ...good, status: ['paused'] },
    'a status that is none': { ...good, status: 'constructor' },
    'an end': { ...good, status: 'completed' },
    'a download that never began': { ...good, status: 'idle' },
    'no time': { ...good, lastUpdate: undefined },
    'a time that is none': { ...good, lastUpdate: -1 },
    'no bytes': { ...good, bytesDownloaded: undefined },
    'bytes for which there was no space': { ...good, kept: false },
    'no byte for which there was space': { ...good, bytesDownloaded: 0, kept: false },
    'bytes that are none': { ...good, bytesDownloaded: '30' },
    'a list': [good],
    'a number': 5,
    nothing: null,
  };
  for (const [what, value] of Object.entries(wrong)) {
    it(`is not restored if it contains ${what}`, () => {
      expect(restored(JSON.stringify(value))).to.equal(undefined);
    });
  }

  it('is not restored if it is not JSON', () => {
    for (const text of ['', '{', 'undefined', '\u0000']) expect(restored(text)).to.equal(undefined);
    expect(restored(null)).to.equal(undefined);
  });

  it('has no total below its bytes, and no invalid start time', () => {
    const state = restored(JSON.stringify({ ...good, totalBytes: 29, startTime: 'now' }));
    expect(state).to.include({ bytesDownloaded: 30, totalBytes: undefined, startTime: undefined });
    expect(restored(JSON.stringify({ ...good, totalBytes: 30 }))?.totalBytes).to.equal(30);
  });
});
