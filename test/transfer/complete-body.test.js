// A complete body is offered to the caller, and stays in the store until the caller has taken it.
import assert from 'node:assert/strict';
import { MemoryPartialStore } from 'model-download/transfer';
import { describe, it } from '../support/suite.js';
import { deferred } from '../../dist/core/internal.js';
import { fileSystem } from './store/file-system.js';
import { refusal, stub } from './ports-support.js';
import { assertBytes, contentOf, FILE, file, only, slow, World } from './transfer-support.js';

const MIB = 1024 * 1024;
const content = contentOf(1_000);
const strong = { headers: { ETag: '"one"' } };

/** A store that returns its bytes as a `Blob`. */
class BlobStore extends MemoryPartialStore {
  async blob(body, length) {
    const parts = [];
    for await (const bytes of this.read(body, 0, length)) parts.push(bytes);
    const blob = new Blob(parts);
    return blob.size === length ? blob : undefined;
  }
}

/** A page whose caller records the bodies that it is offered, and keeps them until `release()`. */
function offering(...answers) {
  const world = new World(...answers);
  world.store = new BlobStore();
  const offered = [];
  const { promise, resolve: release } = deferred();
  const readWhole = async () => undefined;
  const onComplete = (url, body) => {
    offered.push({ url, body });
    return promise;
  };
  return { world, offered, release, options: { onComplete, readWhole } };
}

const refuseSize = () => Promise.reject(refusal('QuotaExceededError'));

const bytesOf = async (blob) => new Uint8Array(await blob.arrayBuffer());

describe('a complete body', () => {
  for (const [what, answers] of Object.entries({
    'that arrived before any byte was stored': [file(content, strong)],
    'whose bytes were stored while they arrived': [slow(file(content, strong))],
    'that continues after a broken connection': [only(450, slow(file(content, strong))), slow(file(content, strong))],
    'of a version that nothing proves': [slow(file(content))],
  })) {
    it(`is offered with all of its bytes: one ${what}`, async () => {
      const { world, offered, release, options } = offering(...answers);
      assertBytes(await world.get(options), content);
      const [{ url, body }] = offered;
      assert.deepEqual([offered.length, url, body.length], [1, FILE, 1_000]);
      assert.equal(body.headers.get('Content-Length'), '1000');
      assertBytes(await bytesOf(await body.blob()), content);
      assert.equal(await world.run(body.isStored()), true);
      assert.equal(await world.held(), 1_000);
      release();
      await world.expectNothingLeft();
    });
  }

  it('is offered with the bytes of an earlier visit', async () => {
    const { world, offered, release, options } = offering(only(450, slow(file(content, strong))), slow(file(content, strong)));
    await world.failure({ ...options, recover: (cause) => Promise.reject(cause) });
    assert.equal(await world.held(), 450);
    assertBytes(await world.get(options), content);
    assertBytes(await bytesOf(await offered[0].body.blob()), content);
    release();
    await world.expectNothingLeft();
  });

  it('stays in the store until the caller has taken it, and no other call requests the file meanwhile', async () => {
    const { world, offered, release, options } = offering(slow(file(content, strong)));
    const visit = world.visit(options);
    await world.get(visit);
    await offered[0].body.blob();
    await world.pass(1_000);
    assert.equal(await world.held(), 1_000);
    const later = visit(FILE);
    await world.pass(1_000);
    assert.equal(world.requests.length, 1);
    release();
    await world.run(later.then((response) => response.arrayBuffer()));
    await world.expectNothingLeft();
  });

  it('is deleted once it is taken, for a caller that stores nothing itself', async () => {
    const { world, offered, release, options } = offering(slow(file(content, strong)));
    await world.get({ ...options, readWhole: undefined });
    await offered[0].body.blob();
    release();
    await world.expectNothingLeft();
    assert.equal(await world.held(), 0);
  });

  it('has no blob if bytes are missing', async () => {
    const { world, offered, release, options } = offering(slow(file(content, strong)));
    await world.get(options);
    Object.assign(world.store, { blob: async () => undefined });
    assert.equal(await offered[0].body.blob(), undefined);
    release();
    await world.expectNothingLeft();
  });

  it('has no blob if bytes could not be stored', async () => {
    const { world, offered, release, options } = offering(slow(file(content, strong)));
    world.store.append = () => Promise.reject(new DOMException('no room', 'QuotaExceededError'));
    await world.get(options);
    assert.equal(await offered[0].body.blob(), undefined);
    assert.equal(await world.run(offered[0].body.isStored()), false);
    release();
    await world.expectNothingLeft();
  });

  it('is not stored in parts if more than 16 MiB of it are in memory, which only the blob has', async () => {
    const large = new Uint8Array(17 * 1024 * 1024).fill(3);
    const whole = () => ({ status: 200, headers: { ETag: '"one"', 'Content-Length': String(large.length) }, bytes: large, chunk: 1 << 20 });
    const { world, offered, release, options } = offering(whole);
    await world.get({ ...options, segmentSize: 4 * 1024 * 1024 });
    const blob = await offered[0].body.blob();
    assert.deepEqual([blob.size, (await bytesOf(blob)).every((byte) => byte === 3)], [large.length, true]);
    assert.equal(await world.run(offered[0].body.isStored()), false);
    release();
    await world.expectNothingLeft();
  });

  for (const { what, size, usage, isStored = false, isRefused = false } of [
    { what: 'stays stored if the disk has room for a second one', size: MIB, usage: 0, isStored: true },
    { what: 'is deleted from the store before its last byte if the disk has no room for a second one', size: MIB, usage: MIB + 1 },
    { what: 'is also deleted if the browser reports a fixed room, and refuses the size', size: MIB, usage: 0, isRefused: true },
    { what: 'stays stored if it is small', size: MIB - 1, usage: 2 * MIB, isStored: true },
  ]) {
    it(what, async (test) => {
      const estimate = async () => ({ quota: 2 * MIB, usage });
      stub(test, 'navigator', { value: { storage: { estimate, ...(isRefused && fileSystem(refuseSize)) } } });
      const large = contentOf(size);
      const { world, offered, release, options } = offering((request) => ({ ...slow(file(large, strong))(request), chunk: 1 << 16 }));
      assertBytes(await world.get({ ...options, segmentSize: 1 << 18 }), large);
      assert.equal((await world.held()) > 0, isStored);
      assert.equal((await offered[0].body.blob())?.size, isStored ? size : undefined);
      release();
      await world.expectNothingLeft();
    });
  }

  for (const { what, isOffered, isLeft } of [
    { what: 'is deleted if a later file needs its room, and its caller has not taken it', isOffered: false, isLeft: false },
    { what: 'is not deleted for a later file while its caller stores it', isOffered: true, isLeft: true },
  ]) {
    it(what, async (test) => {
      const { world, offered, release, options } = offering(slow(file(content, strong)), (request) => ({
        ...slow(file(contentOf(MIB), strong))(request),
        chunk: 1 << 16,
      }));
      const onComplete = isOffered ? options.onComplete : () => undefined;
      await world.get({ ...options, onComplete });
      assert.equal(await world.held(), content.length);
      stub(test, 'navigator', { value: { storage: fileSystem(refuseSize) } });
      await world.get({ ...options, onComplete: () => undefined }, undefined, `${FILE}.data`);
      assert.equal((await world.held()) === content.length, isLeft);
      assert.equal(offered.length, isOffered ? 1 : 0);
      release();
      await world.expectNothingLeft();
    });
  }

  it('stays stored without room for a second one if its caller stores none', async (test) => {
    stub(test, 'navigator', { value: { storage: { estimate: async () => ({ quota: 1, usage: 1 }) } } });
    const large = contentOf(1024 * 1024);
    const { world, offered, release, options } = offering((request) => ({ ...slow(file(large, strong))(request), chunk: 1 << 16 }));
    assertBytes(await world.get({ ...options, readWhole: undefined, segmentSize: 1 << 18 }), large);
    assert.equal((await offered[0].body.blob())?.size, large.length);
    release();
    await world.expectNothingLeft();
  });

  it('is not offered if the request has headers of its own, or its length was not declared', async () => {
    const { world, offered, options } = offering(slow(file(content, strong)), slow(file(content, { hasLength: false })));
    await world.get(options, { headers: { Authorization: 'Bearer one' } });
    await world.get(options);
    assert.equal(offered.length, 0);
    await world.expectNothingLeft();
  });

  it('is not offered if its reader cancels it', async () => {
    const { world, offered, options } = offering(slow(file(content, strong)));
    const response = await world.run(world.visit(options)(FILE));
    const reader = response.body.getReader();
    await world.run(reader.read());
    await reader.cancel();
    assert.equal(offered.length, 0);
    await world.expectNothingLeft();
  });

  for (const [how, onComplete] of Object.entries({
    throws: () => {
      throw new Error('of the page');
    },
    rejects: () => Promise.reject(new Error('of the page')),
    'returns nothing': () => undefined,
  })) {
    it(`is released if the caller ${how}`, async () => {
      const { world, options } = offering(slow(file(content, strong)));
      assertBytes(await world.get({ ...options, readWhole: undefined, onComplete }), content);
      await world.expectNothingLeft();
      assert.equal(await world.held(), 0);
    });
  }
});
