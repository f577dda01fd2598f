import { expect, fixture } from '@open-wc/testing';
import { html, type LitElement } from 'lit';
import 'model-download/define';
import { halfway, KEY, MB, stateOf, tell, type StateFields } from './download-events.js';

/** The announcements of a screen reader in their order: the texts of all live regions of the page. */
class Listener {
  readonly heard: string[] = [];
  readonly #observers: MutationObserver[] = [];

  constructor(elements: readonly LitElement[]) {
    for (const { shadowRoot } of elements) {
      if (!shadowRoot) continue;
      const observer = new MutationObserver((mutations) => this.#record(mutations));
      observer.observe(shadowRoot, { childList: true, characterData: true, subtree: true });
      this.#observers.push(observer);
    }
  }

  stop(): void {
    for (const observer of this.#observers) observer.disconnect();
  }

  #record(mutations: readonly MutationRecord[]): void {
    const regions = new Set(
      mutations.map(({ target }) => (target instanceof Element ? target : target.parentElement)?.closest('[role="status"]')),
    );
    for (const region of regions) {
      const words = region?.textContent?.trim();
      if (words) this.heard.push(words);
    }
  }
}

/** Ten updates a second, at the rate of a manager, until a percentage is reached. */
function* updates(from: number, to: number): Iterable<StateFields> {
  for (let percent = from; percent <= to; percent += 0.5) {
    const bytesDownloaded = percent * MB;
    yield {
      status: 'downloading',
      progress: percent,
      bytesDownloaded,
      totalBytes: 100 * MB,
      speed: 2 * MB,
      timeRemaining: (100 - percent) / 2,
    };
  }
}

const failure = { failureCode: 'network', error: 'TypeError: network error', attempt: 1 } as const;
const lost = { status: 'waiting', ...failure, retryAt: Date.now() + 60_000, can: { retry: true, cancel: true } } as const;

describe('screen reader announcements', () => {
  let elements: LitElement[];
  let listener: Listener;

  beforeEach(async () => {
    const page = await fixture(html`<div lang="en">
      <model-progress-mini model-key=${KEY}></model-progress-mini>
      <model-progress-mini model-key=${KEY}></model-progress-mini>
      <download-recovery model-key=${KEY}></download-recovery>
      <model-download-dialog model-key=${KEY}></model-download-dialog>
    </div>`);
    elements = [...page.querySelectorAll<LitElement>('model-progress-mini, download-recovery, model-download-dialog')];
    tell(stateOf({ status: 'idle', totalBytes: 100 * MB }));
    await drawn();
    listener = new Listener(elements);
  });

  afterEach(() => listener.stop());

  async function drawn(): Promise<void> {
    for (const element of elements) await element.updateComplete;
    // An observer is called a microtask later.
    await Promise.resolve();
  }

  async function play(...states: readonly StateFields[]): Promise<void> {
    for (const state of states) {
      tell(stateOf(state));
      await drawn();
    }
  }

  it('announce the milestones of a download, and no numbers', async () => {
    await play({ status: 'queued' }, { status: 'checking' }, ...updates(0, 100));
    await play({ status: 'preparing', progress: 100, bytesDownloaded: 100 * MB, totalBytes: 100 * MB });
    await play({ status: 'completed', progress: 100, bytesDownloaded: 100 * MB, totalBytes: 100 * MB });
    expect(listener.heard).to.deep.equal([
      'Phi-3 Advanced: Loading has started',
      'Phi-3 Advanced: 25%',
      'Phi-3 Advanced: 50%',
      'Phi-3 Advanced: 75%',
      'Phi-3 Advanced: Ready to use',
    ]);
  });

  it('announce a slow start once', async () => {
    await play({ status: 'queued' }, { status: 'preparing' });
    for (let second = 0; second < 3; second++) await play({ status: 'preparing', isSlowToStart: true });
    expect(listener.heard).to.deep.equal([
      'Phi-3 Advanced: Loading has started',
      'Phi-3 Advanced: Starting takes longer than usual. If nothing happens, reload the page.',
    ]);
  });

  it('announce a stall once, and the milestones after it', async () => {
    await play({ status: 'queued' }, ...updates(0, 30));
    for (let second = 0; second < 5; second++) await play({ status: 'stalled', progress: 30, speed: 0 });
    await play(...updates(30, 60));
    expect(listener.heard).to.deep.equal([
      'Phi-3 Advanced: Loading has started',
      'Phi-3 Advanced: 25%',
      'Phi-3 Advanced: No data received',
      'Phi-3 Advanced: 50%',
    ]);
  });

  it('announce a failure without its countdown, and the start after a retry', async () => {
    await play(
      { status: 'queued' },
      ...updates(0, 30),
      lost,
      { ...lost, retryAt: lost.retryAt - 1_000 },
      { status: 'checking', attempt: 1 },
    );
    await play(...updates(30, 40), { ...lost, attempt: 2 }, { status: 'failed', ...failure, can: { retry: true } });
    await play({ status: 'queued' }, { status: 'checking' }, ...updates(40, 60));
    expect(listener.heard).to.deep.equal([
      'Phi-3 Advanced: Loading has started',
      'Phi-3 Advanced: 25%',
      'Phi-3 Advanced: The connection was lost',
      'Phi-3 Advanced: The connection was lost',
      'Phi-3 Advanced: Loading has started',
      'Phi-3 Advanced: 50%',
    ]);
  });

  it('are in the dialog while it is modal, and only once', async () => {
    const dialog = elements.find((element) => element.localName === 'model-download-dialog') as LitElement & { show(): void };
    dialog.show();
    await drawn();
    await play({ status: 'queued' }, ...updates(0, 30));
    expect(listener.heard).to.deep.equal(['Phi-3 Advanced: Loading has started', 'Phi-3 Advanced: 25%']);
    expect(dialog.shadowRoot?.querySelector('dialog [role="status"]')?.textContent).to.equal('Phi-3 Advanced: 25%');
    await play({ status: 'cancelled', progress: 30 });
    expect(listener.heard, 'what the visitor did need not be said').to.have.lengthOf(2);
  });

  it('omit the milestones before the first state', async () => {
    await play(halfway({ status: 'downloading' }), ...updates(50.5, 80));
    expect(listener.heard).to.deep.equal(['Phi-3 Advanced: Loading has started', 'Phi-3 Advanced: 75%']);
  });
});
