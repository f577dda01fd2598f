import { expect } from 'chai';
import { DownloadFailure, type DownloadState, type StateStorage } from 'model-download/core';
import { DownloadStates, NO_ACTIONS } from '#dist/core/internal.js';
import { FakeClock } from '../../support/fake-clock.js';

const KEY = 'phi';
const ITEM = 'download_state_phi';
const BROKEN = new DownloadFailure('network', 'Failed to fetch');

class MemoryStorage implements StateStorage {
  readonly items = new Map<string, string>();
  writes = 0;

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.writes += 1;
    this.items.set(key, value);
  }

  removeItem(key: string): void {
    this.items.delete(key);
  }
}

function statesOf(storage = new MemoryStorage(), clock = new FakeClock(), namespace?: string) {
  return { clock, storage, states: new DownloadStates({ clock, storage, namespace }) };
}

/** An active download with some bytes. */
function started() {
  const parts = statesOf();
  parts.states.startDownload(KEY, { modelName: 'Phi-3' });
  parts.states.updateDownload(KEY, { status: 'downloading', bytesDownloaded: 40, totalBytes: 100, progress: 40, speed: 10 });
  return parts;
}

describe('DownloadStates', () => {
  it('starts a download with nothing but its name', () => {
    const { clock, states } = statesOf();
    clock.advance(5);
    const state = states.startDownload(KEY, { modelName: 'Phi-3' });
    expect(state).to.include({ modelKey: KEY, modelName: 'Phi-3', status: 'queued', bytesDownloaded: 0 });
    expect(state.startTime).to.equal(clock.timeOrigin + 5);
    expect(state.progress).to.equal(undefined);
    expect(state.totalBytes).to.equal(undefined);
  });

  it('has frozen states, a new one for each change', () => {
    const { states } = started();
    const before = states.getState(KEY);
    states.updateDownload(KEY, { bytesDownloaded: 50 });
    expect(before?.bytesDownloaded).to.equal(40);
    expect(Object.isFrozen(states.getState(KEY))).to.equal(true);
    expect(Object.isFrozen(states.getState(KEY)?.can)).to.equal(true);
  });

  it('goes from downloading through paused back to downloading', () => {
    const { states } = started();
    expect(states.pauseDownload(KEY)).to.include({ status: 'paused', speed: undefined, bytesDownloaded: 40 });
    expect(states.updateDownload(KEY, { status: 'downloading' })?.status).to.equal('downloading');
  });

  it('completes with 100 % and without the figures of a transfer', () => {
    const { states } = started();
    const state = states.completeDownload(KEY);
    expect(state).to.include({ status: 'completed', progress: 100, speed: undefined });
    expect(state?.timeRemaining).to.equal(undefined);
  });

  it('has the code and message of a failure, and none after a cancel', () => {
    const { states } = started();
    expect(states.failDownload(KEY, BROKEN)).to.include({
      status: 'failed',
      failureCode: 'network',
      error: 'Failed to fetch',
      bytesDownloaded: 40,
    });
    expect(states.cancelDownload(KEY)).to.include({ status: 'cancelled', failureCode: undefined, error: undefined });
  });

  for (const end of ['completeDownload', 'cancelDownload'] as const) {
    it(`does not change after ${end}`, () => {
      const { states } = started();
      const state = states[end](KEY);
      states.updateDownload(KEY, { status: 'downloading', bytesDownloaded: 99 });
      states.pauseDownload(KEY);
      states.failDownload(KEY, BROKEN);
      expect(states.getState(KEY)).to.equal(state);
    });
  }

  it('starts again after a failure, without its values', () => {
    const { states } = started();
    states.failDownload(KEY, BROKEN);
    expect(states.startDownload(KEY)).to.include({ status: 'queued', modelName: 'Phi-3', bytesDownloaded: 0, totalBytes: 100 });
    expect(states.getState(KEY)?.error).to.equal(undefined);
  });

  for (const end of ['completeDownload', 'cancelDownload', 'pauseDownload'] as const) {
    it(`starts again after ${end}, with the name and size of before and the figures of a new one`, () => {
      const { clock, states } = started();
      states[end](KEY);
      clock.advance(5);
      const state = states.startDownload(KEY, { fits: true });
      expect(state).to.include({ status: 'queued', modelName: 'Phi-3', totalBytes: 100, fits: true, bytesDownloaded: 0 });
      expect([state.progress, state.startTime]).to.deep.equal([undefined, clock.timeOrigin + 5]);
    });
  }

  it('starts once if it is started twice', () => {
    const { clock, states } = statesOf();
    const first = states.startDownload(KEY);
    clock.advance(10);
    expect(states.startDownload(KEY)).to.equal(first);
  });

  it('has no state of a download that was never started', () => {
    const { states } = statesOf();
    for (const state of [
      states.getState(KEY),
      states.updateDownload(KEY, {}),
      states.completeDownload(KEY),
      states.failDownload(KEY, BROKEN),
    ]) {
      expect(state).to.equal(undefined);
    }
  });

  it('keeps the first definition of a download', () => {
    const { states } = statesOf();
    expect(states.defineDownload(KEY, { modelName: 'Phi-3', totalBytes: 100 })).to.include({
      modelKey: KEY,
      modelName: 'Phi-3',
      status: 'idle',
      bytesDownloaded: 0,
      totalBytes: 100,
      attempt: 0,
      maxAttempts: 0,
    });
    expect(states.defineDownload(KEY, { modelName: 'other' }).modelName).to.equal('Phi-3');
    expect(states.defineDownload('unnamed').modelName).to.equal('unnamed');
    expect(states.getStates().map(({ modelKey }) => modelKey)).to.deep.equal([KEY, 'unnamed']);
  });

  it('describes a download that has not started, and no other', () => {
    const { states } = statesOf();
    states.describeDownload(KEY, { fits: true });
    expect(states.getState(KEY), 'unknown').to.equal(undefined);
    states.defineDownload(KEY);
    states.describeDownload(KEY, { totalBytes: 100, cached: false, cachedBytes: 30, excludesRuntime: true, fits: true });
    expect(states.getState(KEY)).to.include({ totalBytes: 100, cached: false, cachedBytes: 30, excludesRuntime: true, fits: true });
    states.startDownload(KEY);
    expect(states.getState(KEY), 'a start').to.include({ totalBytes: 100, cached: false, fits: true });
    expect(states.getState(KEY)?.cachedBytes).to.equal(undefined);
    const state = states.updateDownload(KEY, { status: 'downloading' });
    states.describeDownload(KEY, { totalBytes: 7, fits: false });
    expect(states.getState(KEY)).to.equal(state);
  });

  it('keeps the variant of a download until the page sets another, and its offers until the start', () => {
    const { states } = statesOf();
    const variants = [{ variant: 'q4', name: 'Small', totalBytes: 60, cached: false, cachedBytes: 0, excludesRuntime: false, fits: true }];
    states.defineDownload(KEY);
    states.describeDownload(KEY, { variant: 'q4', variants, lastSpeed: 7 });
    expect(states.getState(KEY)).to.include({ variant: 'q4', variants, lastSpeed: 7 });
    const state = states.startDownload(KEY);
    expect([state.variant, state.variants, state.lastSpeed]).to.deep.equal(['q4', undefined, undefined]);
    expect(states.markCached(KEY)?.variant).to.equal('q4');
    expect(states.resetDownload(KEY)?.variant).to.equal('q4');
    expect(states.resetDownload(KEY, { variant: 'q8' })?.variant).to.equal('q8');
  });

  it('has the fields that come with a step, but not another status', () => {
    const can = { ...NO_ACTIONS, retry: true };
    for (const [step, status] of [
      ['pauseDownload', 'paused'],
      ['completeDownload', 'completed'],
      ['cancelDownload', 'cancelled'],
    ] as const) {
      const state = started().states[step](KEY, { can, kept: true, status: 'stalled' });
      expect(state).to.include({ status, kept: true });
      expect(state?.can).to.deep.equal(can);
    }
    const { states } = started();
    expect(states.failDownload(KEY, BROKEN, { can, error: 'other', status: 'stalled' })).to.include({ status: 'failed', error: 'other' });
    expect(states.getState(KEY)?.can).to.deep.equal(can);
    expect(states.startDownload(KEY, { status: 'paused' }).status).to.equal('queued');
  });

  it('offers no action after a step that names none', () => {
    const offering = () => {
      const { states } = started();
      states.updateDownload(KEY, { can: { ...NO_ACTIONS, pause: true, cancel: true } });
      return states;
    };
    expect(offering().pauseDownload(KEY)?.can, 'paused').to.deep.equal(NO_ACTIONS);
    expect(offering().completeDownload(KEY)?.can, 'completed').to.deep.equal(NO_ACTIONS);
    expect(offering().failDownload(KEY, BROKEN)?.can, 'failed').to.deep.equal(NO_ACTIONS);
    expect(offering().cancelDownload(KEY)?.can, 'cancelled').to.deep.equal(NO_ACTIONS);
    expect(offering().markCached(KEY)?.can, 'cached').to.deep.equal(NO_ACTIONS);
    expect(offering().startDownload(KEY).can, 'queued').to.deep.equal(NO_ACTIONS);
  });

  it('changes one of several downloads', () => {
    const { states } = started();
    const other = states.startDownload('other');
    states.updateDownload(KEY, { status: 'stalled' });
    states.cancelDownload(KEY);
    expect(states.getState('other')).to.equal(other);
    expect(states.getStates().map(({ status }) => status)).to.deep.equal(['cancelled', 'queued']);
  });

  it('stores nothing without a storage', () => {
    const states = new DownloadStates();
    states.startDownload(KEY, { bytesDownloaded: 1 });
    expect(states.cancelDownload(KEY)?.status).to.equal('cancelled');
    expect(states.restoreState('other')).to.equal(undefined);
  });

  it('cancels a download once, and none that is idle or unknown', () => {
    const { clock, states } = statesOf();
    expect(states.cancelDownload(KEY)).to.equal(undefined);
    const idle = states.defineDownload(KEY);
    expect(states.cancelDownload(KEY)).to.equal(idle);
    states.startDownload(KEY);
    const cancelled = states.cancelDownload(KEY);
    clock.advance(10);
    expect(states.cancelDownload(KEY)).to.equal(cancelled);
    expect(cancelled).to.include({ status: 'cancelled' });
  });

  it('ignores an update whose status cannot follow', () => {
    const { states } = started();
    const state = states.getState(KEY);
    expect(states.updateDownload(KEY, { status: 'idle', bytesDownloaded: 90 })).to.equal(state);
    expect(states.getState(KEY)).to.equal(state);
  });

  it('marks a download whose files are all here as cached, without its total', () => {
    const { storage, states } = started();
    const state = states.markCached(KEY);
    expect(state).to.include({ modelName: 'Phi-3', status: 'idle', cached: true, bytesDownloaded: 0 });
    expect([state?.totalBytes, state?.progress, state?.startTime]).to.deep.equal([undefined, undefined, undefined]);
    expect(storage.items.size).to.equal(0);
  });

  it('marks no download as cached that does not run', () => {
    const { states } = statesOf();
    expect(states.markCached(KEY)).to.equal(undefined);
    states.startDownload(KEY);
    const failed = states.failDownload(KEY, BROKEN);
    expect(states.markCached(KEY)).to.equal(failed);
  });

  for (const end of ['completeDownload', 'cancelDownload', 'pauseDownload'] as const) {
    it(`resets a download after ${end}`, () => {
      const { clock, storage, states } = started();
      states[end](KEY);
      clock.advance(5);
      const state = states.resetDownload(KEY, { cached: false });
      const lastUpdate = clock.timeOrigin + 5;
      expect(state).to.include({ modelName: 'Phi-3', status: 'idle', cached: false, bytesDownloaded: 0, lastUpdate });
      expect([state?.totalBytes, state?.startTime]).to.deep.equal([undefined, undefined]);
      expect(storage.items.size).to.equal(0);
    });
  }

  it('resets no download that runs or is unknown', () => {
    const { storage, states } = started();
    const state = states.getState(KEY);
    expect(states.resetDownload(KEY)).to.equal(state);
    expect(storage.items.size).to.equal(1);
    expect(states.resetDownload('unknown')).to.equal(undefined);
  });

  it('forgets a download, and keeps its stored state for the next visit', () => {
    const { storage, states } = started();
    states.forgetDownload(KEY);
    expect([states.getState(KEY), states.getStates()]).to.deep.equal([undefined, []]);
    expect(storage.items.size).to.equal(1);
    expect(states.restoreState(KEY)?.bytesDownloaded).to.equal(40);
  });

  it('has an end without a figure that only a transfer has', () => {
    const { states } = started();
    const failed = states.failDownload(KEY, BROKEN, { attempt: 3, maxAttempts: 3, kept: false });
    expect(failed).to.include({ attempt: 3, maxAttempts: 3, kept: false, speed: undefined, progress: 40 });
    expect(failed?.can).to.deep.equal({ pause: false, resume: false, cancel: false, retry: false, restart: false });
  });

  describe('after dispose', () => {
    it('calls no listener and runs no timer', () => {
      const { clock, states } = started();
      let calls = 0;
      states.subscribe(KEY, () => (calls += 1));
      states.completeDownload(KEY);
      states.dispose();
      states.startDownload(KEY);
      expect([calls, clock.pending]).to.deep.equal([1, 0]);
    });

    it('has deleted the stored state of a completed download, and no other', () => {
      const { storage, states } = started();
      states.startDownload('other', { bytesDownloaded: 1 });
      states.completeDownload(KEY);
      states.dispose();
      states.dispose();
      expect([...storage.items.keys()]).to.deep.equal(['download_state_other']);
    });

    it('has notified every listener of the change during which a listener disposed it', () => {
      const { states } = started();
      const received: string[] = [];
      states.subscribe(KEY, ({ status }) => {
        received.push(`first ${status}`);
        states.dispose();
      });
      states.subscribe(KEY, ({ status }) => received.push(`second ${status}`));
      states.updateDownload(KEY, { status: 'stalled' });
      states.updateDownload(KEY, { status: 'downloading' });
      expect(received).to.deep.equal(['first stalled', 'second stalled']);
    });
  });

  describe('its listeners', () => {
    it('may change the download again, and all of them receive the changes in their order', () => {
      const { states } = started();
      const received: string[] = [];
      states.subscribe(KEY, ({ status }) => {
        received.push(`first ${status}`);
        if (status === 'stalled') states.cancelDownload(KEY);
      });
      states.subscribe(KEY, ({ status }) => received.push(`second ${status}, then ${String(states.getState(KEY)?.status)}`));
      expect(states.updateDownload(KEY, { status: 'stalled' })?.status).to.equal('stalled');
      expect(received).to.deep.equal([
        'first stalled',
        'second stalled, then cancelled',
        'first cancelled',
        'second cancelled, then cancelled',
      ]);
    });

    it('may complete a download and start it again, whose stored state is kept then', () => {
      const { clock, storage, states } = started();
      states.subscribe(KEY, ({ status }) => {
        if (status !== 'completed') return;
        states.startDownload(KEY);
        states.updateDownload(KEY, { status: 'downloading', bytesDownloaded: 10 });
      });
      states.completeDownload(KEY);
      clock.advance(5_000);
      expect(states.getState(KEY)?.status).to.equal('downloading');
      expect(storage.items.has(ITEM)).to.equal(true);
    });

    it('may change another download, whose listeners receive it after the first change', () => {
      const { states } = started();
      const received: string[] = [];
      states.subscribe(KEY, () => states.startDownload('other'));
      states.subscribe('other', ({ modelKey }) => received.push(modelKey));
      states.subscribe(KEY, ({ modelKey }) => received.push(modelKey));
      states.updateDownload(KEY, { status: 'stalled' });
      states.updateDownload(KEY, { status: 'downloading' });
      expect(received).to.deep.equal([KEY, 'other', KEY]);
    });

    it('may throw, and then receive the next change', () => {
      const { clock, states } = started();
      const received: string[] = [];
      states.subscribe(KEY, ({ status }) => {
        received.push(status);
        if (status === 'stalled') states.updateDownload(KEY, { status: 'downloading' });
        throw new Error('of the page');
      });
      states.updateDownload(KEY, { status: 'stalled' });
      expect(received).to.deep.equal(['stalled', 'downloading']);
      expect(() => clock.advance(0)).to.throw('of the page');
    });

    it('that subscribe during a change receive the next one', () => {
      const { states } = started();
      const received: string[] = [];
      const end = states.subscribe(KEY, () => {
        end();
        states.subscribe(KEY, ({ status }) => received.push(status));
      });
      states.updateDownload(KEY, { status: 'stalled' });
      expect(received).to.deep.equal([]);
      states.updateDownload(KEY, { status: 'downloading' });
      expect(received).to.deep.equal(['downloading']);
    });

    it('receive every change of their download until they are removed', () => {
      const { states } = statesOf();
      const heard: string[] = [];
      const leave = states.subscribe(KEY, ({ status }) => heard.push(status));
      states.startDownload('other');
      states.startDownload(KEY);
      states.updateDownload(KEY, { status: 'checking' });
      leave();
      states.completeDownload(KEY);
      expect(heard).to.deep.equal(['queued', 'checking']);
    });

    it('are removed one by one, even if one function listens twice', () => {
      const { states } = statesOf();
      const heard: DownloadState[] = [];
      const listener = (state: DownloadState): void => void heard.push(state);
      const leave = states.subscribe(KEY, listener);
      states.subscribe(KEY, listener);
      leave();
      leave();
      states.startDownload(KEY);
      expect(heard.length).to.equal(1);
    });

    it('do not stop each other by throwing', () => {
      const { clock, states } = statesOf();
      const heard: string[] = [];
      states.subscribe(KEY, () => {
        throw new Error('of the page');
      });
      states.subscribe(KEY, ({ status }) => heard.push(status));
      states.startDownload(KEY);
      expect(heard).to.deep.equal(['queued']);
      expect(() => clock.advance(0)).to.throw('of the page');
    });
  });

  describe('its storage', () => {
    it('holds an unfinished download, which the next visit finds paused', () => {
      const { storage } = started();
      const next = statesOf(storage).states;
      const state = next.restoreState(KEY);
      expect(state).to.include({ status: 'paused', modelName: 'Phi-3' });
      expect(state?.can).to.include({ resume: true, cancel: true, pause: false });
    });

    it('restores when the download was requested, and whether its bytes are stored, and marks it as restored', () => {
      const storage = new MemoryStorage();
      const first = statesOf(storage);
      const { startTime } = first.states.startDownload(KEY);
      first.states.updateDownload(KEY, { status: 'downloading', bytesDownloaded: 40, kept: true });
      const { clock, states } = statesOf(storage);
      clock.advance(60_000);
      expect(states.restoreState(KEY)).to.include({ startTime, kept: true, isRestored: true, lastUpdate: clock.timeOrigin + 60_000 });
      expect(states.restoreState(KEY), 'restored once').to.equal(states.getState(KEY));
      expect(states.updateDownload(KEY, { status: 'downloading' })?.isRestored).to.equal(undefined);
    });

    it('is written at each transition, and at most once a second between', () => {
      const { clock, storage, states } = started();
      const before = storage.writes;
      for (let count = 0; count < 30; count++) {
        clock.advance(100);
        states.updateDownload(KEY, { bytesDownloaded: 40 + count });
      }
      expect(storage.writes - before).to.equal(3);
      states.updateDownload(KEY, { status: 'stalled' });
      expect(storage.writes - before).to.equal(4);
    });

    it('drops a completed download after 5 s', () => {
      const { clock, storage, states } = started();
      states.completeDownload(KEY);
      clock.advance(4_999);
      expect(storage.items.has(ITEM)).to.equal(true);
      clock.advance(1);
      expect(storage.items.has(ITEM)).to.equal(false);
    });

    it('is not written by a load that fails before its first byte', () => {
      const { storage, states } = statesOf();
      states.startDownload(KEY);
      states.updateDownload(KEY, { status: 'checking' });
      states.failDownload(KEY, BROKEN);
      expect(statesOf(storage).states.restoreState(KEY)).to.equal(undefined);
    });

    it('stays until the first byte of the next load, unless the bytes were deleted', () => {
      const { storage, states } = started();
      states.failDownload(KEY, BROKEN);
      states.startDownload(KEY);
      expect(statesOf(storage).states.restoreState(KEY)).to.include({ bytesDownloaded: 40 });
      states.deleteStored(KEY);
      expect(statesOf(storage).states.restoreState(KEY)).to.equal(undefined);
    });

    it('keeps a download that is started again within the 5 s', () => {
      const { clock, storage, states } = started();
      states.completeDownload(KEY);
      states.startDownload(KEY);
      clock.advance(10_000);
      expect(storage.items.has(ITEM)).to.equal(true);
    });

    it('drops a cancelled download at once, and offers a failed one again', () => {
      const cancelled = started();
      cancelled.states.cancelDownload(KEY);
      expect(cancelled.storage.items.size).to.equal(0);
      const failed = started();
      failed.states.failDownload(KEY, BROKEN);
      expect(statesOf(failed.storage).states.restoreState(KEY)?.status).to.equal('paused');
    });

    it('restores a download that is defined, with the name of the earlier visit unless the page gives one', () => {
      const { storage } = started();
      const next = statesOf(storage).states;
      next.defineDownload(KEY, { modelName: 'defined' });
      expect(next.restoreState(KEY)).to.include({ status: 'paused', modelName: 'Phi-3', bytesDownloaded: 40, totalBytes: 100 });
      const named = statesOf(storage).states;
      expect(named.restoreState(KEY, { modelName: 'Phi', fits: false })).to.include({ status: 'paused', modelName: 'Phi', fits: false });
    });

    it('restores the total of the page if none is stored', () => {
      const { storage, states } = statesOf();
      states.startDownload(KEY);
      states.updateDownload(KEY, { status: 'downloading', bytesDownloaded: 40 });
      expect(statesOf(storage).states.restoreState(KEY, { totalBytes: 100 })).to.include({ bytesDownloaded: 40, totalBytes: 100 });
    });

    it('is cleaned up once after the last of two completions', () => {
      const { clock, storage, states } = started();
      states.completeDownload(KEY);
      clock.advance(3_000);
      states.startDownload(KEY);
      states.completeDownload(KEY);
      expect(clock.pending).to.equal(1);
      clock.advance(4_999);
      expect(storage.items.has(ITEM)).to.equal(true);
      clock.advance(1);
      expect([storage.items.has(ITEM), clock.pending]).to.deep.equal([false, 0]);
    });

    it('does not offer a completed download again within the 5 s', () => {
      const { storage, states } = started();
      states.completeDownload(KEY);
      expect(statesOf(storage).states.restoreState(KEY)).to.equal(undefined);
    });

    it('is left to another tab that downloads it', () => {
      const storage = new MemoryStorage();
      let mayPersist = false;
      const states = new DownloadStates({ clock: new FakeClock(), storage, mayPersist: () => mayPersist });
      states.startDownload(KEY);
      states.updateDownload(KEY, { status: 'downloading', bytesDownloaded: 1 });
      expect(storage.writes).to.equal(0);
      mayPersist = true;
      states.updateDownload(KEY, { status: 'stalled' });
      expect(storage.writes).to.equal(1);
    });

    it('keeps the names of namespaces apart', () => {
      const storage = new MemoryStorage();
      statesOf(storage, new FakeClock(), 'app').states.startDownload(KEY, { bytesDownloaded: 1 });
      expect([...storage.items.keys()]).to.deep.equal([`app:${ITEM}`]);
      expect(statesOf(storage).states.restoreState(KEY)).to.equal(undefined);
    });

    it('is ignored if its values are invalid', () => {
      const good = { modelKey: KEY, modelName: 'Phi-3', status: 'downloading', lastUpdate: 1, bytesDownloaded: 5 };
      const changes = [
        { modelKey: 'x' },
        { modelName: 3 },
        { status: 'flying' },
        { status: 'completed' },
        { lastUpdate: 'now' },
        { bytesDownloaded: -1 },
      ];
      const texts = ['', '{', 'null', '7', '[]', '"x"', ...changes.map((change) => JSON.stringify({ ...good, ...change }))];
      for (const text of texts) {
        const storage = new MemoryStorage();
        storage.items.set(ITEM, text);
        expect(statesOf(storage).states.restoreState(KEY), text).to.equal(undefined);
      }
    });

    it('can contain an impossible total, which is ignored', () => {
      const storage = new MemoryStorage();
      const kept = { modelKey: KEY, modelName: 'Phi-3', status: 'downloading', lastUpdate: 1, bytesDownloaded: 5, totalBytes: 4 };
      storage.items.set(ITEM, JSON.stringify(kept));
      const state = statesOf(storage).states.restoreState(KEY);
      expect(state).to.include({ bytesDownloaded: 5 });
      expect(state?.totalBytes).to.equal(undefined);
    });

    it('never restores more bytes than the total it shows', () => {
      const { storage, states } = started();
      states.updateDownload(KEY, { bytesDownloaded: 120, totalBytes: 130 });
      states.updateDownload(KEY, { status: 'preparing' });
      // The page's plan lacks a file that the load needed.
      const restored = statesOf(storage).states.restoreState(KEY, { totalBytes: 100 });
      expect(restored).to.include({ bytesDownloaded: 120, totalBytes: 130 });
    });

    it('can throw at every call', () => {
      const fail = (): never => {
        throw new Error('blocked');
      };
      const states = new DownloadStates({ clock: new FakeClock(), storage: { getItem: fail, setItem: fail, removeItem: fail } });
      expect(states.restoreState(KEY)).to.equal(undefined);
      states.startDownload(KEY);
      expect(states.completeDownload(KEY)?.status).to.equal('completed');
    });

    it('does not change an active download', () => {
      const { states } = started();
      expect(states.restoreState(KEY)?.status).to.equal('downloading');
    });
  });
});
