import { expect } from 'chai';
import { createSource, type SourceOwner } from '#dist/transfer/create-source.js';
import { FileBody } from '#dist/transfer/file-body.js';
import type { FileDownloadContext } from '#dist/transfer/file-download-context.js';
import { bodyWith, refused, TEXT, whole, type Reply } from '../support/body-parts.js';
import { settle, type FakeClock } from '../support/fake-clock.js';
import { rejectionOf } from '../support/rejection-of.js';
import { answer, flat, PushedBody } from '../support/transfer-parts.js';

const no = (): Promise<boolean> => Promise.resolve(false);
const yes = (): Promise<boolean> => Promise.resolve(true);

/** The timeout of the context, in ms. */
const LIMIT = 30_000;

interface Given {
  readonly owner?: Partial<SourceOwner>;
  readonly context?: Partial<FileDownloadContext>;
}

/** A source of a file, and a body that reads from it. */
function sourceWith(replies: readonly Reply[], { owner = {}, context = {} }: Given = {}) {
  const parts = bodyWith(replies);
  let body: FileBody | undefined;
  const { request, controller } = parts;
  const given = { ...parts.context, ...context };
  const source = createSource(request, given, { signal: controller.signal, signals: [], body: () => body, ...owner });
  const createBody = (): FileBody =>
    (body = new FileBody({
      ...parts.parts,
      context: given,
      source,
      acquire: no,
      recover: (cause) => Promise.reject(cause),
      onProgress: () => undefined,
    }));
  return { ...parts, source, createBody };
}

/** After how many ms, in whole timeouts, a promise rejects, and with what; at most eleven. */
async function rejectionAfter(promise: Promise<unknown>, clock: FakeClock) {
  let cause: unknown;
  void promise.catch((error: unknown) => (cause = error));
  const start = clock.now();
  await settle();
  for (let timeout = 0; timeout < 11 && cause === undefined; timeout++) await clock.advanceAsync(LIMIT, LIMIT / 4);
  return { after: clock.now() - start, cause };
}

const silent: Reply = () => new Promise(() => undefined);
/** A response of which no byte arrives. */
const silentBody =
  (headers: Record<string, string> = { ETag: '"a"' }): Reply =>
  () =>
    answer(new PushedBody().stream, { headers: { 'Content-Length': '10', ...headers } });

describe('createSource', () => {
  it('passes WebAssembly that has arrived on unchanged, unless an early request has no reader that repeats it', async () => {
    const code: Reply = () => answer(TEXT, { headers: { 'Content-Length': '10', 'Content-Type': 'application/wasm' } });
    for (const [owner, expected] of [
      [{}, 10],
      [{ isEarly: true }, undefined],
    ] as const) {
      const { source } = sourceWith([code], { owner });
      expect((await source.open(yes)).untouched).to.equal(expected);
    }
    const { source } = sourceWith([code], { owner: { isEarly: true, isRepeated: true } });
    expect((await source.open(yes)).copy).to.be.instanceOf(Promise);
  });

  it('reads the file of the request', async () => {
    const { source, requests } = sourceWith([whole()]);
    expect(await source.open(no)).to.include({ isRange: false, end: 10 });
    expect(flat(await source.read())).to.deep.equal([...new TextEncoder().encode(TEXT)]);
    expect(requests).to.have.lengthOf(1);
  });

  it('opens no connection while the downloads are paused, and none after an abort', async () => {
    const { source, gate, controller, requests } = sourceWith([whole()]);
    gate.close();
    expect(await rejectionOf(source.open(no))).to.include({ code: 'aborted' });
    gate.open();
    controller.abort(new Error('enough'));
    expect(await rejectionOf(source.open(no))).to.equal(controller.signal.reason);
    expect(requests).to.deep.equal([]);
  });

  it('obeys the signals of the page and the caller', () => {
    const page = new AbortController();
    const { source, requests } = sourceWith([silent], { owner: { signals: [null, page.signal] } });
    void rejectionOf(source.open(no));
    expect(requests[0]?.signal?.aborted).to.equal(false);
    page.abort();
    expect(requests[0]?.signal?.aborted).to.equal(true);
  });

  describe('ends the wait for a response', () => {
    it('after the timeout', async () => {
      const { source, clock } = sourceWith([silent]);
      const { after, cause } = await rejectionAfter(source.open(no), clock);
      expect(after).to.equal(LIMIT);
      expect(cause).to.include({ code: 'timeout' });
    });

    it('after the timeout of its context', async () => {
      const { source, clock } = sourceWith([silent], { context: { stallTimeout: 2 * LIMIT } });
      expect((await rejectionAfter(source.open(no), clock)).after).to.equal(2 * LIMIT);
    });

    it('after the timeout if only the user could continue the download', async () => {
      const { source, clock } = sourceWith([silent], { context: { canRecover: (isAlone = false) => !isAlone } });
      expect((await rejectionAfter(source.open(no), clock)).after).to.equal(LIMIT);
    });

    it('after ten times the timeout if the download would end with it', async () => {
      const { source, clock } = sourceWith([silent], { context: { canRecover: () => false } });
      expect((await rejectionAfter(source.open(no), clock)).after).to.equal(10 * LIMIT);
    });

    it('after ten times the timeout for an early request, which is not repeated, with or without a body', async () => {
      for (const hasBody of [false, true]) {
        const { source, createBody, clock } = sourceWith([silent], { owner: { isEarly: true } });
        if (hasBody) createBody();
        expect((await rejectionAfter(source.open(no), clock)).after).to.equal(10 * LIMIT);
      }
    });
  });

  describe('ends the wait for a byte', () => {
    it('after the timeout if another connection could continue the body', async () => {
      const { source, createBody, clock } = sourceWith([silentBody()]);
      await createBody().start();
      const { after, cause } = await rejectionAfter(source.read(), clock);
      expect(after).to.equal(LIMIT);
      expect(cause).to.include({ code: 'timeout' });
    });

    it('after the timeout while there is no body', async () => {
      const { source, clock } = sourceWith([silentBody({})]);
      await source.open(no);
      expect((await rejectionAfter(source.read(), clock)).after).to.equal(LIMIT);
    });

    it('after ten times the timeout if no other connection could continue the body', async () => {
      const { source, createBody, clock } = sourceWith([silentBody({})]);
      await createBody().start();
      expect((await rejectionAfter(source.read(), clock)).after).to.equal(10 * LIMIT);
    });

    it('after the timeout for an early request that has a response', async () => {
      const { source, createBody, clock } = sourceWith([silentBody()], { owner: { isEarly: true } });
      await createBody().start();
      expect((await rejectionAfter(source.read(), clock)).after).to.equal(LIMIT);
    });

    it('after ten times the timeout for one that has a response and would end with it', async () => {
      const given = { owner: { isEarly: true }, context: { canRecover: () => false } };
      const { source, createBody, clock } = sourceWith([silentBody()], given);
      await createBody().start();
      expect((await rejectionAfter(source.read(), clock)).after).to.equal(10 * LIMIT);
    });
  });

  it('requests the whole file at once after a refused range if only the user could continue the download', async () => {
    const version = { total: 10, validator: '"a"' };
    for (const [canRecover, ranges] of [
      [(isAlone = false) => !isAlone, ['bytes=4-', null]],
      [() => true, ['bytes=4-']],
    ] as const) {
      const { source, requests } = sourceWith([refused(503), whole()], { context: { canRecover } });
      await rejectionOf(source.continueAt(4, { version, mayRange: true }));
      expect(requests.map(({ range }) => range)).to.deep.equal(ranges);
      source.close();
    }
  });

  it('returns a response with code to a reader that repeats its request, and reads a copy', async () => {
    const code = whole({ 'Content-Type': 'application/wasm' });
    const repeated = sourceWith([code], { owner: { isRepeated: true } });
    const connection = await repeated.source.open(yes);
    expect(connection.untouched).to.equal(undefined);
    expect(await connection.copy).to.include({ untouched: 10 });
    expect(await connection.response.text()).to.equal(TEXT);
    const other = await sourceWith([code]).source.open(yes);
    expect(other).to.include({ untouched: 10 });
    expect(other.copy).to.equal(undefined);
  });
});
