import { expect } from 'chai';
import { ProgressStateManager, type DownloadState, type StateStorage } from 'model-download/core';
import { FakeClock } from '../../support/fake-clock.js';

const KEY = 'phi';
const ITEM = 'download_state_phi';

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

function managerOf(storage = new MemoryStorage(), clock = new FakeClock(), namespace?: string) {
  return { clock, storage, states: new ProgressStateManager({ clock, storage, namespace }) };
}

/** An active download with some bytes. */
function started() {
  const parts = managerOf();
  parts.states.startDownload(KEY, { modelName: 'Phi-3' });
  parts.states.updateDownload(KEY, { status: 'downloading', bytesDownloaded: 40, totalBytes: 100, progress: 40, speed: 10 });
  return parts;
}

describe('ProgressStateManager', () => {
  it('starts a download with nothing but its name', () => {
    const { clock, states } = managerOf();
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
    expect(states.resumeDownload(KEY)?.status).to.equal('downloading');
    expect(states.resumeDownload(KEY)?.status).to.equal('downloading');
  });

  it('completes with 100 % and without the figures of a transfer', () => {
    const { states } = started();
    const state = states.completeDownload(KEY);
    expect(state).to.include({ status: 'completed', progress: 100, speed: undefined });
    expect(state?.timeRemaining).to.equal(undefined);
  });

  it('has the code and message of a failure, and none after a cancel', () => {
    const { states } = started();
    expect(states.failDownload(KEY, new TypeError('Failed to fetch'))).to.include({
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
      states.failDownload(KEY, new Error('late'));
      expect(states.getState(KEY)).to.equal(state);
    });
  }

  it('starts again after a failure, without its values', () => {
    const { states } = started();
    states.failDownload(KEY, new Error('broken'));
    expect(states.startDownload(KEY)).to.include({ status: 'queued', modelName: 'Phi-3', bytesDownloaded: 0, totalBytes: 100 });
    expect(states.getState(KEY)?.error).to.equal(undefined);
  });

  it('starts once if it is started twice', () => {
    const { clock, states } = managerOf();
    const first = states.startDownload(KEY);
    clock.advance(10);
    expect(states.startDownload(KEY)).to.equal(first);
  });

  it('has no state of a download that was never started', () => {
    const { states } = managerOf();
    for (const state of [states.getState(KEY), states.updateDownload(KEY, {}), states.completeDownload(KEY), states.failDownload(KEY, 1)]) {
      expect(state).to.equal(undefined);
    }
  });

  describe('its listeners', () => {
    it('receive every change of their download until they are removed', () => {
      const { states } = managerOf();
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
      const { states } = managerOf();
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
      const { clock, states } = managerOf();
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
      const next = managerOf(storage).states;
      const state = next.restoreState(KEY);
      expect(state).to.include({ status: 'paused', modelName: 'Phi-3' });
      expect(state?.can).to.include({ resume: true, cancel: true, pause: false });
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
      failed.states.failDownload(KEY, new Error('broken'));
      expect(managerOf(failed.storage).states.restoreState(KEY)?.status).to.equal('paused');
    });

    it('does not offer a completed download again within the 5 s', () => {
      const { storage, states } = started();
      states.completeDownload(KEY);
      expect(managerOf(storage).states.restoreState(KEY)).to.equal(undefined);
    });

    it('is left to another tab that downloads it', () => {
      const storage = new MemoryStorage();
      let mayPersist = false;
      const states = new ProgressStateManager({ clock: new FakeClock(), storage, mayPersist: () => mayPersist });
      states.startDownload(KEY);
      states.updateDownload(KEY, { status: 'downloading' });
      expect(storage.writes).to.equal(0);
      mayPersist = true;
      states.updateDownload(KEY, { status: 'stalled' });
      expect(storage.writes).to.equal(1);
    });

    it('keeps the names of namespaces apart', () => {
      const storage = new MemoryStorage();
      managerOf(storage, new FakeClock(), 'app').states.startDownload(KEY);
      expect([...storage.items.keys()]).to.deep.equal([`app:${ITEM}`]);
      expect(managerOf(storage).states.restoreState(KEY)).to.equal(undefined);
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
        expect(managerOf(storage).states.restoreState(KEY), text).to.equal(undefined);
      }
    });

    it('can contain an impossible total, which is ignored', () => {
      const storage = new MemoryStorage();
      const kept = { modelKey: KEY, modelName: 'Phi-3', status: 'downloading', lastUpdate: 1, bytesDownloaded: 5, totalBytes: 4 };
      storage.items.set(ITEM, JSON.stringify(kept));
      const state = managerOf(storage).states.restoreState(KEY);
      expect(state).to.include({ bytesDownloaded: 5 });
      expect(state?.totalBytes).to.equal(undefined);
    });

    it('never restores more bytes than the total it shows', () => {
      const { storage, states } = started();
      states.updateDownload(KEY, { bytesDownloaded: 120, totalBytes: 130 });
      states.updateDownload(KEY, { status: 'preparing' });
      // The page's plan lacks a file that the load needed.
      const restored = managerOf(storage).states.restoreState(KEY, { totalBytes: 100 });
      expect(restored).to.include({ bytesDownloaded: 120, totalBytes: 130 });
    });

    it('can throw at every call', () => {
      const fail = (): never => {
        throw new Error('blocked');
      };
      const states = new ProgressStateManager({ clock: new FakeClock(), storage: { getItem: fail, setItem: fail, removeItem: fail } });
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
