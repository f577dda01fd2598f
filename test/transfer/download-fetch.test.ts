import { expect } from 'chai';
import { createDownloadFetch, MemoryPartialStore, type DownloadFetchOptions, type FileProgressReport } from 'model-download/transfer';
import { cut, refused, sha256Of, TEXT, whole, type Reply } from '../support/body-parts.js';
import { FakeClock, settle } from '../support/fake-clock.js';
import { rejectionOf } from '../support/rejection-of.js';
import { answer, newUrl, PushedBody } from '../support/transfer-parts.js';
import { until } from '../support/until.js';

let namespaces = 0;

function fetchWith(replies: readonly Reply[], options: DownloadFetchOptions = {}) {
  const requests: { input: RequestInfo | URL; init: RequestInit | undefined }[] = [];
  const clock = new FakeClock();
  const store = new MemoryPartialStore();
  const downloadFetch = createDownloadFetch({
    clock,
    store,
    namespace: `fetch-${++namespaces}`,
    lookUp: () => Promise.resolve(undefined),
    recover: () => Promise.reject(new Error('no more attempts')),
    fetch: (input, init) => {
      const reply = replies[requests.length];
      requests.push({ input, init });
      return reply ? Promise.resolve(reply(init ?? {})) : Promise.reject(new TypeError('Failed to fetch'));
    },
    ...options,
  });
  return { downloadFetch, requests, clock, store, url: newUrl() };
}

const pending: Reply = () => answer(new PushedBody().stream, { headers: { 'Content-Length': '10', ETag: '"a"' } });

describe('createDownloadFetch', () => {
  it('rejects wrong options', () => {
    for (const name of ['segmentSize', 'stallTimeout']) {
      for (const value of [0, -1, NaN]) {
        const message = `${name} must be a number from 1 up, got ${value}`;
        expect(() => createDownloadFetch({ [name]: value })).to.throw(RangeError, message);
      }
      expect(() => createDownloadFetch({ [name]: '5' })).to.throw(TypeError, `${name} must be a number from 1 up, got "5"`);
    }
    const unknown = { verify: 'x' as unknown as 'always' };
    expect(() => createDownloadFetch(unknown)).to.throw(RangeError, 'verify must be one of always, spliced, never, got "x"');
  });

  it('downloads files, and reports their progress', async () => {
    const reports: [string, FileProgressReport][] = [];
    const { downloadFetch, url } = fetchWith([whole()], { onProgress: (file, report) => reports.push([file, report]) });
    expect(await (await downloadFetch(url)).text()).to.equal(TEXT);
    expect(reports.at(-1)).to.deep.equal([url, { phase: 'done', loaded: 10, stored: 0, total: 10, totalIsExact: true }]);
  });

  it('passes other requests unchanged', async () => {
    const { downloadFetch, requests, url } = fetchWith([(): Response => answer('posted')]);
    const init = { method: 'POST', body: 'text' };
    const response = await downloadFetch(url, init);
    expect(await response.text()).to.equal('posted');
    expect(requests).to.have.lengthOf(1);
    expect(requests[0]).to.deep.equal({ input: url, init });
    expect(downloadFetch.isActive).to.equal(false);
  });

  it('aborts by the signal of the call, and by that of a Request unless the call has null', async () => {
    const { downloadFetch, url } = fetchWith([whole(), whole()]);
    const signal = AbortSignal.abort(new Error('enough'));
    expect(await rejectionOf(downloadFetch(url, { signal }))).to.equal(signal.reason);
    expect(await rejectionOf(downloadFetch(new Request(url, { signal })))).not.to.equal(undefined);
    expect(await (await downloadFetch(new Request(url, { signal }), { signal: null })).text()).to.equal(TEXT);
  });

  it('aborts everything by its own signal, and by abort(), with an AbortError by default', async () => {
    const controller = new AbortController();
    const first = fetchWith([pending], { signal: controller.signal });
    const failing = rejectionOf((await first.downloadFetch(first.url)).text());
    controller.abort(new Error('enough'));
    expect(await failing).to.equal(controller.signal.reason);
    const second = fetchWith([pending, pending]);
    const ending = rejectionOf((await second.downloadFetch(second.url)).text());
    expect(second.downloadFetch.isActive).to.equal(true);
    second.downloadFetch.abort();
    expect(await ending).to.include({ name: 'AbortError', message: 'The download was aborted.' });
    expect(second.downloadFetch.isActive).to.equal(false);
    const reason = new Error('of the page');
    const last = rejectionOf((await second.downloadFetch(second.url)).text());
    second.downloadFetch.abort(reason);
    expect(await last).to.equal(reason);
  });

  it('pauses and resumes', async () => {
    const { downloadFetch, requests, url } = fetchWith([whole()]);
    downloadFetch.pause();
    const opening = downloadFetch(url);
    for (let turn = 0; turn < 5; turn++) await settle();
    expect(requests).to.deep.equal([]);
    expect(downloadFetch.isActive).to.equal(true);
    downloadFetch.resume();
    expect(await (await opening).text()).to.equal(TEXT);
  });

  it('follows another call for the same file', async () => {
    const { downloadFetch, url } = fetchWith([pending]);
    await downloadFetch(url);
    expect(downloadFetch.isFollowing).to.equal(false);
    const following = rejectionOf(downloadFetch(url));
    await until(() => downloadFetch.isFollowing);
    downloadFetch.abort();
    await following;
  });

  it('reports failures, and passes error statuses to callers that continue without the file', async () => {
    const failures: [unknown, string][] = [];
    const { downloadFetch, url } = fetchWith([refused(503), refused(503)], {
      onFailure: (cause, file) => failures.push([cause, file]),
      passesErrors: (file) => file.endsWith('?optional'),
    });
    const failure = await rejectionOf(downloadFetch(url));
    expect(failures).to.deep.equal([[failure, url]]);
    expect((await downloadFetch(`${url}?optional`)).status).to.equal(503);
  });

  it('compares a body with the hash by default, and not where nothing is to be verified', async () => {
    const known = { size: 10, sha256: await sha256Of('another') };
    const lookUp = (): Promise<typeof known> => Promise.resolve(known);
    const strict = fetchWith([whole()], { lookUp });
    expect(await rejectionOf((await strict.downloadFetch(strict.url)).text())).to.include({ code: 'corrupt' });
    for (const verify of ['never', 'spliced'] as const) {
      const lenient = fetchWith([whole()], { lookUp, verify });
      expect(await (await lenient.downloadFetch(lenient.url)).text(), verify).to.equal(TEXT);
    }
  });

  it('reports once that bytes cannot be stored', async () => {
    const causes: unknown[] = [];
    const error = new DOMException('no room', 'QuotaExceededError');
    const store = Object.assign(new MemoryPartialStore(), { append: () => Promise.reject(error) });
    const { downloadFetch, url } = fetchWith([cut(4), cut(4)], { store, onFull: (cause) => causes.push(cause) });
    for (const file of [url, `${url}2`]) await rejectionOf((await downloadFetch(file)).text());
    await until(() => causes.length > 0);
    expect(causes).to.deep.equal([error]);
  });

  it('reports it once also if the report throws', async () => {
    let reports = 0;
    const store = Object.assign(new MemoryPartialStore(), { append: () => Promise.reject(new DOMException('', 'QuotaExceededError')) });
    const onFull = (): never => {
      reports += 1;
      throw new Error('of the page');
    };
    const { downloadFetch, url, clock } = fetchWith([cut(4), cut(4)], { store, onFull });
    for (const file of [url, `${url}2`]) await rejectionOf((await downloadFetch(file)).text());
    await until(() => reports > 0);
    expect(() => clock.advance(0)).to.throw('of the page');
    expect(reports).to.equal(1);
  });

  it('stores a body with segments that can have any size', async () => {
    for (const segmentSize of [1.5, Infinity]) {
      const { downloadFetch, url, store } = fetchWith([cut(4)], { segmentSize });
      await rejectionOf((await downloadFetch(url)).text());
      await until(async () => (await store.find(url))?.length === 4);
    }
  });

  it('deletes stored bytes on request', async () => {
    const { downloadFetch, url, store } = fetchWith([cut(4)]);
    const response = await downloadFetch(url);
    await downloadFetch.discard();
    await rejectionOf(response.text());
    for (let turn = 0; turn < 5; turn++) await settle();
    expect(await store.find(url)).to.equal(undefined);
  });

  it('closes a connection that is silent for as long as the stall timeout', async () => {
    const { downloadFetch, url, clock, requests } = fetchWith([(): Promise<Response> => new Promise(() => undefined)], {
      stallTimeout: 2_000,
    });
    const failing = rejectionOf(downloadFetch(url));
    await until(() => requests.length === 1);
    await clock.advanceAsync(1_900, 100);
    expect(downloadFetch.isActive).to.equal(true);
    await clock.advanceAsync(200, 100);
    expect(await failing).to.have.property('message', 'no more attempts');
  });
});
