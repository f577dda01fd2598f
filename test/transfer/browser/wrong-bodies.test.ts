import { expect } from '@open-wc/testing';
import { CachePartialStore } from 'model-download/transfer';
import { rejectionOf } from '../../support/rejection-of.js';
import { bytesOf, HeldFile, MEDIUM, MiB, readUntil, sha256, forgetPartials } from './held-file.js';

afterEach(forgetPartials);

/** A fault that changes bytes, so that the second response differs from the first. */
const CUT = { bandwidth: 12 * MiB, cutAfter: 5 * MiB, cutTimes: 1, match: MEDIUM.file };

describe('a body that is not the file', () => {
  it('is rejected if the file on the server was replaced half-way', async () => {
    const file = new HeldFile(MEDIUM);
    await file.scope.control(CUT);
    const recover = (): Promise<void> => file.scope.control({ replaced: true });
    const lookUp = (): Promise<undefined> => Promise.resolve(undefined);
    const response = await file.visit({ recover, lookUp })(file.url);
    expect(await rejectionOf(bytesOf(response))).to.include({ code: 'changed' });
    expect(await new CachePartialStore(file.scope.remoteHost).find(file.url)).to.equal(undefined);
  });

  it('starts over if the stored bytes of an earlier visit are of another version', async () => {
    const file = new HeldFile(MEDIUM);
    await file.scope.control({ bandwidth: 6 * MiB });
    const body = await readUntil(await file.visit()(file.url), 5 * MiB);
    await body.reader.cancel();
    await file.scope.control({ replaced: true, match: file.file });
    const lookUp = (): Promise<undefined> => Promise.resolve(undefined);
    const response = await file.visit({ lookUp })(file.url);
    const bytes = new Uint8Array(await response.arrayBuffer()).map((byte) => byte ^ 0xff);
    expect(await sha256(bytes.buffer)).to.equal(await file.hash());
    expect(file.reports.at(-1)).to.include({ stored: 0 });
  });

  it('is rejected if a byte of a joined body is wrong, and its bytes are deleted', async () => {
    const file = new HeldFile(MEDIUM);
    await file.scope.control({ ...CUT, corrupt: 7 * MiB, corruptTimes: 1 });
    const response = await file.visit()(file.url);
    const body = await readUntil(response, file.size / 2);
    expect(await rejectionOf(body.rest())).to.include({ code: 'corrupt' });
    expect(body.read(), 'the last bytes are held back').to.be.lessThan(file.size);
    expect(await new CachePartialStore(file.scope.remoteHost).find(file.url)).to.equal(undefined);
  });

  it('is checked in one piece, too, unless an option disables that', async () => {
    for (const [verify, code] of [
      [undefined, 'corrupt'],
      ['always', 'corrupt'],
      ['spliced', undefined],
      ['never', undefined],
    ] as const) {
      const file = new HeldFile(MEDIUM);
      await file.scope.control({ corrupt: 7 * MiB, match: file.file });
      const response = await file.visit({ verify })(file.url);
      const failure = (await rejectionOf(bytesOf(response))) as { code?: string } | undefined;
      expect(failure?.code, String(verify)).to.equal(code);
    }
  });

  it('is joined by its hash if the server’s validators cannot be read', async () => {
    const file = new HeldFile(MEDIUM);
    await file.scope.control({ ...CUT, noExpose: true });
    const response = await file.visit()(file.url);
    expect(await sha256(await response.arrayBuffer())).to.equal(await file.hash());
    expect(await file.answers()).to.have.lengthOf(2);
  });

  it('is not joined without a validator and without a hash', async () => {
    const file = new HeldFile(MEDIUM);
    await file.scope.control({ ...CUT, noExpose: true });
    const lookUp = (): Promise<undefined> => Promise.resolve(undefined);
    const response = await file.visit({ lookUp })(file.url);
    expect(await rejectionOf(bytesOf(response)), 'the break itself').to.be.instanceOf(TypeError);
    expect(await file.answers()).to.have.lengthOf(1);
  });

  it('is rejected if it is a page in place of a file', async () => {
    const file = new HeldFile(MEDIUM);
    await file.scope.control({ html: true, match: file.file });
    const recover = (cause: unknown): Promise<void> => Promise.reject(cause);
    expect(await rejectionOf(file.visit({ recover })(file.url))).to.include({ code: 'corrupt' });
  });

  it('is passed on completely if the server declares too small a length, as by a plain request', async () => {
    const file = new HeldFile(MEDIUM);
    const fetchMore = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
      const response = await fetch(input, init);
      return new Response(response.body, { headers: { 'Content-Length': String(file.size - 10) } });
    };
    const response = await file.visit({ fetch: fetchMore })(file.url);
    expect(await sha256(await bytesOf(response))).to.equal(await file.hash());
  });
});
