import assert from 'node:assert/strict';
import { describe, it } from '../../support/suite.js';
import { createHash } from '../../../dist/transfer/integrity/hash-worker.js';
import { stub } from '../ports-support.js';
import { FakeFiles } from '../store/fake-files.js';

const ABC = {
  sha1: 'a9993e364706816aba3e25717850c26c9cd0d89d',
  sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
};
const text = new TextEncoder();
let realms = 0;

/** Loads the module as the script of a worker, on globals that record its messages. */
async function startWorker(test, { name = 'model-download-hash', hasPost = true } = {}) {
  const replies = [];
  const waiting = [];
  stub(test, 'name', { value: name });
  stub(test, 'onmessage', { value: undefined, writable: true });
  const post = (reply) => {
    replies.push(reply);
    waiting.shift()?.();
  };
  stub(test, 'postMessage', { value: hasPost ? post : undefined });
  /** Resolves with the next reply. */
  const next = async () => {
    if (replies.length === 0) await new Promise((resolve) => waiting.push(resolve));
    return replies.shift();
  };
  await import(`../../../dist/transfer/integrity/hash-worker.js?realm=${++realms}`);
  const { onmessage } = /** @type {any} */ (globalThis);
  return { replies, next, isListening: onmessage !== undefined, send: (data) => onmessage({ data }) };
}

describe('createHash', () => {
  for (const [algorithm, expected] of Object.entries(ABC)) {
    it(`computes ${algorithm} of bytes in pieces`, async () => {
      const hash = await createHash(/** @type {'sha1'} */ (algorithm));
      hash.update(text.encode('a'));
      hash.update(text.encode('bc'));
      assert.equal(hash.digest(), expected);
    });
  }

  it('rejects the algorithms that are not in the worker', async () => {
    for (const algorithm of /** @type {const} */ (['sha384', 'sha512']))
      await assert.rejects(createHash(algorithm), { message: `${algorithm} is not available here` });
  });
});

describe('the hash worker', () => {
  it('replies that it is ready, and then with digests and the number of processed bytes', async (test) => {
    const { next, send } = await startWorker(test);
    assert.deepEqual(await next(), { ready: true });
    await send({ id: 1, algorithm: 'sha256' });
    await send({ id: 2, algorithm: 'sha1' });
    await send({ id: 1, bytes: text.encode('ab') });
    assert.deepEqual(await next(), { added: text.encode('ab') });
    await send({ id: 2, bytes: text.encode('abc') });
    assert.deepEqual(await next(), { added: text.encode('abc') });
    await send({ id: 1, bytes: text.encode('c') });
    assert.deepEqual(await next(), { added: text.encode('c') });
    await send({ id: 1, digest: true });
    assert.deepEqual(await next(), { id: 1, hash: ABC.sha256 });
    await send({ id: 2, digest: true });
    assert.deepEqual(await next(), { id: 2, hash: ABC.sha1 });
  });

  it('replies with the error of a hash, and that its bytes are processed', async (test) => {
    const { next, send } = await startWorker(test);
    await next();
    await send({ id: 1, algorithm: 'sha512' });
    assert.deepEqual(await next(), { id: 1, error: 'Error: sha512 is not available here' });
    await send({ id: 1, bytes: text.encode('abc') });
    assert.deepEqual(await next(), { id: 1, error: 'Error: sha512 is not available here' });
    assert.deepEqual(await next(), { added: text.encode('abc') });
  });

  it('forgets a hash that has failed once it is dropped', async (test) => {
    const { next, send } = await startWorker(test);
    await next();
    await send({ id: 1, algorithm: 'sha512' });
    await next();
    await send({ id: 1, drop: true });
    await send({ id: 1, digest: true });
    assert.deepEqual(await next(), { id: 1, hash: '' });
  });

  it('forgets a hash that was dropped', async (test) => {
    const { next, send, replies } = await startWorker(test);
    await next();
    await send({ id: 1, algorithm: 'sha256' });
    await send({ id: 1, bytes: text.encode('abc') });
    await next();
    await send({ id: 1, drop: true });
    assert.deepEqual(replies, []);
    await send({ id: 1, digest: true });
    assert.deepEqual(await next(), { id: 1, hash: '' });
  });

  it('writes files, and returns their memory, with their hash, or with the reason if a file is not written', async (test) => {
    const { next, send } = await startWorker(test);
    await next();
    const disk = FakeFiles.install(test);
    await send({ id: 1, file: 'a', content: text.encode('abc') });
    assert.deepEqual(await next(), { id: 1, content: text.encode('abc'), sha256: ABC.sha256 });
    assert.deepEqual(disk.entries.get('a')?.bytes, text.encode('abc'));
    disk.failure = 'NotSupportedError';
    await send({ id: 2, file: 'b', content: text.encode('abc') });
    assert.deepEqual(await next(), { id: 2, content: text.encode('abc'), failure: { name: 'NotSupportedError', message: 'refused' } });
    assert.deepEqual([...disk.entries.keys()], ['a']);
  });

  it('replies that it is not ready where WebAssembly is refused', async (test) => {
    stub(test, 'WebAssembly', { value: undefined });
    const { next } = await startWorker(test);
    assert.deepEqual(await next(), { ready: false });
  });

  it('does not run where the module is imported', async (test) => {
    assert.equal((await startWorker(test, { name: 'of another worker' })).isListening, false);
    assert.equal((await startWorker(test, { hasPost: false })).isListening, false);
  });
});
