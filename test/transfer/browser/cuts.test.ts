import { expect } from '@open-wc/testing';
import { createDownloadFetch } from 'model-download/transfer';
import { FakeClock } from '../../support/fake-clock.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { bytesOf, HeldFile, LINK, MEDIUM, MiB, readUntil, sha256, starts, forgetPartials } from './held-file.js';
import { until } from '../../support/until.js';

/** Bytes that the layer reads before its reader requests them. */
const READ_AHEAD = 4 * MiB;

afterEach(forgetPartials);

describe('a download whose connection is cut', () => {
  it('continues inside the same body, after exactly the stored bytes', async () => {
    const file = new HeldFile(MEDIUM);
    await file.scope.control({ bandwidth: LINK, cutAfter: 5 * MiB, cutTimes: 1, match: file.file });
    const response = await file.visit()(file.url);
    expect(response.status).to.equal(200);
    expect(response.headers.get('Content-Length')).to.equal(String(file.size));
    expect(await sha256(await response.arrayBuffer())).to.equal(await file.hash());
    const answers = await file.answers();
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 206]);
    expect(await file.continuations()).to.deep.equal(file.breaks);
    expect(file.reports.at(-1)).to.include({ phase: 'done', loaded: file.size, stored: 0 });
  });

  it('delivers the bytes that arrived before a silence, however few they are', async () => {
    const file = new HeldFile(MEDIUM);
    await file.scope.control({ stallAfter: 100_000, match: file.file });
    // Nothing but its own patience ends the wait for more.
    const visit = file.visit({ stallTimeout: 600_000 });
    const body = await readUntil(await visit(file.url), 100_000);
    expect(body.read()).to.equal(100_000);
    await body.reader.cancel();
  });

  it('skips the stored bytes if the server ignores ranges', async () => {
    const file = new HeldFile(MEDIUM);
    await file.scope.control({ noRange: true, cutAfter: 5 * MiB, cutTimes: 1, match: file.file });
    const response = await file.visit()(file.url);
    expect(await sha256(await response.arrayBuffer())).to.equal(await file.hash());
    expect((await file.answers()).map(({ status }) => status)).to.deep.equal([200, 200]);
  });

  it('does not treat a body without a length as complete when it ends too early', async () => {
    const file = new HeldFile(MEDIUM);
    // Only the hub's listing has the size.
    await file.scope.control({ noRange: true, noLength: true, cutAfter: 5 * MiB, cutTimes: 1, match: file.file });
    const response = await file.visit()(file.url);
    expect(response.headers.get('Content-Length'), 'as it came').to.equal(null);
    expect(await sha256(await response.arrayBuffer())).to.equal(await file.hash());
    expect(await file.answers()).to.have.lengthOf(2);
  });

  it('breaks the body after the last retry, with the stored bytes', async () => {
    const file = new HeldFile(MEDIUM);
    await file.scope.control({ bandwidth: 6 * MiB, cutAfter: 3 * MiB, cutTimes: 1, match: file.file });
    const failures: unknown[] = [];
    const visit = file.visit({ automaticAttempts: 0, onFailure: (cause) => failures.push(cause) });
    const failure = await rejectionOf(bytesOf(await visit(file.url)));
    expect(failure).to.include({ code: 'network' });
    expect(failures).to.deep.equal([failure]);
    expect(visit.isActive).to.equal(false);
    const held = file.reports.at(-1)?.loaded;

    const response = await file.visit()(file.url);
    expect(await sha256(await response.arrayBuffer())).to.equal(await file.hash());
    expect(await file.continuations()).to.deep.equal([held]);
  });
});

describe('a download for which the server sends nothing', () => {
  it('is dropped and continued when a byte takes too long', async () => {
    const file = new HeldFile(MEDIUM);
    await file.scope.control({ stallAfter: 4 * MiB, stallTimes: 1, match: file.file });
    const causes: unknown[] = [];
    const recover = (cause: unknown): Promise<void> => Promise.resolve(void causes.push(cause));
    const response = await file.visit({ stallTimeout: 2_000, recover })(file.url);
    expect(await sha256(await response.arrayBuffer())).to.equal(await file.hash());
    expect(causes).to.have.lengthOf(1);
    expect(causes[0]).to.include({ code: 'timeout' });
    expect(starts(await file.answers())).to.deep.equal([0, 4 * MiB]);
  });

  it('is dropped when no response arrives', async () => {
    const file = new HeldFile(MEDIUM);
    await file.scope.control({ latency: 60_000 });
    const recover = (cause: unknown): Promise<void> => file.scope.control({ latency: 0 }).then(() => void causes.push(cause));
    const causes: unknown[] = [];
    const response = await file.visit({ stallTimeout: 2_000, recover })(file.url);
    await response.body?.cancel();
    expect(causes[0]).to.include({ code: 'timeout' });
  });

  it('is kept open while its body is not read', async () => {
    const [clock, size] = [new FakeClock(), 8 * MiB];
    let pulled = 0;
    const source = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pulled += MiB;
          controller.enqueue(new Uint8Array(MiB));
          if (pulled === size) controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const request = () => Promise.resolve(new Response(source, { headers: { 'Content-Length': String(size) } }));
    const causes: unknown[] = [];
    const recover = (cause: unknown): Promise<void> => Promise.resolve(void causes.push(cause));
    const download = createDownloadFetch({ clock, fetch: request, stallTimeout: 1_000, recover });
    const response = await download('https://hub.example/unread');
    await until(() => pulled >= READ_AHEAD);
    // The layer reads the last of these bytes in the microtasks after their pull.
    await new Promise((resolve) => setTimeout(resolve));
    for (let look = 0; look < 10; look++) clock.advance(250);
    expect((await response.arrayBuffer()).byteLength).to.equal(size);
    expect(causes).to.deep.equal([]);
  });
});
