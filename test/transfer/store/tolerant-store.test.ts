import { expect } from 'chai';
import { DownloadFailure } from 'model-download/core';
import type { Chunk } from '#dist/transfer/network/chunk.js';
import { MemoryPartialStore } from '#dist/transfer/store/memory-partial-store.js';
import type { PartialStore, Segment } from '#dist/transfer/store/partial-store.js';
import { TolerantStore } from '#dist/transfer/store/tolerant-store.js';
import { FakeClock, settle } from '../../support/fake-clock.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { bytesOf, flat } from '../../support/transfer-parts.js';

const segment: Segment = { url: 'a', start: 0, bytes: bytesOf(1, 2, 3), total: 3, validator: '"a"', writtenBy: 'one', keptAt: 1 };
const never = (): Promise<never> => new Promise(() => undefined);

function tolerant(inner: Partial<PartialStore>) {
  const clock = new FakeClock();
  return { clock, store: new TolerantStore(() => Promise.resolve(inner as PartialStore), clock) };
}

async function readAll(store: PartialStore): Promise<number[]> {
  const chunks: Chunk[] = [];
  for await (const chunk of store.read(segment, 0)) chunks.push(chunk);
  return flat(chunks);
}

describe('TolerantStore', () => {
  it('passes everything on to the store behind it', async () => {
    const inner = new MemoryPartialStore();
    const { clock, store } = tolerant(inner);
    await store.append(segment);
    expect(await store.find('a')).to.deep.equal(await inner.find('a'));
    expect(await store.list()).to.have.lengthOf(1);
    expect(await readAll(store)).to.deep.equal([1, 2, 3]);
    await store.delete('a');
    expect(await store.find('a')).to.equal(undefined);
    await settle();
    expect(clock.pending).to.equal(0);
  });

  it('has no blob where the store has none, or rejects', async () => {
    const blob = new Blob(['bytes']);
    expect(await tolerant({ blob: () => Promise.resolve(blob) }).store.blob(segment, 3)).to.equal(blob);
    expect(await tolerant({}).store.blob(segment, 3)).to.equal(undefined);
    expect(await tolerant({ blob: () => Promise.reject(new Error('refused')) }).store.blob(segment, 3)).to.equal(undefined);
  });

  it('does not find a body again that the store has refused to delete, and finds another one of the same file', async () => {
    const file = { url: 'a', length: 3, total: 3, validator: '"a"', writtenBy: 'undeletable', keptAt: 1 };
    let found = file;
    const inner = { find: () => Promise.resolve(found), delete: () => Promise.reject(new DOMException('refused', 'SecurityError')) };
    const { store } = tolerant(inner);
    expect(await store.find('a')).to.equal(file);
    await store.delete('a');
    expect(await store.find('a')).to.equal(undefined);
    expect(await tolerant(inner).store.find('a'), 'of another download').to.equal(undefined);
    found = { ...file, writtenBy: 'another' };
    expect(await store.find('a')).to.equal(found);
  });

  it('counts as empty where the store rejects, and only append rejects', async () => {
    const error = new DOMException('refused', 'InvalidStateError');
    const fail = (): Promise<never> => Promise.reject(error);
    const { store } = tolerant({
      find: fail,
      append: fail,
      delete: fail,
      list: fail,
      // eslint-disable-next-line @typescript-eslint/require-await -- it rejects
      async *read() {
        yield bytesOf(1);
        throw error;
      },
    });
    expect(await store.find('a')).to.equal(undefined);
    expect(await store.list()).to.deep.equal([]);
    expect(await readAll(store)).to.deep.equal([1]);
    await store.delete('a');
    expect(await rejectionOf(store.append(segment))).to.equal(error);
    expect(await rejectionOf(store.append(segment)), 'it is called again').to.equal(error);
  });

  it('rejects with a failure that is not of its own time limit, and calls the store again', async () => {
    let calls = 0;
    const { store } = tolerant({
      append: () => Promise.reject(new DownloadFailure('network', 'no room')),
      find: () => Promise.resolve(void (calls += 1)),
    });
    expect(await rejectionOf(store.append(segment))).to.have.property('message', 'no room');
    await store.find('a');
    expect(calls).to.equal(1);
  });

  it('calls a store that was silent for ten seconds no more', async () => {
    let calls = 0;
    const { clock, store } = tolerant({
      append: never,
      find: () => {
        calls += 1;
        return Promise.resolve(undefined);
      },
    });
    const failing = rejectionOf(store.append(segment));
    await clock.advanceAsync(9_999, 1_000);
    await store.find('a');
    expect(calls).to.equal(1);
    await clock.advanceAsync(1);
    expect(await failing).to.include({ code: 'timeout' });
    await store.find('a');
    expect(calls).to.equal(1);
    expect(await rejectionOf(store.append(segment))).to.include({ code: 'timeout', message: 'The store does not respond' });
  });

  it('deletes also in a store that was silent, and does not wait for it', async () => {
    const deleted: string[] = [];
    const { clock, store } = tolerant({
      append: never,
      delete: (url) => {
        deleted.push(url);
        return deleted.length === 1 ? never() : Promise.reject(new DOMException('refused', 'SecurityError'));
      },
    });
    const failing = rejectionOf(store.append(segment));
    await clock.advanceAsync(10_000, 1_000);
    await failing;
    await store.delete('a');
    await store.delete('b');
    await settle();
    expect(deleted).to.deep.equal(['a', 'b']);
    expect(clock.pending).to.equal(0);
  });
});
