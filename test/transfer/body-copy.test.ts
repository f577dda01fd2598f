import { expect } from 'chai';
import { createDownloadFetch, type DownloadFetchOptions } from '#dist/transfer/index.js';
import { copyBytes } from '#dist/transfer/internal.js';
import { rejectionOf } from '../support/rejection-of.js';
import { PushedBody } from '../support/transfer-parts.js';

const URL = 'https://hub.example/code.wasm';

/** A response of `createDownloadFetch` whose body the test sends. */
async function responseOf(options: DownloadFetchOptions = {}) {
  const sent = new PushedBody();
  const plain = (): Promise<Response> => Promise.resolve(new Response(sent.stream, { headers: { 'Content-Length': '5' } }));
  const fetch = createDownloadFetch({ fetch: plain, lookUp: () => Promise.resolve(undefined), ...options });
  return { sent, response: await fetch(URL) };
}

const valuesOf = (chunks: readonly Uint8Array[] | undefined): number[] | undefined => chunks?.flatMap((chunk) => [...chunk]);

describe('copyBytes', () => {
  it('resolves with all bytes when the reader has them, without a second copy of them', async () => {
    const { sent, response } = await responseOf();
    const copy = copyBytes(response);
    const reader = response.body?.getReader();
    sent.push(Uint8Array.of(1, 2, 3));
    const first = (await reader?.read())?.value;
    sent.push(Uint8Array.of(4, 5));
    sent.end();
    while (!(await reader?.read())?.done);
    const chunks = await copy;
    expect(valuesOf(chunks)).to.deep.equal([1, 2, 3, 4, 5]);
    expect(chunks?.[0]).to.equal(first);
  });

  it('has the bytes of the original by a clone that is cancelled', async () => {
    const { sent, response } = await responseOf();
    const clone = response.clone().clone();
    const copy = copyBytes(clone);
    void clone.body?.cancel();
    sent.push(Uint8Array.of(1, 2, 3, 4, 5));
    sent.end();
    expect(new Uint8Array(await response.arrayBuffer())).to.deep.equal(Uint8Array.of(1, 2, 3, 4, 5));
    expect(valuesOf(await copy)).to.deep.equal([1, 2, 3, 4, 5]);
  });

  it('resolves after the owner has received the complete body', async () => {
    const order: string[] = [];
    const onComplete = (): undefined => void order.push('complete');
    const { sent, response } = await responseOf({ onComplete });
    const copy = copyBytes(response)?.then(() => order.push('copy'));
    sent.push(Uint8Array.of(1, 2, 3, 4, 5));
    sent.end();
    await response.arrayBuffer();
    await copy;
    expect(order).to.deep.equal(['complete', 'copy']);
  });

  it('rejects if the body fails, or its reader cancels it', async () => {
    const recover = (cause: unknown): Promise<void> => Promise.reject(cause);
    const broken = await responseOf({ recover });
    const copy = copyBytes(broken.response);
    const reading = rejectionOf(broken.response.arrayBuffer());
    broken.sent.push(Uint8Array.of(1));
    broken.sent.fail(new TypeError('Failed to fetch'));
    expect(await rejectionOf(Promise.resolve(copy))).to.equal(await reading);
    const left = await responseOf();
    const other = copyBytes(left.response);
    await left.response.body?.cancel('not needed');
    expect(await rejectionOf(Promise.resolve(other))).to.equal('not needed');
  });

  it('offers no copy of a response of the page', () => {
    expect(copyBytes(new Response('of the page'))).to.equal(undefined);
  });

  it('offers no copy of a body whose first bytes have been delivered', async () => {
    const { sent, response } = await responseOf();
    const reader = response.body?.getReader();
    sent.push(Uint8Array.of(1, 2, 3));
    await reader?.read();
    expect(copyBytes(response)).to.equal(undefined);
    await reader?.cancel();
  });
});
