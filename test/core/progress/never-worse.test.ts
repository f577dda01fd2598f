import { expect } from 'chai';
import { MultiFileProgressTracker, systemClock, type MultiFileProgressTrackerOptions } from 'model-download/core';
import { FakeClock } from '../../support/fake-clock.js';
import { done, download, initiate, MODEL, progress, progressTotal, sendFile } from '../../support/transformers-events.js';

const MB = 1_000_000;
const CONFIG = 'config.json';
const FILE = 'onnx/model.onnx';
const RUNTIME = 'ort-wasm-simd-threaded.wasm';

function tracked(options: MultiFileProgressTrackerOptions = {}) {
  const clock = new FakeClock();
  const tracker = new MultiFileProgressTracker(undefined, { clock, ...options });
  return { clock, tracker, send: (event: unknown) => tracker.handleFileProgress(event), now: () => tracker.getSnapshot() };
}

describe('numbers that were wrong once', () => {
  it('has no negative bytes from the network when an unannounced file of the runtime is read from this device', () => {
    const { send, now } = tracked({ plan: [{ file: FILE, size: 10 * MB }], hasTransfer: true });
    const read = { phase: 'receiving', loaded: 4 * MB, stored: 4 * MB, total: 20 * MB };
    send({ status: 'transfer', name: MODEL, file: RUNTIME, ...read, isRuntime: true });
    expect(now()).to.include({ totalDownloaded: 0, bytesFromCache: 0, bytesFromNetwork: 0 });
  });

  it('keeps the percentage of progress_total when the list grows before the next byte', () => {
    const { send, now } = tracked();
    send(download(FILE));
    send(progress(FILE, 5 * MB, 10 * MB));
    send(progressTotal({ [FILE]: 10 * MB }));
    expect(now().overallProgress).to.equal(50);
    send(progressTotal({ [FILE]: 10 * MB, 'onnx/model.onnx_data': 90 * MB }));
    expect(now().overallProgress).to.equal(50);
  });

  it('keeps the percentage when a later plan has more files', () => {
    const { send, now } = tracked();
    send(download(FILE));
    send(progress(FILE, 5 * MB, 10 * MB));
    send({ status: 'plan', name: MODEL, files: [{ file: FILE, size: 10 * MB }] });
    send({
      status: 'plan',
      name: MODEL,
      files: [
        { file: FILE, size: 10 * MB },
        { file: CONFIG, size: 90 * MB },
      ],
    });
    expect(now()).to.include({ overallProgress: 50, totalSize: 100 * MB });
  });

  it('has no more bytes than the total when the total shrinks', () => {
    const { send, now } = tracked({ plan: [{ file: FILE }], hasTransfer: true });
    const signal = { status: 'transfer', name: MODEL, file: FILE, phase: 'receiving', stored: 0 };
    send({ ...signal, loaded: 8 * MB, total: 10 * MB });
    send({ ...signal, loaded: 3 * MB, total: 5 * MB });
    expect(now()).to.include({ totalDownloaded: 8 * MB, totalSize: undefined, overallProgress: undefined });
  });

  it('loses no bytes of a runtime’s file when a later plan omits it', () => {
    const { send, now } = tracked({
      plan: [
        { file: FILE, size: 10 * MB },
        { file: RUNTIME, size: 20 * MB },
      ],
    });
    send(download(RUNTIME));
    send(progress(RUNTIME, 4 * MB, 20 * MB));
    send({ status: 'plan', name: MODEL, files: [{ file: FILE, size: 10 * MB }] });
    expect(now().totalDownloaded).to.equal(4 * MB);
  });

  it('uses the size in a later plan', () => {
    const { send, now } = tracked({ plan: [{ file: FILE, size: 5 * MB }] });
    send(download(FILE));
    send({ status: 'plan', name: MODEL, files: [{ file: FILE, size: 10 * MB }] });
    expect(now().totalSize).to.equal(10 * MB);
  });

  it('shows a percentage between the last byte and the end of the file, and not yet 100', () => {
    const { clock, send, now } = tracked();
    send(progressTotal({ [CONFIG]: 1_000, [FILE]: 10 * MB }));
    sendFile(send, CONFIG, 1_000);
    send(download(FILE));
    send(progress(FILE, 10 * MB, 10 * MB));
    clock.advance(600);
    expect(now()).to.include({ status: 'download', totalDownloaded: now().totalSize });
    expect(now().overallProgress).to.be.within(99, 99.999);
    send(done(FILE));
    expect(now()).to.include({ status: 'loading', overallProgress: 100 });
  });

  it('continues after one of two pipelines is ready, one after another or both at once', () => {
    const second = 'onnx/decoder_model.onnx';
    const { send, now, tracker } = tracked();
    sendFile(send, FILE, 10 * MB);
    send({ status: 'ready', task: 'translation', model: MODEL });
    expect(now()).to.include({ status: 'ready', overallProgress: 100 });
    send(download(second));
    send(progress(second, 5 * MB, 90 * MB));
    send({ status: 'ready', task: 'translation', model: MODEL });
    expect(now()).to.include({ status: 'download', overallProgress: undefined, totalDownloaded: 15 * MB });
    send(progress(second, 90 * MB, 90 * MB));
    send(done(second));
    tracker.complete();
    expect(now()).to.include({ status: 'ready', overallProgress: 100, totalDownloaded: 100 * MB });
  });

  it('does not throw when a getter of an event, of a plan or of an entry does', () => {
    const trap = new Proxy(
      {},
      {
        get: () => {
          throw new Error('a getter of the page');
        },
      },
    );
    const { send, now } = tracked({ plan: [trap] as never });
    for (const event of [trap, { status: 'plan', name: MODEL, files: [trap] }, { status: 'progress_total', name: MODEL, files: trap }])
      send(event);
    expect(now()).to.include({ status: 'waiting', totalFiles: 0 });
  });

  it('counts whole bytes only, and no plan of impossible sizes', () => {
    const { send, now } = tracked({
      plan: [
        { file: FILE, size: -5 },
        { file: CONFIG, size: Number.NaN },
      ],
    });
    send(progress(FILE, 1.5, 2.25));
    expect(now()).to.include({ totalDownloaded: 1, totalSize: undefined });
  });

  it('reads an unchanged list of version 4 once, however often it is repeated', () => {
    const { send, now } = tracked();
    let reads = 0;
    const files = new Proxy(
      { [FILE]: { loaded: 0, total: 10 * MB } },
      {
        ownKeys: (target) => {
          reads += 1;
          return Reflect.ownKeys(target);
        },
      },
    );
    for (let chunk = 0; chunk < 100; chunk++) send({ status: 'progress_total', name: MODEL, total: 10 * MB, files });
    expect(reads).to.equal(1);
    expect(now().totalSize).to.equal(10 * MB);
  });

  it('sets no timer longer than the platform’s limit', () => {
    const { setTimeout: real } = globalThis;
    const delays: unknown[] = [];
    globalThis.setTimeout = ((_callback: unknown, delay: unknown) => delays.push(delay)) as never;
    try {
      systemClock.setTimeout(() => undefined, 9_999_999_000);
    } finally {
      globalThis.setTimeout = real;
    }
    expect(delays).to.deep.equal([2 ** 31 - 1]);
  });
});

describe('two files', () => {
  const sum = (files: readonly { loaded: number }[]): number => files.reduce((total, { loaded }) => total + loaded, 0);

  it('of one name in two models stay two in the list of version 4', () => {
    const { send, now } = tracked();
    send(initiate(CONFIG, 'org/tokenizer'));
    for (const name of ['org/tokenizer', 'org/model'])
      send({ ...progressTotal({ [CONFIG]: name === 'org/model' ? 7 * MB : 2 * MB }), name });
    expect(now()).to.include({ totalFiles: 2, totalSize: 9 * MB });
  });

  it('of one name in two models stay two in their plans', () => {
    const { send, now } = tracked();
    sendFile(send, CONFIG, 2 * MB, 1, 'org/tokenizer');
    send({ status: 'plan', name: 'org/model', files: [{ file: CONFIG, size: 7 * MB }] });
    sendFile(send, CONFIG, 7 * MB, 1, 'org/model');
    expect(now()).to.include({ totalFiles: 2, totalDownloaded: 9 * MB });
  });

  it('stay two where the name of one ends as the folder of the other begins', () => {
    const { send, now } = tracked();
    sendFile(send, 'b/model.bin', 2 * MB, 1, 'a');
    sendFile(send, 'model.bin', 7 * MB, 1, 'b');
    expect(now()).to.include({ totalFiles: 2, totalDownloaded: 9 * MB });
    expect(sum(now().files)).to.equal(9 * MB);
    expect(new Set(now().files.map(({ file }) => file)).size).to.equal(2);
  });
});
