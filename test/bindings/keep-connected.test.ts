// The connection that the components of a page share.
import { expect } from '@open-wc/testing';
import { ModelDownloads, ModelDownloadQueryEvent } from 'model-download';
import { holdConnection, keepConnected } from '#dist/bindings/keep-connected.js';

const managers: ModelDownloads[] = [];
const releases: (() => void)[] = [];

function managerOf(name: string): ModelDownloads {
  const downloads = new ModelDownloads({ storage: null, models: { mood: { name, load: () => new Promise(() => undefined) } } });
  managers.push(downloads);
  return downloads;
}

function use(downloads: ModelDownloads): () => void {
  const release = keepConnected(downloads);
  releases.push(release);
  return release;
}

/** The names of the managers that answer an element. */
function answers(): string[] {
  const names: string[] = [];
  document.dispatchEvent(new ModelDownloadQueryEvent({ modelKey: 'mood', answer: ({ modelName }) => void names.push(modelName) }));
  return names;
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

afterEach(async () => {
  for (const release of releases.splice(0)) release();
  for (const downloads of managers.splice(0)) downloads.dispose();
  await Promise.resolve();
});

describe('the connection of the bindings', () => {
  it('is one for several components, until the last of them is removed', async () => {
    const downloads = managerOf('Mood');
    const [first, second] = [use(downloads), use(downloads)];
    expect(answers()).to.deep.equal(['Mood']);
    first();
    first();
    await Promise.resolve();
    expect(answers()).to.deep.equal(['Mood']);
    second();
    await Promise.resolve();
    expect(answers()).to.deep.equal([]);
    use(downloads);
    expect(answers()).to.deep.equal(['Mood']);
  });

  it('stays when a component is removed and added in one task, as by StrictMode', async () => {
    const downloads = managerOf('Mood');
    let announced = 0;
    const count = (): void => void (announced += 1);
    document.addEventListener('model-download-change', count);
    use(downloads)();
    use(downloads);
    await Promise.resolve();
    document.removeEventListener('model-download-change', count);
    expect(announced).to.equal(1);
    expect(answers()).to.deep.equal(['Mood']);
  });

  it('stays when a component is removed and the next one, created in the same task, connects in another task', async () => {
    const downloads = managerOf('Mood');
    const ends: string[] = [];
    const { connect } = downloads;
    downloads.connect = (root) => {
      const disconnect = connect.call(downloads, root);
      return () => {
        ends.push('disconnect');
        disconnect();
      };
    };
    const release = use(downloads);
    release();
    const unhold = holdConnection(downloads);
    await nextTask();
    expect(answers()).to.deep.equal(['Mood']);
    const last = use(downloads);
    unhold();
    unhold();
    await nextTask();
    expect(answers()).to.deep.equal(['Mood']);
    expect(ends).to.deep.equal([]);
    last();
    await nextTask();
    expect(answers()).to.deep.equal([]);
  });

  it('is not made by a component that waits for its rendering, and ends with one that is never rendered', async () => {
    const downloads = managerOf('Mood');
    holdConnection(downloads)();
    expect(answers()).to.deep.equal([]);
    const release = use(downloads);
    const unhold = holdConnection(downloads);
    release();
    await nextTask();
    expect(answers()).to.deep.equal(['Mood']);
    unhold();
    await nextTask();
    expect(answers()).to.deep.equal([]);
  });

  it('passes from one object to the next in one task, as by a hot update, which cancels the downloads of the first', async () => {
    const [first, second] = [managerOf('First'), managerOf('Second')];
    const release = use(first);
    first.load('mood').catch(() => undefined);
    release();
    use(second);
    await Promise.resolve();
    expect(answers()).to.deep.equal(['Second']);
    expect(first.getState('mood')?.status).to.equal('cancelled');
  });

  it('ends without dispose()', async () => {
    const downloads = managerOf('Mood');
    use(downloads)();
    await Promise.resolve();
    void downloads.load('mood').catch(() => undefined);
    expect(downloads.getState('mood')?.status).not.to.equal('idle');
  });
});
