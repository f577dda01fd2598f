import { expect } from '@open-wc/testing';
import type { Clock } from 'model-download/core';
import { createDownloadFetch, MemoryPartialStore, type FileProgressReport } from 'model-download/transfer';
import { deferred } from '../../support/deferred.js';
import { FakeClock, settle } from '../../support/fake-clock.js';
import { until } from '../../support/until.js';

const SIZE = 64_000_000;
const PIECE = 64_000;

let opened = 0;

/** A clock of a hidden page, whose timers fire a minute late. */
class LateClock extends FakeClock {
  override setTimeout(callback: () => void, delay: number): ReturnType<FakeClock['setTimeout']> {
    return super.setTimeout(callback, delay + 60_000);
  }
}

/** A response whose pieces a test sends: no server could follow a fake clock. */
class Answer {
  readonly reports: FileProgressReport[] = [];
  readonly #url = `https://models.example/${++opened}.onnx`;
  #wanted = deferred<(piece: Uint8Array) => void>();
  readonly #fetch;

  constructor(clock: Clock, hear: () => void = () => undefined) {
    const body = new ReadableStream<Uint8Array>(
      { pull: (stream) => this.#wanted.resolve((piece) => stream.enqueue(piece)) },
      { highWaterMark: 0 },
    );
    this.#fetch = createDownloadFetch({
      clock,
      store: new MemoryPartialStore(),
      fetch: () => Promise.resolve(new Response(body, { headers: { 'Content-Length': String(SIZE), ETag: '"1"' } })),
      lookUp: () => Promise.resolve(undefined),
      onProgress: (_, report) => {
        this.reports.push(report);
        hear();
      },
    });
  }

  /** Reads continuously, and records the pieces. */
  async read(): Promise<{ pieces: number }> {
    const reader = (await this.#fetch(this.#url)).body?.getReader();
    const read = { pieces: 0 };
    const go = async (): Promise<void> => {
      while (reader && !(await reader.read()).done) read.pieces += 1;
    };
    go().catch(() => undefined);
    return read;
  }

  /** Sends some pieces, one at a time, and resolves when they have been read. */
  async send(pieces: number, between: () => void = () => undefined): Promise<void> {
    for (let piece = 0; piece < pieces; piece++) {
      const give = await this.#wanted.promise;
      this.#wanted = deferred();
      give(new Uint8Array(PIECE));
      // It is wanted again when this one has been taken.
      await this.#wanted.promise;
      between();
    }
    await settle();
  }

  end(): void {
    this.#fetch.abort();
  }
}

describe('the pace of a download', () => {
  it('delivers the first piece at once, and the following ones together, ten times a second', async () => {
    const clock = new FakeClock();
    const answer = new Answer(clock);
    const read = await answer.read();
    await answer.send(1);
    await until(() => read.pieces === 1);
    await answer.send(5);
    expect(read.pieces).to.equal(1);
    clock.advance(99);
    await settle();
    expect(read.pieces).to.equal(1);
    clock.advance(1);
    await until(() => read.pieces === 6);
    answer.end();
  });

  it('delivers a mebibyte at once', async () => {
    const answer = new Answer(new FakeClock());
    const read = await answer.read();
    await answer.send(1 + 16);
    expect(read.pieces).to.equal(1);
    await answer.send(1);
    await until(() => read.pieces === 18);
    answer.end();
  });

  it('reports each delivery once, with all delivered bytes', async () => {
    const clock = new FakeClock();
    const answer = new Answer(clock);
    const read = await answer.read();
    // Each tenth of a second brings two portions that are full, and a third that is not.
    for (let tenth = 1; tenth <= 20; tenth++) {
      await answer.send(40);
      clock.advance(100);
      await until(() => read.pieces === 40 * tenth);
      expect(answer.reports.at(-1)?.loaded).to.equal(read.pieces * PIECE);
    }
    // The first piece is delivered separately.
    expect(answer.reports.filter(({ phase }) => phase === 'receiving')).to.have.lengthOf(1 + 20 * 3);
    answer.end();
  });

  it('continues when its listener throws', async () => {
    const clock = new FakeClock();
    const answer = new Answer(clock, () => {
      throw new Error('of the page');
    });
    const read = await answer.read();
    await answer.send(1);
    await until(() => read.pieces === 1);
    expect(() => clock.advance(0)).to.throw('of the page');
    answer.end();
  });

  it('continues to report when timers fire a minute late, as in a hidden page', async () => {
    const clock = new LateClock();
    const answer = new Answer(clock);
    const read = await answer.read();
    await answer.send(80, () => clock.advance(50));
    await until(() => read.pieces >= 48 && answer.reports.at(-1)?.loaded === read.pieces * PIECE);
    answer.end();
  });

  it('has one timer for all waiting bodies, and none without one', async () => {
    const clock = new FakeClock();
    const answers = [new Answer(clock), new Answer(clock), new Answer(clock)];
    for (const answer of answers) {
      await answer.read();
      await answer.send(1);
    }
    clock.advance(100);
    const before = clock.pending;
    for (const answer of answers) await answer.send(1);
    expect(clock.pending).to.equal(before + 1);
    for (const answer of answers) answer.end();
    await until(() => clock.pending === 0);
  });
});
