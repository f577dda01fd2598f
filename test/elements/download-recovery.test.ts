import { elementUpdated, expect, fixture, html, nextFrame } from '@open-wc/testing';
import { ModelDownloadChooseModelRequestEvent, type DownloadRecoveryElement, type FailureCode } from 'model-download';
import 'model-download/define';
import { announced, buttons, EVERY_STATUS, halfway, KEY, part, seen, stateOf, tell, type StateFields } from './download-events.js';

async function recoveryWith(state?: unknown): Promise<DownloadRecoveryElement> {
  const element = await fixture<DownloadRecoveryElement>(html`<download-recovery model-key=${KEY}></download-recovery>`);
  if (state !== undefined) tell(state);
  await elementUpdated(element);
  return element;
}

const CODES: readonly FailureCode[] = [
  'offline',
  'network',
  'timeout',
  'http',
  'unauthorized',
  'not-found',
  'blocked',
  'rate-limited',
  'changed',
  'corrupt',
  'quota',
  'runtime',
  'aborted',
  'unknown',
];

describe('<download-recovery>', () => {
  for (const state of EVERY_STATUS) {
    const drawn = state.status === 'waiting' || state.status === 'failed';
    it(`${drawn ? 'renders' : 'renders nothing'} and is accessible while ${state.status}`, async () => {
      const element = await recoveryWith(state);
      expect(part(element, 'recovery') !== null).to.equal(drawn);
      expect(element.matches(':state(empty)')).to.equal(!drawn);
      await expect(element).to.be.accessible();
    });
  }

  it('shows a text for each failure, with the technical message', async () => {
    const element = await recoveryWith();
    const titles = new Set<string>();
    for (const failureCode of CODES) {
      tell(halfway({ status: 'failed', failureCode, error: 'ECONNRESET <b>', can: { retry: true } }));
      await elementUpdated(element);
      titles.add(part(element, 'title')?.textContent ?? '');
      expect(part(element, 'message')?.textContent).to.equal('ECONNRESET <b>');
      expect(part(element, 'message')?.checkVisibility()).to.equal(false);
    }
    expect(titles.size).to.equal(CODES.length);
  });

  it('shows the buttons that have an effect, the first one as the primary button', async () => {
    const element = await recoveryWith();
    const everything = { retry: true, restart: true, chooseModel: true, cancel: true };
    for (const [status, can, expected, main] of [
      ['failed', {}, [], []],
      ['failed', { chooseModel: true }, ['Use a different model'], ['Use a different model']],
      ['failed', everything, ['Retry', 'Start over', 'Use a different model'], ['Retry']],
      ['waiting', everything, ['Retry', 'Use a different model', 'Cancel'], ['Retry']],
      ['waiting', { cancel: true }, ['Cancel'], []],
    ] as const) {
      tell(halfway({ status, failureCode: 'network', can }));
      await elementUpdated(element);
      expect(buttons(element)).to.deep.equal(expected);
      const primary = [...element.shadowRoot!.querySelectorAll('.button.primary')];
      expect(primary.map((button) => button.textContent)).to.deep.equal(main);
    }
  });

  it('dispatches the request of each button', async () => {
    const element = await recoveryWith(
      halfway({ status: 'failed', failureCode: 'timeout', can: { retry: true, restart: true, chooseModel: true } }),
    );
    const asked: string[] = [];
    for (const name of ['retry', 'restart', 'choose-model', 'cancel']) {
      if (name === 'cancel') {
        tell(halfway({ status: 'waiting', failureCode: 'timeout', can: { cancel: true } }));
        await elementUpdated(element);
      }
      const type = `model-download-${name}-request`;
      document.addEventListener(type, (event) => asked.push(event.type), { once: true });
      part(element, name)?.click();
    }
    expect(asked).to.deep.equal([
      'model-download-retry-request',
      'model-download-restart-request',
      'model-download-choose-model-request',
      'model-download-cancel-request',
    ]);
  });

  it('includes the reason in a request for a different model', async () => {
    const element = await recoveryWith(halfway({ status: 'failed', failureCode: 'quota', can: { chooseModel: true } }));
    let detail: unknown;
    element.addEventListener(ModelDownloadChooseModelRequestEvent.eventName, (event) => (detail = event.detail));
    part(element, 'choose-model')?.click();
    expect(detail).to.deep.equal({ modelKey: KEY, reason: 'quota' });
  });

  it('shows the attempt and the time until the next one', async () => {
    const element = await recoveryWith(halfway({ status: 'waiting', attempt: 2, retryAt: Date.now() + 8_000 }));
    expect(part(element, 'attempt')?.textContent).to.equal('Retry 2 of 3');
    expect(seen(part(element, 'countdown'))).to.equal('Trying again in 8 s');
    tell(halfway({ status: 'waiting', attempt: 2, retryAt: Date.now() - 1 }));
    await elementUpdated(element);
    expect(part(element, 'countdown')?.textContent).to.equal('Trying again…');
  });

  it('clears its timer when it is disconnected', async () => {
    const running = new Set<unknown>();
    const { setInterval: set, clearInterval: clear } = window;
    Object.assign(window, {
      setInterval: (...args: Parameters<typeof set>) => {
        const timer = set(...args);
        running.add(timer);
        return timer;
      },
      clearInterval: (timer: number | undefined) => {
        running.delete(timer);
        clear(timer);
      },
    });
    try {
      const element = await recoveryWith(halfway({ status: 'waiting', retryAt: Date.now() + 60_000 }));
      expect(running.size).to.equal(1);
      element.remove();
      expect(running.size).to.equal(0);
    } finally {
      Object.assign(window, { setInterval: set, clearInterval: clear });
    }
  });

  it('shows that a failure is final', async () => {
    const element = await recoveryWith(halfway({ status: 'failed', failureCode: 'runtime', attempt: 3 }));
    expect(element.matches(':state(final)')).to.equal(true);
    expect(part(element, 'advice')?.textContent).to.contain('No retries left').and.contain('Reloading');
  });

  for (const failureCode of ['blocked', 'runtime', 'not-found'] as const) {
    it(`shows no attempts without one, as after ${failureCode}`, async () => {
      const element = await recoveryWith(halfway({ status: 'failed', failureCode, attempt: 0 }));
      expect(element.matches(':state(final)')).to.equal(true);
      expect(part(element, 'advice')?.textContent).to.match(/\w/).and.not.contain('attempts');
    });
  }

  it('has the recommended action as its first and primary button', async () => {
    const element = await recoveryWith();
    const [RETRY, RESTART, OTHER] = ['Retry', 'Start over', 'Use a different model'];
    const everything = { retry: true, restart: true, chooseModel: true };
    for (const [failureCode, can, expected, main] of [
      ['corrupt', everything, [RESTART, RETRY, OTHER], RESTART],
      ['changed', everything, [RESTART, RETRY, OTHER], RESTART],
      ['corrupt', { retry: true }, [RETRY], RETRY],
      ['runtime', { restart: true }, [RESTART], undefined],
      ['runtime', everything, [RETRY, RESTART, OTHER], undefined],
      ['blocked', { chooseModel: true }, [OTHER], undefined],
      ['not-found', everything, [OTHER, RETRY, RESTART], OTHER],
      ['unauthorized', { restart: true, chooseModel: true }, [OTHER, RESTART], OTHER],
      ['network', { restart: true, chooseModel: true }, [OTHER, RESTART], OTHER],
      ['network', { restart: true }, [RESTART], undefined],
      ['quota', everything, [RETRY, RESTART, OTHER], RETRY],
    ] as const) {
      tell(halfway({ status: 'failed', failureCode, can }));
      await elementUpdated(element);
      expect(buttons(element), failureCode).to.deep.equal(expected);
      expect(element.shadowRoot?.querySelector('.button.primary')?.textContent, failureCode).to.equal(main);
    }
  });

  it('announces a failure', async () => {
    const element = await recoveryWith(halfway({ status: 'downloading' }));
    tell(halfway({ status: 'failed', failureCode: 'network' }));
    await elementUpdated(element);
    expect(announced(element)).to.deep.equal(['Phi-3 Advanced: The connection was lost']);
  });

  it('renders nothing while an open dialog shows the same download', async () => {
    const element = await recoveryWith();
    const dialog = await fixture<HTMLElementTagNameMap['model-download-dialog']>(
      html`<model-download-dialog model-key=${KEY} open></model-download-dialog>`,
    );
    tell(halfway({ status: 'failed', failureCode: 'network', can: { retry: true } }));
    await Promise.all([elementUpdated(element), elementUpdated(dialog)]);
    await nextFrame();
    expect(part(element, 'recovery')).to.equal(null);
    const inside = dialog.shadowRoot?.querySelector('download-recovery');
    expect(seen(inside)).to.contain('Check your connection');
    dialog.close();
    await elementUpdated(dialog);
    await elementUpdated(element);
    expect(part(element, 'recovery')).to.not.equal(null);
  });

  it('hides a row without buttons, and shows a page’s own button', async () => {
    const element = await recoveryWith(halfway({ status: 'failed', failureCode: 'runtime' }));
    const row = part(element, 'actions')!;
    expect(row.checkVisibility()).to.equal(false);
    const button = document.createElement('button');
    button.slot = 'actions';
    button.textContent = 'Reload the page';
    const noticed = new Promise((resolve) => row.querySelector('slot')!.addEventListener('slotchange', resolve, { once: true }));
    element.append(button);
    await noticed;
    await elementUpdated(element);
    expect([row.checkVisibility(), button.checkVisibility()]).to.deep.equal([true, true]);
  });

  it('offers to start over only with stored bytes', async () => {
    const element = await recoveryWith();
    const can = { retry: true, restart: true };
    for (const [fields, expected] of [
      [{}, ['Retry']],
      [{ bytesDownloaded: 1 }, ['Retry', 'Start over']],
      // A share without known bytes.
      [{ progress: 40 }, ['Retry', 'Start over']],
    ] as const) {
      tell(stateOf({ status: 'failed', failureCode: 'network', can, ...fields }));
      await elementUpdated(element);
      expect(buttons(element)).to.deep.equal(expected);
    }
  });

  it('handles a failure without any information', async () => {
    const element = await recoveryWith({ status: 'failed', failureCode: 'no such code', error: 7, can: 'all' });
    expect(part(element, 'title')?.textContent).to.equal('The model could not be loaded');
    expect(buttons(element)).to.deep.equal([]);
    tell(stateOf({ status: 'completed' }));
    await elementUpdated(element);
    expect(part(element, 'recovery')).to.equal(null);
  });
});

describe('the texts of <download-recovery> for each failure', () => {
  const soon = (): number => Date.now() + 60_000;
  const situations: Record<string, () => StateFields> = {
    'while it counts down': () => ({ status: 'waiting', attempt: 1, retryAt: soon(), can: { retry: true, cancel: true } }),
    'while it waits for something else': () => ({ status: 'waiting', can: { retry: true, cancel: true } }),
    'while it asks': () => ({ status: 'failed', attempt: 1, can: { retry: true, restart: true } }),
    'in the end': () => ({ status: 'failed', attempt: 3 }),
    'without any attempt': () => ({ status: 'failed' }),
  };

  for (const [when, fieldsOf] of Object.entries(situations)) {
    it(`is shown once, ${when}`, async () => {
      const element = await recoveryWith();
      const dialog = await fixture<HTMLElementTagNameMap['model-download-dialog']>(
        html`<model-download-dialog model-key=${KEY}></model-download-dialog>`,
      );
      for (const failureCode of CODES) {
        tell(halfway({ failureCode, ...fieldsOf() }));
        await elementUpdated(element);
        const inline = sentencesOf(element);
        expect(new Set(inline).size, `${failureCode}: ${inline.join(' | ')}`).to.equal(inline.length);
        expect(
          inline.filter((words) => words.startsWith('Waiting')),
          failureCode,
        ).to.deep.equal([]);
        if (when === 'while it counts down') expect(inline).to.deep.equal([inline[0], 'Trying again in 1\u00a0min', 'Retry 1 of 3']);
        dialog.show();
        await elementUpdated(dialog);
        const inside = dialog.shadowRoot!.querySelector('download-recovery')!;
        await elementUpdated(inside);
        const status = part(dialog, 'status')!.textContent.trim();
        const together = [status, ...sentencesOf(inside)];
        expect(new Set(together).size, `${failureCode}: ${together.join(' | ')}`).to.equal(together.length);
        // The header and the panel together show the texts of the panel alone, once each.
        expect(new Set(together), failureCode).to.deep.equal(new Set(inline));
        dialog.close();
        await elementUpdated(dialog);
      }
    });
  }
});

/** The texts of a panel without its buttons: one for each title, advice and figure. */
function sentencesOf(element: Element): string[] {
  return ['title', 'advice', 'countdown', 'attempt']
    .map((name) => part(element, name)?.textContent?.trim() ?? '')
    .filter((words) => words !== '');
}
