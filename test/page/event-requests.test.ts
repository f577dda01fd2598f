// The event protocol on a connected root, as the README and docs/events.md describe it.
import { expect } from '@open-wc/testing';
import {
  ModelDownloadChangeEvent,
  ModelDownloadQueryEvent,
  ModelDownloads,
  ModelDownloadStartRequestEvent,
  type ModelDownloadChangeDetail,
} from 'model-download';
import { importEngine } from '../support/import-engine.js';

/** A root with one connected `ModelDownloads`, whose loads never end. */
function connect() {
  const root = new EventTarget();
  const started: string[] = [];
  const modelOf = (key: string) => ({
    load: () => {
      started.push(key);
      return new Promise<never>(() => undefined);
    },
  });
  const downloads = new ModelDownloads({ models: { phi: modelOf('phi'), mood: modelOf('mood') }, storage: null, transfer: false });
  const disconnect = downloads.connect(root);
  return { root, started, downloads, disconnect };
}

const requestStart = (root: EventTarget, modelKey: string): boolean => root.dispatchEvent(new ModelDownloadStartRequestEvent({ modelKey }));

/** Waits until handlers in microtasks have run. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

before(() => importEngine());

describe('a request of an element', () => {
  it('is handled on the connected root, and only until it is disconnected', async () => {
    const { root, started, downloads, disconnect } = connect();
    requestStart(root, 'phi');
    requestStart(root, 'unknown');
    await settle();
    expect(started).to.deep.equal(['phi']);
    disconnect();
    requestStart(root, 'mood');
    await settle();
    expect(started).to.deep.equal(['phi']);
    downloads.dispose();
  });

  it('is refused by preventDefault(), even in a listener that was added later', async () => {
    const { root, started, downloads } = connect();
    root.addEventListener(ModelDownloadStartRequestEvent.eventName, (event) => event.preventDefault());
    expect(requestStart(root, 'phi')).to.equal(false);
    await settle();
    expect(started).to.deep.equal([]);
    expect(downloads.getState('phi')?.status).to.equal('idle');
    downloads.dispose();
  });

  it('is handled in the document of a connected window, also if a form there has the name of a property', async () => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const other = frame.contentDocument!;
    other.body.innerHTML = '<form name="document"></form><form name="window"></form>';
    for (const root of [frame.contentWindow!, other]) {
      const { started, downloads } = connect();
      const changes: string[] = [];
      other.addEventListener(ModelDownloadChangeEvent.eventName, ({ detail }) => changes.push(detail.modelKey), { once: true });
      const disconnect = downloads.connect(root);
      expect(changes, 'the announced states').to.deep.equal(['phi']);
      requestStart(other, 'phi');
      await settle();
      expect(started).to.deep.equal(['phi']);
      disconnect();
      requestStart(other, 'mood');
      await settle();
      expect(started).to.deep.equal(['phi']);
      downloads.dispose();
    }
    frame.remove();
  });

  it('has no effect in another document until that is connected', async () => {
    const { started, downloads } = connect();
    const other = document.implementation.createHTMLDocument();
    requestStart(other, 'phi');
    await settle();
    expect(started).to.deep.equal([]);
    downloads.connect(other);
    requestStart(other, 'phi');
    await settle();
    expect(started).to.deep.equal(['phi']);
    downloads.dispose();
  });
});

describe('a change of a download', () => {
  it('is announced with the status before', async () => {
    const { root, downloads } = connect();
    const changes: string[] = [];
    root.addEventListener(ModelDownloadChangeEvent.eventName, (event) => {
      const { modelKey, state, previousStatus } = (event as CustomEvent<ModelDownloadChangeDetail>).detail;
      if (modelKey === 'phi' && state.status !== previousStatus) changes.push(`${previousStatus ?? 'none'} → ${state.status}`);
    });
    downloads.load('phi').catch(() => undefined);
    await settle();
    downloads.cancel('phi');
    expect(changes).to.deep.equal(['idle → queued', 'queued → checking', 'checking → cancelled']);
    downloads.dispose();
  });
});

describe('a query', () => {
  it('is answered with the state of its model, and without a key of all downloads that were requested together', async () => {
    const { root, downloads } = connect();
    const keysOf = (modelKey: string): string[] => {
      const keys: string[] = [];
      root.dispatchEvent(new ModelDownloadQueryEvent({ modelKey, answer: (state) => keys.push(state.modelKey) }));
      return keys;
    };
    expect(keysOf('mood')).to.deep.equal(['mood']);
    expect(keysOf('unknown')).to.deep.equal([]);
    expect(keysOf('')).to.deep.equal([]);
    downloads.load('mood').catch(() => undefined);
    downloads.load('phi').catch(() => undefined);
    await settle();
    expect(keysOf('')).to.deep.equal(['mood', 'phi']);
    downloads.dispose();
  });
});
