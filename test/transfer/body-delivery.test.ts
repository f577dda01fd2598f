import { expect } from 'chai';
import { BodyDelivery, type DeliveryOptions } from '#dist/transfer/body-delivery.js';
import { FileBody } from '#dist/transfer/file-body.js';
import type { Connection } from '#dist/transfer/network/connection.js';
import { ReaderWatch } from '#dist/transfer/reader-watch.js';
import { bodyWith, part, Reports, storeBeginning, TEXT, whole, type Reply } from '../support/body-parts.js';
import { deferred } from '../support/deferred.js';
import { settle } from '../support/fake-clock.js';
import { rejectionOf } from '../support/rejection-of.js';
import { answer, PushedBody } from '../support/transfer-parts.js';
import { until } from '../support/until.js';

const bytesOfText = (start: number, end?: number): Uint8Array<ArrayBuffer> => new TextEncoder().encode(TEXT.slice(start, end));

/** A server whose response the test sends. */
function pushed() {
  const sent = new PushedBody();
  const reply: Reply = () => answer(sent.stream, { headers: { 'Content-Length': '10', ETag: '"a"' } });
  return { sent, reply };
}

/** A delivery of the body of a file, and what its owner is called with. */
function deliveryWith(
  replies: readonly Reply[],
  options: Partial<DeliveryOptions> = {},
  recover = (cause: unknown): Promise<void> => Promise.reject(cause),
) {
  const parts = bodyWith(replies);
  const reports = new Reports();
  const acquire = (): Promise<boolean> => Promise.resolve(false);
  const body = new FileBody({ ...parts.parts, acquire, recover, onProgress: reports.add });
  const state = { hasEnded: false, reads: 0, completions: 0, idle: 0 };
  const failures: unknown[] = [];
  const cancelled: unknown[] = [];
  const reader = new ReaderWatch(parts.clock, () => void (state.idle += 1));
  const delivery = new BodyDelivery({
    body,
    reader,
    signal: parts.controller.signal,
    isEarly: false,
    hasEnded: () => state.hasEnded,
    next: () => {
      state.reads += 1;
      return body.next();
    },
    onComplete: () => void (state.completions += 1),
    fail: (error) => {
      failures.push(error);
      return error;
    },
    onCancel: (reason) => void cancelled.push(reason),
    ...options,
  });
  const respond = async (): Promise<Response> => delivery.respond(await body.start());
  return { ...parts, body, reader, reports, delivery, state, failures, cancelled, respond };
}

async function textOf(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<string | undefined> {
  const { value } = (await reader?.read()) ?? {};
  return value && new TextDecoder().decode(value);
}

describe('BodyDelivery', () => {
  it('responds with the headers of the server, and with the body of the file', async () => {
    const { respond, state, failures, cancelled } = deliveryWith([whole({ 'X-Kept': 'yes' })]);
    const response = await respond();
    expect(response.status).to.equal(200);
    expect(['Content-Length', 'X-Kept'].map((name) => response.headers.get(name))).to.deep.equal(['10', 'yes']);
    expect(await response.text()).to.equal(TEXT);
    expect(state.completions).to.equal(1);
    expect([failures, cancelled]).to.deep.equal([[], []]);
  });

  it('delivers one body from the store and a connection', async () => {
    const { respond, store, url, reports } = deliveryWith([part(4)]);
    await storeBeginning(store, url, '0123');
    const response = await respond();
    expect([response.status, response.headers.get('Content-Range')]).to.deep.equal([200, null]);
    expect(await response.text()).to.equal(TEXT);
    expect(reports.last).to.include({ phase: 'done', loaded: 10, stored: 4 });
  });

  it('reads nothing before its reader does, and then one portion with all of its chunks', async () => {
    const { sent, reply } = pushed();
    const { respond, state } = deliveryWith([reply]);
    const response = await respond();
    sent.push(bytesOfText(0, 4), bytesOfText(4, 6));
    await settle();
    expect(state.reads).to.equal(0);
    const reader = response.body?.getReader();
    expect([await textOf(reader), await textOf(reader)]).to.deep.equal(['0123', '45']);
    await settle();
    expect(state.reads).to.equal(1);
  });

  it('ends with the last bytes, after which nothing is read', async () => {
    const { respond, state, clock } = deliveryWith([whole()]);
    const reader = (await respond()).body?.getReader();
    expect(await textOf(reader)).to.equal(TEXT);
    expect([state.completions, state.reads]).to.deep.equal([1, 1]);
    expect(await reader?.read()).to.deep.equal({ done: true, value: undefined });
    expect([state.completions, state.reads]).to.deep.equal([1, 1]);
    clock.advance(10_000);
    expect(state.idle, 'no reader is missing').to.equal(0);
  });

  it('ends an empty file without a chunk', async () => {
    const { respond, state } = deliveryWith([whole({}, '')]);
    const reader = (await respond()).body?.getReader();
    expect(await reader?.read()).to.deep.equal({ done: true, value: undefined });
    expect(state.completions).to.equal(1);
  });

  it('counts its reader as idle a second after a portion, and as reading while it waits for bytes', async () => {
    const { sent, reply } = pushed();
    const { respond, reader: watch, state, clock } = deliveryWith([reply]);
    const reader = (await respond()).body?.getReader();
    sent.push(bytesOfText(0, 4));
    await textOf(reader);
    await settle();
    expect([watch.isReading, state.completions]).to.deep.equal([false, 0]);
    clock.advance(1_000);
    expect(state.idle).to.equal(1);
    const reading = textOf(reader);
    expect(watch.isReading).to.equal(true);
    clock.advance(5_000);
    expect(state.idle).to.equal(1);
    sent.push(bytesOfText(4));
    sent.end();
    expect(await reading).to.equal('456789');
  });

  it('passes a failure to its owner, and the error that this returns to each reader', async () => {
    const ended = new Error('of the owner');
    const { sent, reply } = pushed();
    const failures: unknown[] = [];
    const fail = (error: unknown): unknown => {
      failures.push(error);
      return ended;
    };
    const { respond, state } = deliveryWith([reply], { fail });
    const response = await respond();
    const copy = response.clone();
    const broken = new TypeError('network error');
    const failing = [rejectionOf(response.arrayBuffer()), rejectionOf(copy.text())];
    sent.fail(broken);
    expect(await Promise.all(failing)).to.deep.equal([ended, ended]);
    expect(failures).to.deep.equal([broken]);
    expect(state.completions).to.equal(0);
  });

  it('rejects with that error also where the browser has its own for a body that breaks, as Chromium does', async () => {
    const { arrayBuffer } = Response.prototype;
    Response.prototype.arrayBuffer = function read(this: Response) {
      return arrayBuffer.call(this).catch(() => Promise.reject(new TypeError('Failed to fetch')));
    };
    try {
      const { sent, reply } = pushed();
      const { respond } = deliveryWith([reply]);
      const failing = rejectionOf((await respond()).arrayBuffer());
      const broken = new TypeError('network error');
      sent.fail(broken);
      expect(await failing).to.equal(broken);
    } finally {
      Response.prototype.arrayBuffer = arrayBuffer;
    }
  });

  it('fails with the reason of an abort while its reader waits', async () => {
    const { reply } = pushed();
    const { respond, controller, failures } = deliveryWith([reply]);
    const failing = rejectionOf((await respond()).text());
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await failing).to.equal(reason);
    expect(failures).to.deep.equal([reason]);
  });

  it('passes on why its reader stops, and reads no more', async () => {
    const { reply } = pushed();
    const { respond, state, cancelled, failures } = deliveryWith([reply]);
    const reason = new Error('not needed');
    await (await respond()).body?.cancel(reason);
    expect([cancelled, failures, state.reads]).to.deep.equal([[reason], [], 0]);
  });

  describe('of a file that is requested before its reader', () => {
    const early = { isEarly: true };

    it('stores the bytes that arrive, and delivers them', async () => {
      const { sent, reply } = pushed();
      const { respond, reports, state } = deliveryWith([reply], early);
      const response = await respond();
      sent.push(bytesOfText(0, 6));
      await until(() => reports.last?.loaded === 6);
      expect(reports.last).to.include({ phase: 'receiving', stored: 0 });
      expect(state.reads).to.equal(0);
      sent.push(bytesOfText(6));
      sent.end();
      expect(await response.text()).to.equal(TEXT);
      expect(state.completions).to.equal(1);
    });

    it('counts its reader as idle once all bytes have arrived', async () => {
      const { respond, reports, reader, clock, state } = deliveryWith([whole()], early);
      await respond();
      expect(reader.isReading).to.equal(true);
      await until(() => reports.last?.loaded === 10 && !reader.isReading);
      clock.advance(1_000);
      expect(state.idle).to.equal(1);
    });

    it('does not count its reader as idle that waits for another connection', async () => {
      const { sent, reply } = pushed();
      const { respond, reports, reader, clock, state } = deliveryWith([reply], early, () => new Promise(() => undefined));
      void (await respond()).text();
      sent.fail(new TypeError('network error'));
      await until(() => reports.last?.phase === 'waiting');
      await settle();
      expect([state.reads, reader.isReading]).to.deep.equal([1, true]);
      clock.advance(5_000);
      expect(state.idle).to.equal(0);
    });

    it('stores nothing, and expects no reader, once the download has ended', async () => {
      const { sent, reply } = pushed();
      const { respond, reports, reader, state } = deliveryWith([reply], early);
      await respond();
      state.hasEnded = true;
      sent.push(bytesOfText(0, 6));
      sent.end();
      await settle();
      expect(reports.all).to.deep.equal([]);
      expect(reader.isReading).to.equal(true);
    });

    it('is the only one whose bytes are read ahead', async () => {
      const { respond, reports, reader } = deliveryWith([whole()]);
      await respond();
      await settle();
      expect(reports.all).to.deep.equal([]);
      expect(reader.isReading).to.equal(true);
    });
  });

  describe('of a copy of the response that the caller reads itself', () => {
    /** Reads a copy as soon as the test resolves it. */
    async function copyWith(replies: readonly Reply[], options: Partial<DeliveryOptions> = {}) {
      const given = deliveryWith(replies, options);
      const connection = await given.body.start();
      return {
        ...given,
        connection,
        read: (parts: Partial<Connection> = {}) => given.delivery.readCopy(Promise.resolve({ ...connection, ...parts })),
      };
    }

    it('resolves with the bytes of a response that is on this device, and reads none of it', async () => {
      for (const untouched of [10, 0]) {
        const { read, state, reports } = await copyWith([whole()]);
        expect(await read({ untouched })).to.equal(untouched);
        expect([state.reads, reports.all]).to.deep.equal([0, []]);
      }
    });

    it('reads another response to its end, and stores it for a second request', async () => {
      const { sent, reply } = pushed();
      const { read, body, state, reports, partial, store, url } = await copyWith([reply]);
      const reading = read();
      sent.push(bytesOfText(0, 4));
      await until(() => reports.last?.loaded === 4);
      expect(body.isComplete).to.equal(false);
      await partial.flush();
      expect(await store.find(url)).to.include({ length: 4 });
      sent.push(bytesOfText(4));
      sent.end();
      expect(await reading).to.equal(undefined);
      expect(body.isComplete).to.equal(true);
      expect(reports.last).to.include({ phase: 'done', loaded: 10 });
      expect([state.completions, state.reads], 'its owner ends it').to.deep.equal([0, 2]);
    });

    it('waits for the copy before it reads', async () => {
      const { delivery, connection, state } = await copyWith([whole()]);
      const { promise, resolve } = deferred<Connection>();
      const reading = delivery.readCopy(promise);
      await settle();
      expect(state.reads).to.equal(0);
      resolve(connection);
      expect(await reading).to.equal(undefined);
      expect(state.reads).to.equal(1);
    });

    it('reads no more once the download has ended', async () => {
      const { sent, reply } = pushed();
      const { read, body, state, reports, clock } = await copyWith([reply]);
      const reading = read();
      sent.push(bytesOfText(0, 4));
      await until(() => state.reads === 2);
      state.hasEnded = true;
      sent.push(bytesOfText(4, 6));
      await settle();
      clock.advance(100);
      await until(() => reports.last?.loaded === 6);
      await settle();
      expect([state.reads, body.isComplete]).to.deep.equal([2, false]);
      expect(await reading).to.equal(undefined);
    });

    it('reads nothing of a download that has ended before the copy was there', async () => {
      const { read, state } = await copyWith([whole()]);
      state.hasEnded = true;
      expect(await read()).to.equal(undefined);
      expect(state.reads).to.equal(0);
    });

    it('rejects with what ends the response for both of its readers, which its owner handles', async () => {
      const { sent, reply } = pushed();
      const { read, failures } = await copyWith([reply]);
      const broken = new TypeError('network error');
      sent.push(bytesOfText(0, 4));
      const failing = rejectionOf(read());
      sent.fail(broken);
      expect(await failing).to.equal(broken);
      const { delivery, state } = await copyWith([whole()]);
      expect(await rejectionOf(delivery.readCopy(Promise.reject(broken)))).to.equal(broken);
      expect([failures, state.reads]).to.deep.equal([[], 0]);
    });
  });
});
