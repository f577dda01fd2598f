import { expect } from '@open-wc/testing';
import { ModelDownloads, type DownloadState, type ModelDownloadsOptions } from 'model-download';
import { FakeClock } from '../support/fake-clock.js';
import { importEngine } from '../support/import-engine.js';

// The platform gives a wake lock, and shows notifications, only to visible pages
// and with permission: the tests replace both.

/** One download that the test ends, after the import of its effects on the page. */
async function held(options: ModelDownloadsOptions) {
  let end: (result: string) => void = () => undefined;
  let fail: (cause: unknown) => void = () => undefined;
  const load = (): Promise<string> => new Promise((resolve, reject) => ([end, fail] = [resolve, reject]));
  const downloads = new ModelDownloads({ models: { phi: { name: 'Phi', load } }, storage: null, automaticAttempts: 0, ...options });
  const loading = downloads.load('phi');
  loading.catch(() => undefined);
  await import('#dist/page/page-effects.js');
  await turn();
  return { downloads, loading, end: (result: string) => end(result), fail: (cause: unknown) => fail(cause) };
}

/** Puts something in the place of a property until the test is over. */
const undo: (() => void)[] = [];
function stub(target: object, name: string, value: unknown): void {
  const before = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { configurable: true, value });
  undo.push(() => (before ? Object.defineProperty(target, name, before) : Reflect.deleteProperty(target, name)));
}

before(() => importEngine());

afterEach(() => undo.splice(0).forEach((act) => act()));

/** Waits until the effects on the page are imported, and for a turn of the event loop. */
async function turn(): Promise<void> {
  await import('#dist/page/page-effects.js');
  await new Promise((resolve) => setTimeout(resolve));
}

describe('the option notifications.title', () => {
  for (const words of ['running', ' running ']) {
    it(`sets the title "1 running" during downloads, also without the spaces of "${words}", and restores it afterwards`, async () => {
      document.title = 'Chat';
      const { loading, end } = await held({ notifications: { title: ({ running }) => `${running} ${words}` } });
      expect(document.title).to.equal('1 running');
      end('pipeline');
      await loading;
      expect(document.title).to.equal('Chat');
    });
  }

  it('keeps a title that the page has changed meanwhile', async () => {
    document.title = 'Chat';
    const { downloads } = await held({ notifications: { title: () => 'Loading' } });
    document.title = 'Settings';
    downloads.cancel('phi');
    await turn();
    expect(document.title).to.equal('Settings');
  });
});

describe('dispose()', () => {
  it('restores the title, also with a paused download of an earlier visit', async () => {
    document.title = 'Chat';
    const left = { modelKey: 'phi', modelName: 'Phi', status: 'downloading', lastUpdate: Date.now(), bytesDownloaded: 5, totalBytes: 10 };
    const storage = { getItem: () => JSON.stringify(left), setItem: () => undefined, removeItem: () => undefined };
    const models = { phi: { load: () => Promise.resolve() } };
    const downloads = new ModelDownloads({ models, storage, notifications: { title: () => 'Loading' } });
    await turn();
    expect([downloads.getState('phi')?.status, document.title]).to.deep.equal(['paused', 'Loading']);
    downloads.dispose();
    expect(document.title).to.equal('Chat');
  });
});

describe('an error of the page in notifications.title', () => {
  it('keeps no state from the elements', async () => {
    // The clock never fires the timer that reports the error as uncaught.
    const clock = new FakeClock();
    const title = (): never => {
      throw new Error('a fault of the page');
    };
    const root = new EventTarget();
    const statuses: string[] = [];
    root.addEventListener('model-download-change', (event) => {
      statuses.push((event as CustomEvent<{ state: DownloadState }>).detail.state.status);
    });
    const load = (): Promise<never> => new Promise(() => undefined);
    const downloads = new ModelDownloads({ models: { phi: { load } }, storage: null, clock, notifications: { title } });
    downloads.connect(root);
    await turn();
    downloads.load('phi').catch(() => undefined);
    expect(statuses).to.include('checking');
    downloads.dispose();
  });
});

describe('the option notifications.notification', () => {
  const shown: string[] = [];

  function FakeNotification(this: unknown, words: string): void {
    shown.push(words);
  }
  FakeNotification.permission = 'granted';

  const notification = ({ modelName, status }: DownloadState): string => `${modelName} ${status}`;

  beforeEach(() => {
    shown.length = 0;
    stub(globalThis, 'Notification', FakeNotification);
  });

  it('shows one when a download ends while the page is hidden', async () => {
    stub(document, 'visibilityState', 'hidden');
    const { loading, end } = await held({ notifications: { notification } });
    end('pipeline');
    await loading;
    const { loading: broken, fail } = await held({ notifications: { notification }, recovery: 'automatic' });
    fail(new TypeError('Failed to fetch'));
    await broken.catch(() => undefined);
    expect(shown).to.deep.equal(['Phi completed', 'Phi failed']);
  });

  it('shows none while the page is visible', async () => {
    stub(document, 'visibilityState', 'visible');
    const { loading, end } = await held({ notifications: { notification } });
    end('pipeline');
    await loading;
    expect(shown).to.deep.equal([]);
  });
});

describe('the option wakeLock', () => {
  class Lock {
    released = false;

    release(): Promise<void> {
      this.released = true;
      return Promise.resolve();
    }
  }

  const locks: Lock[] = [];

  beforeEach(() => {
    locks.length = 0;
    stub(document, 'visibilityState', 'visible');
    const request = (): Promise<Lock> => {
      const lock = new Lock();
      locks.push(lock);
      return Promise.resolve(lock);
    };
    stub(navigator, 'wakeLock', { request });
  });

  it('holds the lock until the last download ends', async () => {
    const { loading, end } = await held({ wakeLock: true });
    await turn();
    expect(locks.map(({ released }) => released)).to.deep.equal([false]);
    end('pipeline');
    await loading;
    await turn();
    expect(locks.map(({ released }) => released)).to.deep.equal([true]);
  });

  it('requests the lock again when the page is visible again', async () => {
    const { downloads } = await held({ wakeLock: true });
    await turn();
    await locks[0]?.release();
    document.dispatchEvent(new Event('visibilitychange'));
    await turn();
    expect(locks.map(({ released }) => released)).to.deep.equal([true, false]);
    downloads.cancel('phi');
    await turn();
    expect(locks[1]?.released).to.equal(true);
  });

  it('releases a lock that is granted after the next one, or after the end', async () => {
    const grants: (() => void)[] = [];
    const request = (): Promise<Lock> =>
      new Promise((resolve) => {
        const lock = new Lock();
        locks.push(lock);
        grants.push(() => resolve(lock));
      });
    stub(navigator, 'wakeLock', { request });
    const { downloads } = await held({ wakeLock: true });
    document.dispatchEvent(new Event('visibilitychange'));
    for (const grant of grants) grant();
    await turn();
    expect(locks.map(({ released }) => released)).to.deep.equal([false, true]);
    downloads.cancel('phi');
    await turn();
    expect(locks.map(({ released }) => released)).to.deep.equal([true, true]);
    const { downloads: next } = await held({ wakeLock: true });
    next.cancel('phi');
    grants.at(-1)?.();
    await turn();
    expect(locks.map(({ released }) => released)).to.deep.equal([true, true, true]);
  });

  it('requests nothing by default', async () => {
    const { downloads } = await held({});
    await turn();
    expect(locks).to.deep.equal([]);
    downloads.cancel('phi');
  });
});
