// Any script of the origin can post to the channel of pauses.
import { expect } from '@open-wc/testing';
import { ModelDownloads } from 'model-download';

describe('a foreign message on the channel of pauses', () => {
  it('is ignored, and the next pause of another tab is applied', async () => {
    const errors: string[] = [];
    const record = (event: ErrorEvent): void => {
      event.preventDefault();
      errors.push(event.message);
    };
    addEventListener('error', record, { capture: true });
    const outer = window.onerror;
    window.onerror = null;
    const downloads = new ModelDownloads({
      namespace: 'foreign-messages',
      storage: null,
      models: { own: { name: 'Own', load: ({ fetch, signal }) => fetch('/never-answered', { signal }) } },
    });
    const other = new BroadcastChannel('model-download-pause:foreign-messages');
    try {
      const loaded = downloads.load('own').catch(() => undefined);
      for (const message of [null, undefined, 'own', 7, [], {}]) other.postMessage(message);
      const paused = new Promise<void>((resolve) => {
        downloads.subscribe('own', ({ status }) => status === 'paused' && resolve());
      });
      other.postMessage({ modelKey: 'own', paused: true });
      await paused;
      other.postMessage({ modelKey: 'own' });
      other.postMessage(null);
      downloads.cancel('own');
      await loaded;
      expect(errors).to.deep.equal([]);
    } finally {
      other.close();
      downloads.dispose();
      window.onerror = outer;
      removeEventListener('error', record, { capture: true });
    }
  });
});
