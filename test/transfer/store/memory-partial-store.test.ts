import { expect } from 'chai';
import type { Chunk } from '#dist/transfer/network/chunk.js';
import { MemoryPartialStore } from '#dist/transfer/store/memory-partial-store.js';
import type { Segment } from '#dist/transfer/store/partial-store.js';
import { bytesOf, flat } from '../../support/transfer-parts.js';

const segment = (start: number, bytes: Chunk, more: Partial<Segment> = {}): Segment => ({
  url: 'a',
  start,
  bytes,
  total: 10,
  validator: '"a"',
  writtenBy: 'one',
  keptAt: 1,
  ...more,
});

async function stored(): Promise<MemoryPartialStore> {
  const store = new MemoryPartialStore();
  await store.append(segment(0, bytesOf(0, 1, 2)));
  await store.append(segment(3, bytesOf(3, 4, 5)));
  return store;
}

async function read(store: MemoryPartialStore, start: number, end?: number): Promise<number[][]> {
  const chunks: number[][] = [];
  for await (const chunk of store.read({ url: 'a', validator: '"a"', writtenBy: 'one' }, start, end)) chunks.push(flat([chunk]));
  return chunks;
}

describe('MemoryPartialStore', () => {
  it('is empty at first', async () => {
    const store = new MemoryPartialStore();
    expect(await store.find('a')).to.equal(undefined);
    expect(await store.list()).to.deep.equal([]);
    expect(await read(store, 0)).to.deep.equal([]);
  });

  it('describes and reads consecutive segments', async () => {
    const store = await stored();
    const file = { url: 'a', length: 6, total: 10, validator: '"a"', writtenBy: 'one', keptAt: 1, took: 0 };
    expect(await store.find('a')).to.deep.equal(file);
    expect(await store.list()).to.deep.equal([file]);
    expect(await read(store, 0)).to.deep.equal([
      [0, 1, 2],
      [3, 4, 5],
    ]);
  });

  it('reads the bytes between two offsets, also within a segment', async () => {
    const store = await stored();
    expect(await read(store, 1, 2)).to.deep.equal([[1]]);
    expect(await read(store, 2, 4)).to.deep.equal([[2], [3]]);
    expect(await read(store, 4)).to.deep.equal([[4, 5]]);
    expect(await read(store, 3, 5)).to.deep.equal([[3, 4]]);
  });

  it('copies the bytes that it stores, and those that it reads', async () => {
    const store = new MemoryPartialStore();
    const bytes = bytesOf(1, 2);
    await store.append(segment(0, bytes));
    bytes.fill(9);
    for await (const chunk of store.read({ url: 'a', validator: '"a"', writtenBy: 'one' }, 0)) chunk.fill(9);
    expect(await read(store, 0)).to.deep.equal([[1, 2]]);
  });

  it('replaces the bytes of another body, and drops them for a segment behind a gap', async () => {
    const store = await stored();
    await store.append(segment(0, bytesOf(7), { writtenBy: 'two' }));
    expect(await store.find('a')).to.include({ length: 1, writtenBy: 'two' });
    await store.append(segment(5, bytesOf(8), { writtenBy: 'two' }));
    expect(await store.find('a')).to.equal(undefined);
    expect(await store.list()).to.deep.equal([]);
  });

  it('deletes the file', async () => {
    const store = await stored();
    await store.delete('b');
    expect(await store.find('a')).not.to.equal(undefined);
    await store.delete('a');
    expect(await store.find('a')).to.equal(undefined);
  });
});
