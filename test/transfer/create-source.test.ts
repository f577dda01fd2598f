import { expect } from 'chai';
import { createSource, type SourceOwner } from '#dist/transfer/create-source.js';
import type { FileBody } from '#dist/transfer/file-body.js';
import { contextWith, type Reply } from '../support/body-parts.js';
import { settle } from '../support/fake-clock.js';
import { answer, PushedBody } from '../support/transfer-parts.js';

/** Never responds. */
const silent: Reply = () => new Promise<Response>(() => undefined);

/** The only part of a body that a source reads. */
const bodyThat = (state: Partial<Pick<FileBody, 'isBegun' | 'isResumable'>>): FileBody => state as FileBody;

/** The source of a download from a server that replies in order. */
function sourceWith(replies: readonly Reply[], owner: Partial<SourceOwner> = {}, mayRecover = true) {
  const { request, context, requests, clock } = contextWith(replies);
  const controller = new AbortController();
  const { signal } = controller;
  const source = createSource(
    request,
    { ...context, canRecover: () => mayRecover },
    { signal, signals: [signal], body: () => undefined, ...owner },
  );
  return { source, requests, clock, controller };
}

/** Opens a source whose server never responds, and returns after how many seconds that fails: 30, or 300 at the latest. */
async function secondsToTimeout(owner: Partial<SourceOwner>, mayRecover?: boolean): Promise<number | undefined> {
  const { source, clock } = sourceWith([silent], owner, mayRecover);
  let hasFailed = false;
  source
    .open(() => Promise.resolve(false))
    .catch(() => {
      hasFailed = true;
    });
  await settle();
  for (const seconds of [30, 300]) {
    await clock.advanceAsync(seconds * 1_000 - clock.now(), 10_000);
    if (hasFailed) return seconds;
  }
  return undefined;
}

describe('createSource', () => {
  it('replaces a request without a response after the timeout, if the download would try again', async () => {
    expect(await secondsToTimeout({})).to.equal(30);
  });

  it('waits ten times as long if the download would not try again', async () => {
    expect(await secondsToTimeout({}, false)).to.equal(300);
  });

  it('does not count on another attempt for an early request before its body has begun', async () => {
    expect(await secondsToTimeout({ isEarly: true })).to.equal(300);
    expect(await secondsToTimeout({ isEarly: true, body: () => bodyThat({ isBegun: false }) })).to.equal(300);
    expect(await secondsToTimeout({ isEarly: true, body: () => bodyThat({ isBegun: true }) })).to.equal(30);
  });

  it('keeps a silent connection ten times as long if no other can continue the body', async () => {
    for (const isResumable of [true, false]) {
      const sent = new PushedBody();
      const body = (): FileBody => bodyThat({ isBegun: true, isResumable });
      const { source, clock } = sourceWith([() => answer(sent.stream, { headers: { 'Content-Length': '10' } })], { body });
      await source.open(() => Promise.resolve(false));
      sent.push(new Uint8Array(4));
      await source.read();
      let hasFailed = false;
      source.read().catch(() => {
        hasFailed = true;
      });
      await clock.advanceAsync(60_000, 10_000);
      expect(hasFailed, 'after 60 s').to.equal(isResumable);
      await clock.advanceAsync(300_000, 10_000);
      expect(hasFailed, 'after 360 s').to.equal(true);
    }
  });

  it('opens no connection once its signal has aborted', async () => {
    const { source, controller, requests } = sourceWith([silent]);
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await source.open(() => Promise.resolve(false)).catch((error: unknown) => error)).to.equal(reason);
    expect(requests).to.have.lengthOf(0);
  });

  it('leaves a response with code to a reader that requests the file again, and reads a copy', async () => {
    for (const isRepeated of [true, false]) {
      const code = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
      const headers = { 'Content-Type': 'application/wasm', 'Content-Length': '8' };
      const { source } = sourceWith([() => answer(code, { headers })], { isRepeated });
      const { copy, response } = await source.open(() => Promise.resolve(true));
      expect(copy !== undefined).to.equal(isRepeated);
      if (isRepeated) expect(new Uint8Array(await response.arrayBuffer())).to.deep.equal(code);
    }
  });
});
