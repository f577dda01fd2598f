import { expect } from 'chai';
import { DownloadFailure } from 'model-download/core';
import { FileDownload } from '#dist/transfer/file-download.js';
import {
  contextWith,
  cut,
  part,
  Recoveries,
  refused,
  Reports,
  sha256Of,
  storeBeginning,
  TEXT,
  whole,
  type BodySettings,
  type Reply,
} from '../support/body-parts.js';
import { settle } from '../support/fake-clock.js';
import { deferred } from '../support/deferred.js';
import { rejectionOf } from '../support/rejection-of.js';
import { answer, PushedBody } from '../support/transfer-parts.js';
import { until } from '../support/until.js';

function downloadWith(replies: readonly Reply[], settings: BodySettings = {}, signals: readonly (AbortSignal | null | undefined)[] = []) {
  const { recover, causes: recovered } = new Recoveries();
  const given = contextWith(replies, { recover, ...settings });
  const reports = new Reports();
  const failures: unknown[] = [];
  const ends = { count: 0 };
  const listener = {
    onProgress: reports.add,
    onEnd: () => void (ends.count += 1),
    onFailure: (cause: unknown) => void failures.push(cause),
  };
  const create = (): FileDownload => new FileDownload(given.request, given.context, { listener, signals });
  return { ...given, create, download: create(), reports, failures, ends, recovered };
}

const wasm = { 'Content-Type': 'application/wasm' };

describe('FileDownload', () => {
  it('answers with the file, and ends with its last byte', async () => {
    const { download, reports, ends, failures, clock, url } = downloadWith([whole()]);
    expect(download.url).to.equal(url);
    const response = await download.open();
    expect(response).to.include({ status: 200 });
    expect(response.headers.get('Content-Length')).to.equal('10');
    expect(ends.count).to.equal(0);
    expect(await response.text()).to.equal(TEXT);
    expect(ends.count).to.equal(1);
    expect(failures).to.deep.equal([]);
    expect(reports.all.map(({ phase }) => phase)).to.deep.equal(['waiting', 'done']);
    await until(() => clock.pending === 0);
  });

  it('deletes the stored bytes of a file that was read', async () => {
    const { download, store, url } = downloadWith([part(4)]);
    await storeBeginning(store, url, '0123');
    expect(await (await download.open()).text()).to.equal(TEXT);
    await until(async () => (await store.find(url)) === undefined);
  });

  it('leaves the stored bytes to a caller that stores whole files itself', async () => {
    const { download, store, url } = downloadWith([part(4)], { readWhole: () => Promise.resolve(undefined) });
    await storeBeginning(store, url, '0123');
    expect(await (await download.open()).text()).to.equal(TEXT);
    await settle();
    expect(await store.find(url)).not.to.equal(undefined);
  });

  it('opens again after a temporary failure', async () => {
    const { download, recovered, reports } = downloadWith([refused(503), whole()]);
    expect(await (await download.open()).text()).to.equal(TEXT);
    expect(recovered).to.have.lengthOf(1);
    expect(recovered[0]).to.include({ httpStatus: 503 });
    expect(reports.all.map(({ phase }) => phase)).to.deep.equal(['waiting', 'waiting', 'done']);
  });

  it('cancels the response of a temporary failure', async () => {
    const body = new PushedBody();
    const { download } = downloadWith([() => answer(body.stream, { status: 503 }), whole()]);
    await (await download.open()).text();
    expect(body.cancelled).not.to.equal(undefined);
  });

  it('passes a permanent status to the caller', async () => {
    const { download, reports, ends, failures, clock } = downloadWith([refused(404)]);
    const response = await download.open();
    expect(response.status).to.equal(404);
    expect(await response.text()).to.equal('No');
    expect(reports.last).to.deep.equal({ phase: 'absent', loaded: 0, stored: 0, total: undefined, totalIsExact: false });
    expect(ends.count).to.equal(1);
    expect(failures).to.deep.equal([]);
    await until(() => clock.pending === 0);
  });

  it('passes a temporary status to a caller that continues without the file', async () => {
    const { download, recovered } = downloadWith([refused(503)], { passesErrors: () => true });
    expect((await download.open()).status).to.equal(503);
    expect(recovered).to.deep.equal([]);
  });

  it('rejects with the failure that recover rejects with, and reports it', async () => {
    const error = new Error('no more attempts');
    const { download, ends, failures } = downloadWith([refused(503)], { recover: () => Promise.reject(error) });
    expect(await rejectionOf(download.open())).to.equal(error);
    expect(failures).to.deep.equal([error]);
    expect(ends.count).to.equal(1);
  });

  it('ends a body that fails with the failure, which every method of the response rejects with', async () => {
    const known = { size: 10, sha256: await sha256Of('another') };
    const { download, failures, ends } = downloadWith([whole()], { known });
    const failure = await rejectionOf((await download.open()).arrayBuffer());
    expect(failure).to.be.instanceOf(DownloadFailure);
    expect(failure).to.include({ code: 'corrupt' });
    expect(failures).to.deep.equal([failure]);
    expect(ends.count).to.equal(1);
  });

  it('ends when one of the signals aborts, and reports no failure', async () => {
    const controller = new AbortController();
    const { download, ends, failures, requests, clock } = downloadWith([() => answer(new PushedBody().stream)], {}, [
      null,
      controller.signal,
    ]);
    const response = await download.open();
    const failing = rejectionOf(response.text());
    controller.abort(new Error('enough'));
    expect(await failing).to.equal(controller.signal.reason);
    expect(ends.count).to.equal(1);
    expect(failures).to.deep.equal([]);
    expect(requests[0]?.signal?.aborted).to.equal(true);
    await until(() => clock.pending === 0);
  });

  it('has ended from the start where a signal has aborted before', async () => {
    const signal = AbortSignal.abort(new Error('before'));
    const { download, requests } = downloadWith([whole()], {}, [signal]);
    expect(await rejectionOf(download.open())).to.equal(signal.reason);
    expect(requests).to.deep.equal([]);
  });

  it('stores the bytes that have arrived when it is aborted', async () => {
    const body = new PushedBody();
    const { download, store, url } = downloadWith([() => answer(body.stream, { headers: { 'Content-Length': '10', ETag: '"a"' } })]);
    const reader = (await download.open()).body?.getReader();
    body.push(new TextEncoder().encode('0123'));
    await reader?.read();
    body.push(new TextEncoder().encode('45'));
    await settle();
    const failing = rejectionOf(reader?.read() ?? Promise.resolve());
    download.abort(new Error('enough'));
    expect(await failing).to.have.property('message', 'enough');
    await until(async () => (await store.find(url))?.length === 6);
  });

  it('ends when the reader cancels the body', async () => {
    const { download, ends, requests } = downloadWith([() => answer(new PushedBody().stream)]);
    await (await download.open()).body?.cancel('enough');
    expect(ends.count).to.equal(1);
    expect(requests[0]?.signal?.aborted).to.equal(true);
  });

  it('closes its connection for a pause, and continues after it', async () => {
    const body = new PushedBody();
    const { download, gate, requests, recovered } = downloadWith([
      () => answer(body.stream, { headers: { 'Content-Length': '10', ETag: '"a"' } }),
      part(4),
    ]);
    const reader = (await download.open()).body?.getReader();
    body.push(new TextEncoder().encode('0123'));
    await reader?.read();
    gate.close();
    download.pause();
    expect(requests[0]?.signal?.aborted).to.equal(true);
    const reading = reader?.read();
    await settle();
    expect(requests).to.have.lengthOf(1);
    gate.open();
    expect(new TextDecoder().decode((await reading)?.value)).to.equal('456789');
    expect(recovered).to.deep.equal([]);
  });

  it('leaves a connection open during a pause that no other could continue', async () => {
    const body = new PushedBody();
    const { download, requests } = downloadWith([() => answer(body.stream, { headers: { 'Content-Length': '10' } })]);
    const response = await download.open();
    download.pause();
    expect(requests[0]?.signal?.aborted).to.equal(false);
    await response.body?.cancel();
  });

  it('makes no request while paused, and none more for the pause', async () => {
    const { download, gate, requests, recovered, reports } = downloadWith([whole()]);
    gate.close();
    const opening = download.open();
    for (let turn = 0; turn < 5; turn++) await settle();
    expect(requests).to.deep.equal([]);
    expect(reports.last).to.include({ phase: 'waiting' });
    gate.open();
    expect(await (await opening).text()).to.equal(TEXT);
    expect(recovered).to.deep.equal([]);
  });

  it('gives a response with code away as it is, and ends', async () => {
    const { download, reports, ends, requests } = downloadWith([whole(wasm)]);
    const response = await download.open();
    expect(response.type).to.equal('basic');
    expect(await response.text()).to.equal(TEXT);
    expect(reports.last).to.deep.equal({ phase: 'done', loaded: 10, stored: 10, total: 10, totalIsExact: true });
    expect(ends.count).to.equal(1);
    expect(requests[0]?.signal?.aborted).to.equal(false);
  });

  it('waits for another download of the file, and reads what that has stored for the caller', async () => {
    const own = new Response(TEXT, { headers: { 'Content-Length': '10' } });
    const { download, create, requests, reports, ends } = downloadWith([whole()], { readWhole: () => Promise.resolve(own) });
    const first = await download.open();
    const next = create();
    const opening = next.open();
    await until(() => next.isFollowing);
    expect(download.isFollowing).to.equal(false);
    await first.text();
    expect(await opening).to.equal(own);
    expect(reports.last).to.deep.equal({ phase: 'done', loaded: 10, stored: 10, total: 10, totalIsExact: true });
    expect(next.isFollowing).to.equal(false);
    expect(requests).to.have.lengthOf(1);
    expect(ends.count).to.equal(2);
  });

  it('reports the progress of the other download while it waits', async () => {
    const body = new PushedBody();
    const { download, create, reports, clock } = downloadWith([
      () => answer(body.stream, { headers: { 'Content-Length': '10', ETag: '"a"' } }),
      whole(),
    ]);
    const reader = (await download.open()).body?.getReader();
    const next = create();
    const opening = rejectionOf(next.open());
    await until(() => next.isFollowing);
    // Progress is published four times a second.
    clock.advance(250);
    body.push(new TextEncoder().encode('0123'));
    await reader?.read();
    expect(reports.all.filter(({ phase }) => phase === 'receiving')).to.deep.equal([
      { phase: 'receiving', loaded: 4, stored: 0, total: 10, totalIsExact: false },
      { phase: 'receiving', loaded: 4, stored: 0, total: 10, totalIsExact: true },
    ]);
    next.abort(new Error('enough'));
    await opening;
    download.abort(new Error('enough'));
  });

  it('releases the file to others while its body is not read', async () => {
    const { download, create, clock } = downloadWith([whole(), whole()]);
    const first = await download.open();
    const next = create();
    const opening = next.open();
    await until(() => next.isFollowing);
    await clock.advanceAsync(1_100);
    expect(await (await opening).text()).to.equal(TEXT);
    expect(await first.text()).to.equal(TEXT);
  });

  it('releases the file to others while it waits for another attempt', async () => {
    let resume: () => void = () => undefined;
    let isWaiting = false;
    const recover = (): Promise<void> => {
      isWaiting = true;
      return new Promise((resolve) => (resume = resolve));
    };
    const { download, create } = downloadWith([refused(503), whole(), whole()], { recover });
    const opening = download.open();
    await until(() => isWaiting);
    const next = create();
    expect(await (await next.open()).text()).to.equal(TEXT);
    resume();
    expect(await (await opening).text()).to.equal(TEXT);
  });

  it('deletes the stored bytes on request, and stores no more', async () => {
    const { download, store, url } = downloadWith([cut(4)], { recover: () => Promise.reject(new Error('no')) });
    await download.discard();
    const response = await download.open();
    await download.discard();
    await rejectionOf(response.text());
    for (let turn = 0; turn < 5; turn++) await settle();
    expect(await store.find(url)).to.equal(undefined);
  });
});

describe('FileDownload of a file that is requested early', () => {
  function earlyWith(replies: readonly Reply[], settings: BodySettings = {}) {
    const given = downloadWith(replies, settings);
    const listener = {
      onProgress: given.reports.add,
      onEnd: () => undefined,
      onFailure: (cause: unknown) => void given.failures.push(cause),
    };
    const early = new FileDownload(given.request, given.context, { listener, signals: [], isEarly: true });
    return { ...given, early, loaded: () => given.reports.all.at(-1)?.loaded };
  }

  const bytesOfText = (start: number, end?: number): Uint8Array<ArrayBuffer> => new TextEncoder().encode(TEXT.slice(start, end));
  const headers = { 'Content-Length': '10', ETag: '"a"' };

  it('receives and stores its bytes before they are read, and continues for the reader', async () => {
    const body = new PushedBody();
    const { early, loaded, requests, reports } = earlyWith([() => answer(body.stream, { headers })]);
    const response = await early.open();
    body.push(bytesOfText(0, 6));
    await until(() => loaded() === 6);
    expect(reports.all.at(-1)).to.include({ phase: 'receiving', stored: 0, total: 10 });
    const text = response.text();
    body.push(bytesOfText(6));
    body.end();
    expect(await text).to.equal(TEXT);
    expect(reports.all.at(-1)).to.include({ phase: 'done', loaded: 10, stored: 0 });
    expect(requests).to.have.lengthOf(1);
  });

  it('counts the stored bytes of an earlier visit before they are read', async () => {
    const body = new PushedBody();
    const init = { status: 206, headers: { 'Content-Range': 'bytes 4-9/10', ETag: '"a"' } };
    const { early, loaded, reports, store, url } = earlyWith([() => answer(body.stream, init)]);
    await storeBeginning(store, url, '0123');
    const opening = early.open();
    body.push(bytesOfText(4, 5));
    const response = await opening;
    await until(() => loaded() === 5);
    expect(reports.all.slice(-2)).to.deep.equal([
      { phase: 'waiting', loaded: 4, stored: 4, total: 10, totalIsExact: true },
      { phase: 'receiving', loaded: 5, stored: 4, total: 10, totalIsExact: true },
    ]);
    body.push(bytesOfText(5));
    body.end();
    expect(await response.text()).to.equal(TEXT);
    expect(reports.all.at(-1)).to.include({ phase: 'done', loaded: 10, stored: 4 });
    const counts = reports.all.map(({ loaded: count }) => count);
    expect(counts).to.deep.equal([...counts].sort((a, b) => a - b));
  });

  it('delivers a body without a length that has ended before it is read', async () => {
    const body = new PushedBody();
    const { early, loaded, requests } = earlyWith([() => answer(body.stream, { type: 'cors', headers: { 'Content-Type': 'text/plain' } })]);
    const response = await early.open();
    body.push(bytesOfText(0));
    body.end();
    await until(() => loaded() === 10);
    expect(await response.text()).to.equal(TEXT);
    expect(requests).to.have.lengthOf(1);
  });

  it('continues for the reader behind the bytes that arrived before a connection broke', async () => {
    const body = new PushedBody();
    const { early, loaded, requests, recovered } = earlyWith([() => answer(body.stream, { headers }), part(6)]);
    const response = await early.open();
    body.push(bytesOfText(0, 6));
    await until(() => loaded() === 6);
    body.fail(new TypeError('network error'));
    await settle();
    expect(recovered).to.deep.equal([]);
    expect(await response.text()).to.equal(TEXT);
    expect(requests.map(({ range }) => range)).to.deep.equal([null, 'bytes=6-']);
    expect(recovered).to.have.lengthOf(1);
  });

  it('waits ten times the timeout for its response, since it makes no second request', async () => {
    const { promise, resolve } = deferred<Response>();
    const { early, clock, requests } = earlyWith([() => promise]);
    const opening = early.open();
    await clock.advanceAsync(290_000, 5_000);
    resolve(whole()({}) as Response);
    expect((await opening).status).to.equal(200);
    expect(requests).to.have.length(1);
    early.abort('over');
  });

  it('rejects without a retry or a report if it gets no response, and releases the file', async () => {
    const { early, download, recovered, failures } = earlyWith([refused(503), whole()]);
    expect(await rejectionOf(early.open())).to.include({ httpStatus: 503 });
    expect([recovered, failures]).to.deep.equal([[], []]);
    expect(await (await download.open()).text()).to.equal(TEXT);
  });

  it('stores what has arrived when it is stopped, so that the next request continues behind it', async () => {
    const body = new PushedBody();
    const { early, download, loaded, requests } = earlyWith([() => answer(body.stream, { headers }), part(6)]);
    await early.open();
    body.push(bytesOfText(0, 6));
    await until(() => loaded() === 6);
    early.abort(new DOMException('Not needed', 'AbortError'));
    expect(requests[0]?.signal?.aborted).to.equal(true);
    expect(await (await download.open()).text()).to.equal(TEXT);
    expect(requests.map(({ range }) => range)).to.deep.equal([null, 'bytes=6-']);
  });

  it('receives no more than the queue of its connection if its length may count compressed bytes', async () => {
    const body = new PushedBody();
    const { early, reports } = earlyWith([() => answer(body.stream, { type: 'cors', headers })]);
    const response = await early.open();
    body.push(bytesOfText(0));
    body.end();
    await settle();
    expect(reports.all.map(({ phase }) => phase)).to.deep.equal(['waiting']);
    expect(await response.text()).to.equal(TEXT);
  });

  it('leaves the file to another caller when all of it has arrived and nothing reads it', async () => {
    const { early, download, clock, loaded, requests } = earlyWith([whole(), part(9)]);
    const response = await early.open();
    await until(() => loaded() === 10);
    const other = download.open();
    await until(() => clock.pending > 0);
    clock.advance(1_500);
    expect(await (await other).text()).to.equal(TEXT);
    expect(requests.map(({ range }) => range)).to.deep.equal([null, 'bytes=9-']);
    await response.body?.cancel();
  });
});

describe('FileDownload of code whose reader repeats a broken request', () => {
  /** A server whose first response the test sends, and a download whose caller may get that response itself. */
  function sharedWith(first: Reply, more: readonly Reply[] = [], settings: BodySettings = {}) {
    const given: Response[] = [];
    const reply: Reply = async (init) => {
      const own = await first(init);
      given.push(own);
      return own;
    };
    const parts = downloadWith([reply, ...more], settings);
    const { reports, ends, failures } = parts;
    const listener = {
      onProgress: reports.add,
      onEnd: () => void (ends.count += 1),
      onFailure: (cause: unknown) => void failures.push(cause),
    };
    const shared = new FileDownload(parts.request, parts.context, { listener, signals: [], isEarly: true, isRepeated: true });
    return { ...parts, shared, given };
  }

  /** A response that arrives over time. */
  function slow() {
    const sent = new PushedBody();
    const headers = { ...wasm, 'Content-Length': '10', ETag: '"a"' };
    const push = (start: number, end?: number): void => sent.push(new TextEncoder().encode(TEXT.slice(start, end)));
    return { sent, push, reply: () => answer(sent.stream, { headers }) };
  }

  it('returns the own response of the server at once, and reads a copy of it to its end', async () => {
    const { sent, push, reply } = slow();
    const { shared, given, clock, reports, ends, failures, requests, store } = sharedWith(reply);
    const response = await shared.open();
    expect(response).to.equal(given[0]);
    push(0, 4);
    await settle();
    // For a moment the download waits for the end of a response that is on this device.
    await clock.advanceAsync(200);
    await until(() => reports.last?.loaded === 4);
    expect(reports.last).to.deep.equal({ phase: 'receiving', loaded: 4, stored: 0, total: 10, totalIsExact: false });
    expect(ends.count).to.equal(0);
    push(4);
    sent.end();
    await until(() => ends.count > 0);
    expect(reports.last).to.include({ phase: 'done', loaded: 10, stored: 0 });
    expect([ends.count, failures, requests.length]).to.deep.equal([1, [], 1]);
    expect(requests[0]?.signal?.aborted, 'the caller may read on').to.equal(false);
    expect(await response.text()).to.equal(TEXT);
    await until(async () => (await store.list()).length === 0);
  });

  it('stores nothing of a response that is on this device', async () => {
    const { shared, given, reports, ends, failures, requests, store } = sharedWith(whole(wasm));
    const response = await shared.open();
    expect(response).to.equal(given[0]);
    await until(() => ends.count > 0);
    expect(reports.last).to.deep.equal({ phase: 'done', loaded: 10, stored: 10, total: 10, totalIsExact: true });
    expect([ends.count, failures, requests[0]?.signal?.aborted]).to.deep.equal([1, [], false]);
    expect(await response.text()).to.equal(TEXT);
    expect(await store.list()).to.deep.equal([]);
  });

  it('ends with a broken connection, without a retry or a failure, and stores its bytes for the repeated request', async () => {
    const { sent, push, reply } = slow();
    const { shared, download, clock, reports, ends, failures, recovered, requests } = sharedWith(reply, [part(4)]);
    const response = await shared.open();
    push(0, 4);
    await settle();
    await clock.advanceAsync(200);
    await until(() => reports.last?.loaded === 4);
    const broken = new TypeError('network error');
    sent.fail(broken);
    expect(await rejectionOf(response.text())).to.equal(broken);
    await until(() => ends.count > 0);
    expect([ends.count, failures, recovered]).to.deep.equal([1, [], []]);
    expect(await (await download.open()).text()).to.equal(TEXT);
    expect(requests.map(({ range }) => range)).to.deep.equal([null, 'bytes=4-']);
  });

  it('is closed by a pause, after which its caller repeats the request', async () => {
    const { push, reply } = slow();
    const { shared, download, gate, clock, reports, ends, failures, requests } = sharedWith(reply, [part(4)]);
    await shared.open();
    push(0, 4);
    await settle();
    await clock.advanceAsync(200);
    await until(() => reports.last?.loaded === 4);
    gate.close();
    shared.pause();
    expect(reports.last).to.include({ phase: 'waiting', loaded: 4 });
    expect([ends.count, failures]).to.deep.equal([1, []]);
    expect(requests[0]?.signal?.aborted).to.equal(true);
    const repeated = download.open();
    await settle();
    expect(requests).to.have.lengthOf(1);
    gate.open();
    expect(await (await repeated).text()).to.equal(TEXT);
    expect(requests.map(({ range }) => range)).to.deep.equal([null, 'bytes=4-']);
  });

  it('is delivered as any other file if its hash is known, or if it contains no code', async () => {
    const known = { size: 10, sha256: await sha256Of(TEXT) };
    for (const { shared, given, requests } of [sharedWith(whole(wasm), [], { known }), sharedWith(whole())]) {
      const response = await shared.open();
      expect(given).to.have.lengthOf(1);
      expect(response).not.to.equal(given[0]);
      expect(await response.text()).to.equal(TEXT);
      expect(requests).to.have.lengthOf(1);
    }
  });
});
