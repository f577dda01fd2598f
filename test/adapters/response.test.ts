// Against the real `Response` of the browser; the network is a stand-in, and real in test/e2e/runtimes/response.test.js.
import { expect } from '@open-wc/testing';
import { responseLoader } from 'model-download/adapters/response';
import { runLoader } from '../support/run-loader.js';

const BYTES = new Uint8Array(1_000).fill(7);

const answer =
  (headers: Record<string, string> = {}, status = 200) =>
  () =>
    Promise.resolve(new Response(BYTES, { status, headers }));

const LENGTH = { 'content-length': '1000' };

function totals(events: readonly unknown[]): unknown[] {
  return events.flatMap((event) => {
    const { status, phase, total } = event as Record<string, unknown>;
    return status === 'transfer' && phase === 'receiving' ? [total] : [];
  });
}

describe('responseLoader', () => {
  it('counts the body while it is read, and resolves with its bytes', async () => {
    const { result, shown, events } = runLoader(responseLoader('/own.bin'), { fetch: answer(LENGTH) });
    expect(new Uint8Array(await result)).to.deep.equal(BYTES);
    expect(totals(events)).to.include(1_000);
    expect(shown()).to.include({ status: 'completed', bytesDownloaded: 1_000, totalBytes: 1_000 });
  });

  it('reports no total for a compressed response, unless the option size is set', async () => {
    const headers = { ...LENGTH, 'content-encoding': 'gzip' };
    const hidden = runLoader(responseLoader('/own.bin'), { fetch: answer(headers) });
    await hidden.result;
    expect(totals(hidden.events)).to.not.include(1_000);
    const given = runLoader(responseLoader('/own.bin', { size: 1_000 }), { fetch: answer(headers) });
    await given.result;
    expect(totals(given.events)).to.include(1_000);
  });

  it('reads the response by the option read', async () => {
    const read = async (response: Response) => `${response.status} ${(await response.blob()).size}`;
    const { result } = runLoader(responseLoader('/own.bin', { read }), { fetch: answer(LENGTH) });
    expect(await result).to.equal('200 1000');
  });

  it('does not count if the transfer layer does', async () => {
    const openFetch = () => Promise.reject(new Error('not needed'));
    const { result, events } = runLoader(responseLoader('/a/own.bin?x=1'), { fetch: answer(LENGTH), openFetch });
    await result;
    expect(events).to.deep.equal([{ status: 'plan', name: '', files: [{ file: 'own.bin', size: undefined }] }]);
  });

  it('rejects with the code of an error response', async () => {
    const { result, shown } = runLoader(responseLoader('/own.bin'), { fetch: answer({}, 404) });
    expect(await result.catch(String)).to.contain('HTTP 404: /own.bin');
    expect(shown()).to.include({ status: 'failed', failureCode: 'not-found' });
  });
});
