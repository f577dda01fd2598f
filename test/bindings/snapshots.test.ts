// The snapshots that all bindings share: one object for each state, with actions that need no key.
import { expect } from '@open-wc/testing';
import { ModelDownloads } from 'model-download';
import type { ModelLoaderContext } from 'model-download/adapters/transformers';
import { keyDownloadOf } from '#dist/bindings/key-download.js';
import { deferred } from '../support/deferred.js';
import { rejectionOf } from '../support/rejection-of.js';

let downloads: ModelDownloads;
let end: ReturnType<typeof deferred<string>>;
let loads: number;

beforeEach(() => {
  end = deferred();
  loads = 0;
  const load = async ({ signal }: ModelLoaderContext): Promise<string> => {
    loads += 1;
    return Promise.race([end.promise, new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))]);
  };
  downloads = new ModelDownloads({ storage: null, recovery: 'automatic', models: { mood: { name: 'Mood', load } } });
});

afterEach(() => downloads.dispose());

describe('the snapshots of a model', () => {
  it('are one frozen object until the state changes', async () => {
    const { getSnapshot, subscribe } = keyDownloadOf(downloads, 'mood');
    const first = getSnapshot();
    expect(getSnapshot()).to.equal(first);
    expect(first.state).to.equal(downloads.getState('mood'));
    expect(Object.isFrozen(first)).to.be.true;
    const seen: unknown[] = [];
    const unsubscribe = subscribe(() => void seen.push(getSnapshot().state.status));
    end.resolve('pipeline');
    await first.actions.load();
    expect(seen[0]).to.equal('queued');
    expect(seen.at(-1)).to.equal('completed');
    expect(getSnapshot()).not.to.equal(first);
    unsubscribe();
    const { length } = seen;
    await first.actions.remove();
    expect(getSnapshot().state.status).to.equal('idle');
    expect(seen.length).to.equal(length);
  });

  it('have the same actions for each component and each state', async () => {
    const { actions } = keyDownloadOf(downloads, 'mood').getSnapshot();
    end.resolve('pipeline');
    await actions.load();
    expect(keyDownloadOf(downloads, 'mood').getSnapshot().actions).to.equal(actions);
    expect(keyDownloadOf(downloads, 'mood').getInitialSnapshot().actions).to.equal(actions);
  });

  it('are idle with the key as the name until a model is defined', () => {
    const { getSnapshot, subscribe } = keyDownloadOf(downloads, 'later');
    expect(getSnapshot()).to.equal(getSnapshot());
    expect(getSnapshot().state).to.deep.include({ status: 'idle', modelKey: 'later', modelName: 'later' });
    let changes = 0;
    subscribe(() => (changes += 1));
    downloads.define({ later: { name: 'Later', load: () => Promise.resolve(1) } });
    expect(changes).to.equal(1);
    expect(getSnapshot().state.modelName).to.equal('Later');
  });

  it('begin with an idle one that does not depend on the device', async () => {
    const { getInitialSnapshot, getSnapshot } = keyDownloadOf(downloads, 'mood');
    end.resolve('pipeline');
    await downloads.load('mood');
    expect(getSnapshot().state.status).to.equal('completed');
    expect(getInitialSnapshot().state).to.deep.include({ status: 'idle', modelName: 'Mood', lastUpdate: 0 });
    expect(getInitialSnapshot()).to.equal(getInitialSnapshot());
  });
});

describe('the actions of a model', () => {
  it('load it once, with the result', async () => {
    const { load, start } = keyDownloadOf(downloads, 'mood').getSnapshot().actions;
    start();
    const result = load<string>();
    end.resolve('pipeline');
    expect(await result).to.equal('pipeline');
    expect(loads).to.equal(1);
  });

  it('reject a load that was cancelled, without an unhandled rejection if the promise is ignored', async () => {
    const unhandled: unknown[] = [];
    const record = (event: PromiseRejectionEvent): void => {
      event.preventDefault();
      unhandled.push(event.reason);
    };
    addEventListener('unhandledrejection', record);
    const { load, start, cancel } = keyDownloadOf(downloads, 'mood').getSnapshot().actions;
    start();
    void load();
    const awaited = load();
    cancel();
    expect(await rejectionOf(awaited)).to.have.property('name', 'AbortError');
    // The platform reports a rejection in a task of its own.
    await new Promise((resolve) => setTimeout(resolve, 50));
    removeEventListener('unhandledrejection', record);
    expect(unhandled).to.deep.equal([]);
  });

  it('pass an event of a listener to nothing', () => {
    const { start, cancel } = keyDownloadOf(downloads, 'mood').getSnapshot().actions;
    const button = document.createElement('button');
    button.addEventListener('click', start, { once: true });
    button.click();
    button.addEventListener('click', cancel);
    button.click();
    expect(downloads.getState('mood')).to.include({ status: 'cancelled', error: undefined });
  });

  it('throw for a key that is not defined', () => {
    expect(() => keyDownloadOf(downloads, 'typo').getSnapshot().actions.pause()).to.throw(RangeError, 'typo');
  });
});
