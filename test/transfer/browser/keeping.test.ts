import { expect } from '@open-wc/testing';
import { createDownloadFetch, MemoryPartialStore, type Segment } from 'model-download/transfer';
import { FakeClock } from '../../support/fake-clock.js';
import { bytesOf, HeldFile, isWebKit, MEDIUM, MiB, readUntil, sha256 } from './held-file.js';
import { until } from '../../support/until.js';

/** A slow store that counts its bytes. */
class CountingStore extends MemoryPartialStore {
  appended = 0;

  override async append(segment: Segment): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    await super.append(segment);
    this.appended += segment.bytes.length;
  }
}

describe('what a body stores', () => {
  it('is nothing if it ends within a moment', async () => {
    const file = new HeldFile(MEDIUM);
    const store = new CountingStore();
    const response = await file.visit({ store, clock: new FakeClock() })(file.url);
    expect(await sha256(await bytesOf(response))).to.equal(await file.hash());
    expect(store.appended).to.equal(0);
  });

  it('is everything from then on, including the bytes before', async function () {
    if (isWebKit) {
      // In two of many whole runs WebKitGTK did not finish this test, and never in a run of this folder. The cause is not known.
      this.timeout(60_000);
      this.retries(2);
    }
    const file = new HeldFile(MEDIUM);
    const [store, clock] = [new CountingStore(), new FakeClock()];
    const body = await readUntil(await file.visit({ store, clock })(file.url), 4 * MiB);
    const full = Math.floor(body.read() / MiB) * MiB;
    expect(store.appended).to.equal(0);
    // The first flush is due after 250 ms; later pieces are written with the next.
    await until(() => {
      clock.advance(25);
      return store.appended >= full;
    });
    // The layer may be a piece ahead of its reader.
    expect((await store.find(file.url))?.length).to.be.at.least(full);
    expect(await sha256(await body.rest())).to.equal(await file.hash());
  });

  it('is in a few buffers that are reused', async () => {
    const buffers = new Set<ArrayBufferLike>();
    let segments = 0;
    const store = new (class extends MemoryPartialStore {
      override async append(segment: Segment): Promise<void> {
        buffers.add(segment.bytes.buffer);
        segments += 1;
        await super.append(segment);
      }
    })();
    const [clock, size] = [new FakeClock(), 64 * MiB];
    const request = () => Promise.resolve(new Response(zeros(size), { headers: { 'Content-Length': String(size) } }));
    const download = createDownloadFetch({ store, clock, segmentSize: 4 * MiB, fetch: request });
    const reader = (await download('https://hub.example/buffers')).body?.getReader();
    for (let step = await reader?.read(); step && !step.done; step = await reader?.read()) clock.advance(250);
    expect(segments).to.be.at.least(14);
    expect(buffers.size).to.be.at.most(5);
  });

  it('is delayed if the disk is slower, once 128 MiB wait', async () => {
    const [store, clock, size] = [new CountingStore(), new FakeClock(), 160 * MiB];
    const request = () => Promise.resolve(new Response(zeros(size), { headers: { 'Content-Length': String(size) } }));
    const download = createDownloadFetch({ store, clock, segmentSize: MiB, fetch: request });
    const reader = (await download('https://hub.example/file')).body?.getReader();
    let [read, mostWaiting] = [0, 0];
    for (let step = await reader?.read(); step && !step.done; step = await reader?.read()) {
      read += step.value.length;
      mostWaiting = Math.max(mostWaiting, read - store.appended);
    }
    expect(read).to.equal(size);
    expect(mostWaiting).to.be.within(128 * MiB, 130 * MiB);
  });
});

function zeros(size: number): ReadableStream<Uint8Array> {
  let left = size;
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(new Uint8Array(Math.min(MiB, left)));
      left -= Math.min(MiB, left);
      if (left === 0) controller.close();
    },
  });
}
