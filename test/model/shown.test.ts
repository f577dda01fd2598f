// The figures that the elements show for each adapter; unknown ones, as listed in its docblock, are not shown.
import { expect } from '@open-wc/testing';
import { ModelDownloadChangeEvent, type DownloadStatus } from 'model-download';
import { readDownloadParts } from 'model-download/adapters/ai-sdk';
import { builtInAiLoader, type BuiltInAiOptions } from 'model-download/adapters/built-in-ai';
import { responseLoader } from 'model-download/adapters/response';
import { webLlmLoader, type WebLlmCallback } from 'model-download/adapters/web-llm';
import { wllamaLoader, type WllamaOptions } from 'model-download/adapters/wllama';
import { KEY, MB } from '../elements/download-events.js';
import { deferred } from '../support/deferred.js';
import { HubScope, hubModel } from '../support/real-hub.js';
import { showLoader, showTransfer, Stage, type Shown } from '../support/show-loader.js';

const NOTHING = { percentage: '', amount: '', speed: '', timeLeft: '' };

describe('the elements with WebLLM', () => {
  async function started() {
    const called = deferred<WebLlmCallback>();
    const stage = await showLoader(
      webLlmLoader((callback) => {
        called.resolve(callback);
        return new Promise<never>(() => undefined);
      }),
    );
    const callback = await called.promise;
    const report = (text: string, progress: number): void => callback({ text, progress, timeElapsed: 1 });
    return { ...stage, report };
  }

  it('show a percentage and a time left, but neither bytes, speed nor Pause', async () => {
    const { clock, report, shown, end } = await started();
    report('Start to fetch params', 0);
    for (let shard = 1; shard <= 20; shard++) {
      clock.advance(500);
      report(`Fetching param cache[${shard}/50]`, shard / 50);
    }
    const { timeLeft, mini, ...others } = await shown();
    expect(others).to.deep.include({ status: 'downloading', percentage: '40%', amount: '', speed: '', buttons: ['Cancel'] });
    expect(timeLeft).to.match(/^\d+ s left$/);
    expect(mini).to.match(/^40% \d+ s left$/);
    end();
  });

  it('show no percentage of the second model', async () => {
    const { report, shown, end } = await started();
    report('Fetching param cache[4/4]', 1);
    report('Finish loading on WebGPU', 1);
    report('Fetching param cache[1/4]', 0.25);
    expect(await shown()).to.deep.include({ ...NOTHING, status: 'downloading', buttons: ['Cancel'] });
    end();
  });

  it('show no figures while the model starts', async () => {
    const { report, shown, end } = await started();
    report('Loading model from cache[1/4]', 0.25);
    expect(await shown()).to.deep.include({ ...NOTHING, status: 'preparing', mini: 'Preparing…' });
    end();
  });
});

describe('the elements with wllama', () => {
  async function started() {
    const called = deferred<WllamaOptions>();
    const stage = await showLoader(
      wllamaLoader((options) => {
        called.resolve(options);
        return new Promise<never>(() => undefined);
      }),
    );
    return { ...stage, ...(await called.promise) };
  }

  it('show bytes, a percentage, a speed and a time left, but no Pause', async () => {
    const { clock, progressCallback, shown, end } = await started();
    for (let step = 0; step <= 20; step++) {
      progressCallback({ loaded: step * MB, total: 100 * MB });
      clock.advance(500);
    }
    const { timeLeft, mini, ...others } = await shown();
    const expected = { status: 'downloading', percentage: '20%', amount: '20.0 MB of 100.0 MB', speed: '2.0 MB/s', buttons: ['Cancel'] };
    expect(others).to.deep.include(expected);
    expect(timeLeft).to.match(/^\d+ s left$/);
    expect(mini).to.match(/^20% 2\.0 MB\/s \d+ s left$/);
    end();
  });

  it('show bytes but no percentage without a length', async () => {
    const { progressCallback, shown, end } = await started();
    progressCallback({ loaded: 3 * MB, total: 0 });
    expect(await shown()).to.deep.include({ ...NOTHING, status: 'downloading', amount: '3.0 MB so far', buttons: ['Cancel'] });
    end();
  });
});

describe('the elements with built-in AI', () => {
  async function started(availability: string) {
    const called = deferred<BuiltInAiOptions>();
    const create = (options: BuiltInAiOptions): Promise<never> => {
      called.resolve(options);
      return new Promise(() => undefined);
    };
    const stage = await showLoader(builtInAiLoader(create, { availability: () => Promise.resolve(availability) }));
    const target = new EventTarget();
    (await called.promise).monitor(target);
    const report = (loaded: number): boolean => target.dispatchEvent(new ProgressEvent('downloadprogress', { loaded, total: 1 }));
    return { ...stage, report };
  }

  it('show a percentage and a time left, but neither bytes, speed nor Pause', async () => {
    const { clock, report, shown, end } = await started('downloadable');
    for (let step = 0; step <= 20; step++) {
      report(step / 50);
      clock.advance(500);
    }
    const { timeLeft, ...others } = await shown();
    expect(others).to.deep.include({ status: 'downloading', percentage: '40%', amount: '', speed: '', buttons: ['Cancel'] });
    expect(timeLeft).to.match(/^\d+ s left$/);
    end();
  });

  it('show no figures of a model on this device', async () => {
    const { report, shown, end } = await started('available');
    report(0);
    expect(await shown()).to.deep.include({ ...NOTHING, status: 'preparing' });
    report(1);
    expect(await shown()).to.deep.include({ ...NOTHING, status: 'preparing', mini: 'Preparing…' });
    end();
  });
});

describe('the elements with a single file', () => {
  const MODEL = 'local/tiny-llama';

  /** Through the real transfer layer, over a slow link. */
  async function load(enough: (shown: Shown) => boolean, controls: object = {}): Promise<Shown> {
    const scope = new HubScope();
    await scope.control({ bandwidth: 500_000, ...controls });
    return showTransfer(responseLoader(scope.url(MODEL, hubModel(MODEL).files[0]!.path)), enough);
  }

  it('show bytes, a percentage, a speed and Pause, by the transfer layer', async () => {
    const { percentage, amount, buttons } = await load(({ speed }) => /^\d+(\.\d)? .?B\/s$/.test(speed));
    expect(percentage).to.match(/^\d+%$/);
    expect(amount).to.match(/^\d+(\.\d)? .?B of 6\.1 MB$/);
    expect(buttons).to.deep.equal(['Cancel', 'Pause']);
  });

  it('show the same if only the hub’s listing has the length', async () => {
    const { percentage, amount } = await load(({ speed }) => speed !== '', { noLength: true, noRange: true });
    expect(percentage).to.match(/^\d+%$/);
    expect(amount).to.match(/ of 6\.1 MB$/);
  });
});

describe('the elements with the parts of a chat', () => {
  it('show a percentage, but neither bytes, speed, time left nor actions', async () => {
    const stage = await Stage.open();
    let status: DownloadStatus | undefined;
    const read = readDownloadParts(
      (state, previousStatus) => {
        ({ status } = state);
        document.dispatchEvent(new ModelDownloadChangeEvent({ modelKey: KEY, state, aggregate: undefined, previousStatus }));
      },
      { keyOf: () => KEY },
    );
    const part = (data: object): object => ({ type: 'data-modelDownloadProgress', id: 'download-1', data: { message: '', ...data } });
    read(part({ status: 'downloading', progress: 40 }));
    expect(await stage.read(status)).to.deep.include({
      ...NOTHING,
      status: 'downloading',
      percentage: '40%',
      notice: '',
      buttons: [],
      mini: '40%',
    });
    read(part({ status: 'error', message: 'The disk is full' }));
    expect(await stage.read(status)).to.deep.include({ status: 'failed', speed: '', notice: '' });
  });
});
