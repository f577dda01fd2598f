import { expect } from 'chai';
import { FileBody, type FileBodyOptions } from '#dist/transfer/file-body.js';
import type { Chunk } from '#dist/transfer/network/chunk.js';
import { suspectAddresses } from '#dist/transfer/network/suspect-addresses.js';
import {
  bodyWith,
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
import { rejectionOf } from '../support/rejection-of.js';
import { answer, bytesOf, flat, PushedBody } from '../support/transfer-parts.js';

const weak = { ETag: 'W/"a"' };

function fileWith(replies: readonly Reply[], settings: BodySettings = {}, options: Partial<FileBodyOptions> = {}) {
  const parts = bodyWith(replies, settings);
  const reports = new Reports();
  const { recover, causes: recovered } = new Recoveries();
  const body = new FileBody({
    ...parts.parts,
    acquire: () => Promise.resolve(false),
    recover,
    onProgress: reports.add,
    ...options,
  });
  return { ...parts, body, reports, recovered };
}

/** Reads a body to its end: the text of each portion. */
async function portionsOf(body: FileBody): Promise<string[]> {
  const portions: string[] = [];
  for (let count = 0; !body.isComplete; count++) {
    expect(count, 'portions').to.be.lessThan(10);
    const chunks: readonly Chunk[] | undefined = await body.next();
    if (chunks) portions.push(String.fromCharCode(...flat(chunks)));
  }
  return portions;
}

describe('FileBody', () => {
  it('delivers the file, the last bytes once the whole is checked', async () => {
    const { body, reports, store, url } = fileWith([whole()]);
    expect(body.isComplete).to.equal(false);
    await body.start();
    expect(body.headers.get('Content-Length')).to.equal('10');
    expect(body.isResumable).to.equal(true);
    expect(await portionsOf(body)).to.deep.equal([TEXT]);
    expect(body.isComplete).to.equal(true);
    expect(reports.all).to.deep.equal([{ phase: 'done', loaded: 10, stored: 0, total: 10, totalIsExact: true }]);
    expect(await store.find(url), 'shorter than the head start').to.equal(undefined);
  });

  it('reports each portion, with a total that nothing has confirmed yet', async () => {
    const source = new PushedBody();
    const { body, reports } = fileWith([() => answer(source.stream, { headers: { 'Content-Length': '4', ETag: '"a"' } })]);
    await body.start();
    source.push(bytesOf(1, 2));
    expect(flat(await body.next())).to.deep.equal([1, 2]);
    expect(reports.last).to.deep.equal({ phase: 'receiving', loaded: 2, stored: 0, total: 4, totalIsExact: false });
    source.push(bytesOf(3, 4));
    source.end();
    expect(flat(await body.next())).to.deep.equal([3, 4]);
    expect(reports.last).to.include({ phase: 'done', loaded: 4 });
  });

  it('reports the size of the listing where the response has no length', async () => {
    const source = new PushedBody();
    const { body, reports } = fileWith([() => answer(source.stream)], { known: { size: 4, sha256: undefined } });
    await body.start();
    source.push(bytesOf(1, 2));
    await body.next();
    expect(reports.last).to.include({ total: 4, totalIsExact: true });
    body.report('waiting');
    expect(reports.last).to.deep.equal({ phase: 'waiting', loaded: 2, stored: 0, total: 4, totalIsExact: true });
  });

  it('reports no total that is less than the bytes that are here', async () => {
    const source = new PushedBody();
    const { body, reports } = fileWith([() => answer(source.stream)], { known: { size: 1, sha256: undefined } });
    await body.start();
    source.push(bytesOf(1, 2));
    await body.next();
    expect(reports.last).to.include({ total: undefined, totalIsExact: false });
  });

  it('continues behind stored bytes, which it delivers first', async () => {
    const { body, reports, store, url, requests } = fileWith([part(4)]);
    await storeBeginning(store, url, '0123');
    await body.start();
    const [first, ...others] = await portionsOf(body);
    expect([first, others.join('')]).to.deep.equal(['0123', '456789']);
    expect(requests.map(({ range }) => range)).to.deep.equal(['bytes=4-']);
    expect(reports.all[0]).to.include({ stored: 4, total: 10, totalIsExact: true });
    expect(reports.last).to.deep.equal({ phase: 'done', loaded: 10, stored: 4, total: 10, totalIsExact: true });
  });

  it('continues over another connection after a break', async () => {
    const { body, reports, requests, recovered } = fileWith([cut(4), part(4)]);
    await body.start();
    expect(await portionsOf(body)).to.deep.equal(['0123', '456789']);
    expect(requests.map(({ range }) => range)).to.deep.equal([null, 'bytes=4-']);
    expect(recovered).to.have.lengthOf(1);
    expect(recovered[0]).to.be.instanceOf(TypeError);
    expect(reports.all.map(({ phase }) => phase)).to.deep.equal(['receiving', 'waiting', 'done']);
  });

  it('continues a body that ends before its length', async () => {
    const short: Reply = () => answer('0123', { headers: { 'Content-Length': '10', ETag: '"a"' } });
    const { body, recovered } = fileWith([short, part(4)]);
    await body.start();
    expect((await portionsOf(body)).join('')).to.equal(TEXT);
    expect(recovered[0]).to.include({ code: 'network', message: 'Expected 10 bytes, received 4' });
  });

  it('ends with the error of the connection where no other response could be joined', async () => {
    const { body, requests, recovered } = fileWith([cut(4, weak), part(4)]);
    await body.start();
    expect(body.isResumable).to.equal(false);
    expect(flat(await body.next())).to.have.lengthOf(4);
    expect(await rejectionOf(body.next())).to.be.instanceOf(TypeError);
    expect(requests).to.have.lengthOf(1);
    expect(recovered).to.deep.equal([]);
  });

  it('ends with the error that recover rejects with', async () => {
    const error = new Error('no more attempts');
    const { body } = fileWith([cut(4)], {}, { recover: () => Promise.reject(error) });
    await body.start();
    await body.next();
    expect(await rejectionOf(body.next())).to.equal(error);
  });

  it('ends with a changed file, without another attempt', async () => {
    const { body, recovered } = fileWith([cut(4), part(4, { ETag: '"b"' })]);
    await body.start();
    await body.next();
    expect(await rejectionOf(body.next())).to.include({ code: 'changed' });
    expect(recovered).to.have.lengthOf(1);
  });

  it('ends with a wrong hash, and holds the last bytes back', async () => {
    const { body, url } = fileWith([whole()], { known: { size: 10, sha256: await sha256Of('another') } });
    await body.start();
    expect(await rejectionOf(body.next())).to.include({ code: 'corrupt' });
    expect(body.isComplete).to.equal(false);
    suspectAddresses.delete(url);
  });

  it('accepts ranges of fewer bytes than requested', async () => {
    const piece =
      (start: number, end: number): Reply =>
      () =>
        answer(TEXT.slice(start, end), { status: 206, headers: { 'Content-Range': `bytes ${start}-${end - 1}/10`, ETag: '"a"' } });
    const { body, recovered, requests } = fileWith([cut(2), piece(2, 5), piece(5, 8), piece(8, 10)]);
    await body.start();
    expect((await portionsOf(body)).join('')).to.equal(TEXT);
    expect(recovered).to.have.lengthOf(1);
    expect(requests.map(({ range }) => range)).to.deep.equal([null, 'bytes=2-', 'bytes=5-', 'bytes=8-']);
  });

  it('rejects a file that has become shorter than the bytes that are here', async () => {
    const { body } = fileWith([cut(6), refused(400), whole({}, '0123')]);
    await body.start();
    await body.next();
    expect(await rejectionOf(body.next())).to.include({ code: 'changed' });
  });

  it('takes the length of a compressed body for what it is, at its end', async () => {
    const coded: Reply = () => answer(TEXT, { headers: { 'Content-Length': '14', ETag: '"a"' }, type: 'cors' });
    const { body, reports } = fileWith([coded], { known: { size: 10, sha256: undefined } });
    await body.start();
    expect((await portionsOf(body)).join('')).to.equal(TEXT);
    expect(reports.last).to.include({ phase: 'done', loaded: 10, total: 10 });
    const smaller: Reply = () => answer(TEXT, { headers: { 'Content-Length': '5', ETag: '"a"' }, type: 'cors' });
    const other = fileWith([smaller]);
    await other.body.start();
    expect((await portionsOf(other.body)).join('')).to.equal(TEXT);
  });

  it('continues with bytes that another tab has stored while this one waited', async () => {
    const { body, store, url, requests, reports } = fileWith(
      [cut(4), part(8)],
      {},
      { acquire: () => Promise.resolve(true), recover: () => storeBeginning(store, url, '01234567') },
    );
    await body.start();
    expect((await portionsOf(body)).join('')).to.equal(TEXT);
    expect(requests.map(({ range }) => range)).to.deep.equal([null, 'bytes=8-']);
    expect(reports.last).to.include({ stored: 4 });
  });

  it('waits for the end of a pause where its connection stays open', async () => {
    const source = new PushedBody();
    const { body, gate, reports } = fileWith([() => answer(source.stream, { headers: { 'Content-Length': '4', ...weak } })]);
    await body.start();
    source.push(bytesOf(1, 2));
    await body.next();
    gate.close();
    source.push(bytesOf(3, 4));
    source.end();
    let isSettled = false;
    const reading = body.next();
    void reading.then(() => (isSettled = true));
    await settle();
    expect(isSettled).to.equal(false);
    expect(reports.last).to.include({ phase: 'waiting' });
    gate.open();
    expect(flat(await reading)).to.deep.equal([3, 4]);
  });

  it('continues after a pause that has closed its connection, which is no failure', async () => {
    const source = new PushedBody();
    const pushed: Reply = () => answer(source.stream, { headers: { 'Content-Length': '10', ETag: '"a"' } });
    const { body, source: connections, recovered } = fileWith([pushed, part(2)]);
    await body.start();
    source.push(new TextEncoder().encode('01'));
    await body.next();
    connections.interrupt();
    expect((await portionsOf(body)).join('')).to.equal('23456789');
    expect(recovered).to.deep.equal([]);
  });

  it('ends with the reason of an abort', async () => {
    const { body, controller } = fileWith([whole()]);
    await body.start();
    controller.abort(new Error('enough'));
    expect(await rejectionOf(body.next())).to.equal(controller.signal.reason);
  });

  it('gives a response with code away only where no listing and no integrity concern it', async () => {
    const wasm = { 'Content-Type': 'application/wasm' };
    const free = fileWith([whole(wasm)], { known: undefined });
    expect((await free.body.start()).untouched).to.equal(10);
    const listed = fileWith([whole(wasm)], { known: { size: 10, sha256: undefined } });
    expect((await listed.body.start()).untouched).to.equal(undefined);
    const demanded = fileWith([whole(wasm)], { integrity: `sha256-${'A'.repeat(43)}` });
    expect((await demanded.body.start()).untouched).to.equal(undefined);
    for (const { source } of [free, listed, demanded]) source.close();
  });

  it('stores bytes after a break, and deletes them by discard()', async () => {
    const { body, store, url } = fileWith([cut(4)], {}, { recover: () => Promise.reject(new Error('no')) });
    await body.start();
    await body.next();
    await rejectionOf(body.next());
    expect(await store.find(url)).to.include({ length: 4, validator: '"a"' });
    await body.discard();
    expect(await store.find(url)).to.equal(undefined);
  });
});
