// Two managers on one document, as after a hot update or with two copies of the package: one is the writer of a model.
import { expect } from '@open-wc/testing';
import * as own from 'model-download';
import {
  ModelDownloadPauseRequestEvent,
  ModelDownloadQueryEvent,
  ModelDownloadStartRequestEvent,
  type ModelDownloads,
  type ModelDownloadChangeEvent,
  type ModelDownloadsOptions,
  type StateStorage,
} from 'model-download';
import type { ModelLoaderContext } from 'model-download/adapters/transformers';
import { importEngine } from '../support/import-engine.js';
import { rejectionOf } from '../support/rejection-of.js';
import { progress } from '../support/transformers-events.js';

/** A second copy of the package, as a script from a CDN beside a bundle. */
const COPY = '/dist/cdn/model-download.js';
const copy = (await import(COPY)) as typeof own;

const MB = 1_000_000;
const KEY = 'phi';
const FILE = 'model.onnx';

const managers: ModelDownloads[] = [];
const announced: string[] = [];
const record = ({ detail: { modelKey, state } }: ModelDownloadChangeEvent): void => {
  if (modelKey === KEY) announced.push(`${state.modelName} ${state.status}`);
};

before(async () => {
  await importEngine();
  await importEngine(copy.ModelDownloads);
});

beforeEach(() => document.addEventListener('model-download-change', record));

afterEach(() => {
  document.removeEventListener('model-download-change', record);
  for (const manager of managers.splice(0)) manager.dispose();
  announced.length = 0;
});

/** A manager whose loads report their progress, and end only when they are cancelled. */
function managerOf(
  name: string,
  { ModelDownloads: Manager }: Pick<typeof own, 'ModelDownloads'> = own,
  options: ModelDownloadsOptions = {},
) {
  const loads: ModelLoaderContext[] = [];
  const load = (context: ModelLoaderContext): Promise<unknown> => {
    loads.push(context);
    return new Promise(() => undefined);
  };
  const models = { [KEY]: { name, load, files: [{ file: FILE, size: 10 * MB }] } };
  const downloads = new Manager({ storage: null, transfer: false, models, ...options });
  managers.push(downloads);
  return { downloads, loads, status: () => downloads.getState(KEY)?.status };
}

function storageIn(kept: Map<string, string>): StateStorage {
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

/** The state that an element receives which is connected now. */
function answers(): string[] {
  const received: string[] = [];
  for (const modelKey of [KEY, '']) {
    document.dispatchEvent(
      new ModelDownloadQueryEvent({ modelKey, answer: ({ modelName, status }) => received.push(`${modelName} ${status}`) }),
    );
  }
  return received;
}

for (const [kind, second] of Object.entries({ 'of one copy of the package': own, 'of two copies': copy })) {
  describe(`two managers ${kind} on one document`, () => {
    it('are active one at a time: the later one, whatever the earlier does', async () => {
      const first = managerOf('first');
      first.downloads.connect(document);
      const loading = rejectionOf(first.downloads.load(KEY));
      first.loads[0]!.progress_callback(progress(FILE, 4 * MB, 10 * MB));
      announced.length = 0;
      const later = managerOf('later', second);
      later.downloads.connect(document);
      expect(await loading).to.include({ name: 'AbortError', message: 'Another ModelDownloads has taken the model over.' });
      expect(first.loads[0]!.signal.aborted, 'its download has ended').to.equal(true);
      expect(announced).to.deep.equal(['later idle']);
      expect(answers()[0]).to.equal('later idle');
      void rejectionOf(later.downloads.load(KEY));
      later.loads[0]!.progress_callback(progress(FILE, 5 * MB, 10 * MB));
      expect(new Set(announced.map((words) => words.split(' ')[0]))).to.deep.equal(new Set(['later']));
      expect(answers(), 'by its key, and among all').to.deep.equal(['later downloading', 'later downloading']);
    });

    it('start a download once', async () => {
      const first = managerOf('first');
      const later = managerOf('later', second);
      first.downloads.connect(document);
      later.downloads.connect(document);
      document.dispatchEvent(new ModelDownloadStartRequestEvent({ modelKey: KEY }));
      await Promise.resolve();
      expect([first.status(), later.loads.length]).to.deep.equal(['idle', 1]);
    });

    it('reject a load of the earlier one with a clear error', async () => {
      const first = managerOf('first');
      const later = managerOf('later', second);
      first.downloads.connect(document);
      later.downloads.connect(document);
      const error = await rejectionOf(first.downloads.load(KEY));
      expect(error).to.include({
        name: 'InvalidStateError',
        message: `Another ModelDownloads has taken the model over: "${KEY}"`,
      });
      first.downloads.retry(KEY);
      expect([first.loads.length, first.status()]).to.deep.equal([0, 'idle']);
    });

    for (const end of ['dispose', 'disconnect'] as const) {
      it(`leave the model to the other after ${end}() of one`, () => {
        const first = managerOf('first');
        const later = managerOf('later', second);
        const endFirst = first.downloads.connect(document);
        const endLater = later.downloads.connect(document);
        const leave = { dispose: () => later.downloads.dispose(), disconnect: endLater }[end];
        announced.length = 0;
        leave();
        expect(announced).to.deep.equal(['first idle']);
        void rejectionOf(first.downloads.load(KEY));
        expect(first.loads).to.have.lengthOf(1);
        if (end === 'dispose') first.downloads.dispose();
        else endFirst();
        expect(answers()).to.deep.equal([]);
      });

      it(`are not affected by ${end}() of the earlier one`, async () => {
        const first = managerOf('first');
        const later = managerOf('later', second);
        const endFirst = first.downloads.connect(document);
        later.downloads.connect(document);
        const loading = rejectionOf(later.downloads.load(KEY));
        announced.length = 0;
        if (end === 'dispose') first.downloads.dispose();
        else endFirst();
        expect(announced).to.deep.equal([]);
        later.downloads.cancel(KEY);
        expect(announced).to.deep.equal(['later cancelled']);
        await loading;
      });
    }

    it('do not affect a model that only one of them defines', async () => {
      const first = managerOf('first');
      const other = new second.ModelDownloads({ storage: null, models: { other: { load: () => Promise.resolve('model') } } });
      managers.push(other);
      first.downloads.connect(document);
      void rejectionOf(first.downloads.load(KEY));
      other.connect(document);
      expect(await other.load('other')).to.equal('model');
      expect([first.status(), first.loads[0]!.signal.aborted]).to.deep.equal(['checking', false]);
    });

    it('give a model to the one that defines it later', () => {
      const first = managerOf('first', own, { models: {} });
      first.downloads.connect(document);
      managerOf('later', second).downloads.connect(document);
      announced.length = 0;
      first.downloads.define({ [KEY]: { name: 'first', load: () => Promise.resolve('model') } });
      expect([announced, answers()[0]]).to.deep.equal([['first idle'], 'first idle']);
    });

    it('share the document, whatever their roots are', async () => {
      const first = managerOf('first');
      const later = managerOf('later', second);
      first.downloads.connect(document);
      const loading = rejectionOf(first.downloads.load(KEY));
      later.downloads.connect(document.body);
      expect(await loading).to.include({ name: 'AbortError' });
      expect(announced.at(-1)).to.equal('later idle');
    });

    it('show the current bytes when the model is given back', async () => {
      const kept = new Map<string, string>();
      const storage = storageIn(kept);
      const first = managerOf('first', own, { storage });
      first.downloads.connect(document);
      const loading = rejectionOf(first.downloads.load(KEY));
      first.loads[0]!.progress_callback(progress(FILE, 4 * MB, 10 * MB));
      const later = managerOf('later', second, { storage });
      const endLater = later.downloads.connect(document);
      await loading;
      void rejectionOf(later.downloads.load(KEY));
      later.loads[0]!.progress_callback(progress(FILE, 8 * MB, 10 * MB));
      later.downloads.cancel(KEY);
      announced.length = 0;
      endLater();
      expect([announced, first.downloads.getState(KEY)?.bytesDownloaded, first.downloads.getAggregate(KEY)]).to.deep.equal([
        ['first idle'],
        0,
        undefined,
      ]);
    });

    it('offer an incomplete download of the other when the model is given back', async () => {
      const kept = new Map<string, string>();
      const storage = storageIn(kept);
      const first = managerOf('first', own, { storage });
      first.downloads.connect(document);
      const loading = rejectionOf(first.downloads.load(KEY));
      first.loads[0]!.progress_callback(progress(FILE, 4 * MB, 10 * MB));
      const later = managerOf('later', second, { storage });
      const endLater = later.downloads.connect(document);
      await loading;
      const left = {
        modelKey: KEY,
        modelName: 'later',
        status: 'downloading',
        lastUpdate: 1,
        bytesDownloaded: 8 * MB,
        totalBytes: 10 * MB,
      };
      kept.set(`download_state_${KEY}`, JSON.stringify(left));
      endLater();
      expect([announced.at(-1), first.downloads.getState(KEY)?.bytesDownloaded]).to.deep.equal(['first paused', 8 * MB]);
    });

    it('keep a model usable in the one that has loaded it', async () => {
      const first = managerOf('first', own, { models: { [KEY]: { name: 'first', load: () => Promise.resolve('model') } } });
      first.downloads.connect(document);
      await first.downloads.load(KEY);
      managerOf('later', second).downloads.connect(document)();
      managers.pop()!.dispose();
      expect([announced.at(-1), await first.downloads.load(KEY)]).to.deep.equal(['first completed', 'model']);
    });

    it('keep the paused state for the next visit', () => {
      const kept = new Map<string, string>();
      const storage = storageIn(kept);
      const first = managerOf('first', own, { storage });
      first.downloads.connect(document);
      void rejectionOf(first.downloads.load(KEY));
      first.loads[0]!.progress_callback(progress(FILE, 4 * MB, 10 * MB));
      const later = managerOf('later', second, { storage });
      later.downloads.connect(document);
      expect([announced.at(-1), later.downloads.getState(KEY)?.status]).to.deep.equal(['later paused', 'paused']);
      expect([...kept.keys()]).to.deep.equal([`download_state_${KEY}`]);
    });
  });
}

describe('one manager that is connected twice', () => {
  it('does not take models over from itself', async () => {
    const { downloads, status } = managerOf('first');
    const disconnect = downloads.connect(document);
    void rejectionOf(downloads.load(KEY));
    downloads.connect(document.body);
    expect(status()).to.equal('checking');
    disconnect();
    document.body.dispatchEvent(new ModelDownloadPauseRequestEvent({ modelKey: KEY }));
    await Promise.resolve();
    expect(status()).to.equal('checking');
    downloads.cancel(KEY);
    expect(announced.at(-1)).to.equal('first cancelled');
  });
});
