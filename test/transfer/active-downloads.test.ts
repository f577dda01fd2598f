import { expect } from 'chai';
import { DownloadRecoveryManager } from 'model-download/core';
import { ActiveDownloads } from '#dist/transfer/active-downloads.js';
import type { FileProgressReport } from '#dist/transfer/file-download-context.js';
import { contextWith, cut, part, refused, TEXT, whole, type Reply } from '../support/body-parts.js';
import { settle } from '../support/fake-clock.js';
import { rejectionOf } from '../support/rejection-of.js';
import { answer, PushedBody } from '../support/transfer-parts.js';
import { until } from '../support/until.js';

function activeWith(replies: readonly Reply[], signal?: AbortSignal, onFailure?: () => void) {
  const given = contextWith(replies, { recover: () => Promise.reject(new Error('no more attempts')) });
  const reports: { url: string; report: FileProgressReport }[] = [];
  const failures: { url: string; cause: unknown }[] = [];
  const recovery = new DownloadRecoveryManager({ clock: given.clock, interactive: false });
  const calls = { cancel: 0, bytes: 0 };
  recovery.cancel = () => void (calls.cancel += 1);
  recovery.policy.recordBytes = (bytes) => void (calls.bytes = bytes);
  const active = new ActiveDownloads({
    context: given.context,
    recovery,
    signal,
    onProgress: (url, report) => reports.push({ url, report }),
    onFailure: (cause, url) => {
      failures.push({ cause, url });
      onFailure?.();
    },
  });
  return { ...given, active, reports, failures, calls };
}

const pending =
  (body = new PushedBody()): Reply =>
  () =>
    answer(body.stream, { headers: { 'Content-Length': '10', ETag: '"a"' } });

describe('ActiveDownloads', () => {
  it('is active from the start of a download to its end', async () => {
    const { active, request, url, reports, calls } = activeWith([whole()]);
    expect(active.isActive).to.equal(false);
    const opening = active.start(request, undefined);
    expect(active.isActive).to.equal(true);
    expect(active.isFollowing).to.equal(false);
    const response = await opening;
    expect(calls.cancel).to.equal(0);
    expect(await response.text()).to.equal(TEXT);
    expect(active.isActive).to.equal(false);
    expect(calls).to.deep.equal({ cancel: 1, bytes: 10 });
    expect(reports.map(({ report }) => report.phase)).to.deep.equal(['waiting', 'done']);
    expect(new Set(reports.map((one) => one.url))).to.deep.equal(new Set([url]));
  });

  it('reports why a download has failed', async () => {
    const { active, request, url, failures } = activeWith([refused(503)]);
    const failure = await rejectionOf(active.start(request, undefined));
    expect(failures).to.deep.equal([{ cause: failure, url }]);
    expect(active.isActive).to.equal(false);
  });

  it('rejects with the failure also where its listener throws, and reports that error as uncaught', async () => {
    const ofPage = new Error('of the page');
    const { active, request, failures, clock } = activeWith([refused(503)], undefined, () => {
      throw ofPage;
    });
    const failure = await rejectionOf(active.start(request, undefined));
    expect(failure).to.include({ message: 'no more attempts' });
    expect(failures[0]).to.include({ cause: failure });
    expect(() => clock.advance(0)).to.throw(ofPage.message);
    expect(active.isActive).to.equal(false);
  });

  it('starts nothing for a signal that has aborted', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    for (const [own, given] of [
      [signal, undefined],
      [undefined, signal],
    ]) {
      const { active, request, requests, calls } = activeWith([whole()], own);
      expect(await rejectionOf(active.start(request, given))).to.equal(signal.reason);
      expect(active.isActive).to.equal(false);
      expect(requests).to.deep.equal([]);
      expect(calls.cancel).to.equal(1);
    }
  });

  it('aborts every download', async () => {
    const { active, request, calls } = activeWith([pending()]);
    const failing = rejectionOf((await active.start(request, undefined)).text());
    const reason = new Error('enough');
    active.abort(reason);
    expect(await failing).to.equal(reason);
    expect(active.isActive).to.equal(false);
    expect(calls.cancel).to.equal(1);
  });

  it('pauses and resumes every download', async () => {
    const body = new PushedBody();
    const { active, request, gate, requests } = activeWith([pending(body), part(0)]);
    const response = await active.start(request, undefined);
    active.pause();
    expect(gate.isClosed).to.equal(true);
    expect(requests[0]?.signal?.aborted).to.equal(true);
    const reading = response.body?.getReader().read();
    await settle();
    expect(requests).to.have.lengthOf(1);
    active.resume();
    expect(gate.isClosed).to.equal(false);
    await settle();
    active.abort(new Error('enough'));
    await rejectionOf(reading ?? Promise.resolve());
  });

  it('reports a download that follows another one, and cancels no recovery before the last one ends', async () => {
    const { active, request, calls } = activeWith([pending(), whole()]);
    await active.start(request, undefined);
    const controller = new AbortController();
    const following = rejectionOf(active.start(request, controller.signal));
    await until(() => active.isFollowing);
    controller.abort();
    await following;
    expect(active.isFollowing).to.equal(false);
    expect(active.isActive).to.equal(true);
    expect(calls.cancel).to.equal(0);
    active.abort(new Error('enough'));
    expect(calls.cancel).to.equal(1);
  });

  it('discards the stored bytes of every download', async () => {
    const { active, request, store, url } = activeWith([cut(4)]);
    const response = await active.start(request, undefined);
    await active.discard();
    await rejectionOf(response.text());
    for (let turn = 0; turn < 5; turn++) await settle();
    expect(await store.find(url)).to.equal(undefined);
  });
});
