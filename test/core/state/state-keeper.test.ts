import { expect } from 'chai';
import type { DownloadState, DownloadStatus, StateStorage } from 'model-download/core';
import { NO_ACTIONS, toDownloadState } from '#dist/core/internal.js';
import { StateKeeper, type StateKeeperOptions } from '#dist/core/state/state-keeper.js';
import { FakeClock } from '../../support/fake-clock.js';

const KEY = 'app:download_state_phi';

/** A storage that records its calls. */
class FakeStorage implements StateStorage {
  readonly items = new Map<string, string>();
  readonly calls: string[] = [];

  getItem(key: string): string | null {
    this.calls.push(`get ${key}`);
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.calls.push(`set ${key}`);
    this.items.set(key, value);
  }

  removeItem(key: string): void {
    this.calls.push(`remove ${key}`);
    this.items.delete(key);
  }
}

function keeperOf(options: Partial<StateKeeperOptions> = {}) {
  const clock = new FakeClock();
  const storage = new FakeStorage();
  const keeper = new StateKeeper({ clock, storage, prefix: 'app:download_state_', mayPersist: () => true, ...options });
  let previous: DownloadStatus | undefined;
  /** Passes a state on as the manager does. */
  const keep = (status: DownloadStatus, bytesDownloaded = 0, modelKey = 'phi'): void => {
    keeper.store(stateOf(status, bytesDownloaded, modelKey), previous);
    previous = status;
  };
  const stored = (): unknown => JSON.parse(storage.items.get(KEY) ?? 'null');
  return { clock, storage, keeper, keep, stored };
}

function stateOf(status: DownloadStatus, bytesDownloaded: number, modelKey: string): DownloadState {
  const figures = { bytesDownloaded, totalBytes: 100, attempt: 1, maxAttempts: 3 };
  return toDownloadState({ modelKey, modelName: 'Phi', status, startTime: 5, lastUpdate: 7, ...figures, can: NO_ACTIONS });
}

describe('StateKeeper', () => {
  it('stores the part of a state that the next visit needs, and no other', () => {
    const { keep, stored } = keeperOf();
    keep('downloading', 40);
    expect(stored()).to.deep.equal({
      modelKey: 'phi',
      modelName: 'Phi',
      status: 'downloading',
      startTime: 5,
      lastUpdate: 7,
      bytesDownloaded: 40,
      totalBytes: 100,
    });
  });

  it('reads what it has stored', () => {
    const { keep, keeper } = keeperOf();
    keep('downloading', 40);
    expect(keeper.read('phi')).to.include({ modelName: 'Phi', status: 'downloading', bytesDownloaded: 40, totalBytes: 100 });
    expect(keeper.read('other')).to.equal(undefined);
  });

  it('stores each change of the status at once', () => {
    const { keep, storage } = keeperOf();
    for (const status of ['queued', 'checking', 'downloading', 'stalled', 'downloading', 'paused'] as const) keep(status, 40);
    expect(storage.calls).to.deep.equal(Array(6).fill(`set ${KEY}`));
  });

  it('stores a state without a change of the status one second after the last', () => {
    const { clock, keep, storage, stored } = keeperOf();
    keep('downloading', 10);
    clock.advance(999);
    keep('downloading', 20);
    expect(storage.calls).to.have.lengthOf(1);
    clock.advance(1);
    keep('downloading', 30);
    expect(stored()).to.include({ bytesDownloaded: 30 });
    clock.advance(999);
    keep('downloading', 40);
    expect(storage.calls).to.have.lengthOf(2);
  });

  it('counts the second for each download by itself', () => {
    const { keep, storage } = keeperOf();
    keep('downloading', 10);
    keep('downloading', 10, 'other');
    expect(storage.calls).to.deep.equal([`set ${KEY}`, 'set app:download_state_other']);
  });

  it('stores nothing of a download that has not started', () => {
    const { keep, storage } = keeperOf();
    keep('idle');
    expect(storage.calls).to.deep.equal([]);
  });

  it('stores a failed download as paused, so that the next visit can continue it', () => {
    const { keep, stored } = keeperOf();
    keep('failed', 40);
    expect(stored()).to.include({ status: 'paused', bytesDownloaded: 40 });
  });

  it('stores nothing before the first byte, and leaves what an earlier visit has stored', () => {
    const { clock, keep, keeper, storage, stored } = keeperOf();
    for (const status of ['queued', 'checking', 'paused', 'failed'] as const) keep(status);
    expect(storage.calls).to.deep.equal([]);
    keep('downloading', 40);
    clock.advance(1_000);
    for (const status of ['queued', 'checking', 'failed'] as const) keep(status);
    expect(stored()).to.include({ bytesDownloaded: 40 });
    keep('cancelled');
    expect(storage.items.size).to.equal(0);
    keeper.store(toDownloadState({ ...stateOf('paused', 0, 'phi'), bytesDownloaded: undefined, kept: true }), undefined);
    expect(keeper.read('phi')).to.include({ bytesDownloaded: 0, kept: true });
  });

  it('deletes the stored state of a cancelled download', () => {
    const { keep, storage } = keeperOf();
    keep('downloading', 40);
    keep('cancelled', 40);
    expect(storage.items.size).to.equal(0);
  });

  it('stores the first state after a deletion at once', () => {
    const { keep, keeper, storage } = keeperOf();
    keep('downloading', 40);
    keeper.delete('phi');
    keep('downloading', 50);
    expect(storage.calls).to.deep.equal([`set ${KEY}`, `remove ${KEY}`, `set ${KEY}`]);
  });

  it('neither stores nor deletes while another tab owns the download', () => {
    let mayPersist = false;
    const asked: string[] = [];
    const { keep, storage } = keeperOf({ mayPersist: (modelKey) => (asked.push(modelKey), mayPersist) });
    keep('downloading', 40);
    keep('cancelled', 40);
    expect(storage.calls).to.deep.equal([]);
    expect(asked).to.deep.equal(['phi', 'phi']);
    mayPersist = true;
    keep('queued', 40);
    expect(storage.calls).to.deep.equal([`set ${KEY}`]);
  });

  it('does not store when mayPersist throws', () => {
    const { keep, storage } = keeperOf({
      mayPersist: () => {
        throw new Error('of the page');
      },
    });
    keep('downloading', 40);
    expect(storage.calls).to.deep.equal([]);
  });

  it('reads and stores nothing without a storage', () => {
    const { keep, keeper } = keeperOf({ storage: undefined });
    keep('downloading', 40);
    keeper.delete('phi');
    expect(keeper.read('phi')).to.equal(undefined);
  });

  it('ignores a storage that is blocked, and tries again a second after a write that failed', () => {
    let isFull = true;
    const written: string[] = [];
    const fail = (): never => {
      throw new Error('blocked');
    };
    const storage: StateStorage = {
      getItem: fail,
      setItem: (_key, text) => (isFull ? fail() : void written.push(text)),
      removeItem: fail,
    };
    const { clock, keep, keeper } = keeperOf({ storage });
    keep('downloading', 40);
    expect(keeper.read('phi')).to.equal(undefined);
    keeper.delete('phi');
    keep('paused', 40);
    isFull = false;
    keep('paused', 40);
    expect(written).to.have.lengthOf(0);
    clock.advance(1_000);
    keep('paused', 40);
    expect(written).to.have.lengthOf(1);
  });
});
