import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { bytesOf, get, large, model, readUntilBreak, small, startHub } from './fixture.js';

/** @typedef {import('../../../demo/hub/create-hub.js').ScopeHandle} ScopeHandle */

const weights = 'onnx/model.onnx';

describe('hub controls', () => {
  /** @type {Awaited<ReturnType<typeof startHub>>} */
  let started;
  before(async () => void (started = await startHub()));
  after(() => started.close());

  it('cut a body at a byte, as often as set', async () => {
    const scope = started.hub.scope('cut');
    scope.control.set({ cutAfter: 700_001, cutTimes: 1, match: '.onnx' });
    const { bytes, broken } = await readUntilBreak(await get(scope, weights));
    assert.ok(broken);
    assert.deepEqual(bytes, large.subarray(0, bytes.length));
    const cut = entryFor(scope, weights);
    assert.deepEqual([cut.bytesSent, cut.finished, cut.aborted], [700_001, false, true]);
    assert.equal(scope.control.values.cutTimes, 0);

    const rest = await get(scope, weights, { headers: { Range: `bytes=${bytes.length}-` } });
    assert.deepEqual(Buffer.concat([bytes, await bytesOf(rest)]), large);
  });

  it('distribute cuts by a random number that is the same in every run', async () => {
    const places = async (token) => {
      const scope = started.hub.scope(token);
      scope.control.set({ cutAfter: 1_000, cutSpread: 1_000_000, match: weights });
      for (let time = 0; time < 3; time++)
        await get(scope, weights)
          .then((response) => response.arrayBuffer())
          .catch(() => undefined);
      return scope.log
        .since()
        .filter(({ origin }) => origin === 'cdn')
        .map(({ bytesSent }) => bytesSent);
    };
    const first = await places('spread-1');
    assert.equal(new Set(first).size, 3);
    assert.ok(first.every((place) => place >= 1_000 && place < 1_001_000));
    assert.deepEqual(await places('spread-2'), first);
  });

  it('stall a body until the stall is lifted', async () => {
    const scope = started.hub.scope('stall');
    scope.control.set({ stallAfter: 300_000 });
    const response = await get(scope, weights);
    const reader = response.body?.getReader();
    let read = 0;
    while (read < 300_000) read += (await reader?.read())?.value?.length ?? Infinity;
    assert.equal(read, 300_000);
    assert.equal(entryFor(scope, weights).finished, false);
    scope.control.set({ stallAfter: null });
    for (let chunk = await reader?.read(); chunk && !chunk.done; chunk = await reader?.read()) read += chunk.value.length;
    assert.equal(read, large.length);
  });

  it('answer with a status, as often as set', async () => {
    const scope = started.hub.scope('status');
    scope.control.set({ status: 429, statusTimes: 2, retryAfter: 7 });
    for (const status of [429, 429, 200]) {
      const response = await get(scope, 'config.json');
      assert.equal(response.status, status);
      assert.equal(response.headers.get('retry-after'), status === 429 ? '7' : null);
    }
  });

  it('limit a fault to some files and to one origin', async () => {
    const scope = started.hub.scope('limits');
    scope.control.set({ status: 503, match: '/onnx$/', origin: 'cdn' });
    assert.equal((await get(scope, 'config.json')).status, 200);
    assert.equal((await get(scope, weights, { redirect: 'manual' })).status, 302);
    assert.equal((await get(scope, weights)).status, 503);
  });

  it('hide the length of a body', async () => {
    const scope = started.hub.scope('length');
    scope.control.set({ noLength: true });
    const response = await get(scope, weights);
    assert.equal(response.headers.get('content-length'), null);
    assert.deepEqual(await bytesOf(response), large);
  });

  it('compress JSON, but no part of it', async () => {
    const scope = started.hub.scope('gzip');
    scope.control.set({ gzip: true });
    const response = await get(scope, 'config.json');
    assert.equal(response.headers.get('content-encoding'), 'gzip');
    assert.ok(Number(response.headers.get('content-length')) < small.length);
    assert.deepEqual(await bytesOf(response), small);
    const part = await get(scope, 'config.json', { headers: { Range: 'bytes=0-' } });
    assert.equal(part.headers.get('content-encoding'), null);
  });

  it('flip a byte of the file, also within a part', async () => {
    const scope = started.hub.scope('corrupt');
    scope.control.set({ corrupt: 1_000_000, corruptTimes: 1, match: weights });
    const bytes = await bytesOf(await get(scope, weights, { headers: { Range: 'bytes=999999-1000001' } }));
    const original = large.subarray(999_999, 1_000_002);
    assert.deepEqual(
      [...bytes].map((byte, index) => byte === original[index]),
      [true, false, true],
    );
    assert.deepEqual(await bytesOf(await get(scope, weights)), large);
  });

  it('replace a file by another version of it', async () => {
    const scope = started.hub.scope('replaced');
    const before = await get(scope, weights);
    scope.control.set({ replaced: true, match: weights });
    const after = await get(scope, weights);
    assert.notEqual(after.headers.get('etag'), before.headers.get('etag'));
    assert.equal(after.headers.get('content-length'), before.headers.get('content-length'));
    const bytes = await bytesOf(after);
    assert.deepEqual(
      bytes.map((byte) => byte ^ 0xff),
      await bytesOf(before),
    );
    /** @type {{ path: string, lfs?: { oid: string } }[]} */
    const listed = await (await fetch(`${scope.url}api/models/${model}/tree/main?recursive=true`)).json();
    const hash = createHash('sha256').update(bytes).digest('hex');
    assert.equal(listed.find(({ path }) => path === weights)?.lfs?.oid, hash);
  });

  it('shorten a file', async () => {
    const scope = started.hub.scope('truncate');
    scope.control.set({ truncate: 1000, match: weights });
    assert.deepEqual(await bytesOf(await get(scope, weights)), large.subarray(0, 1000));
    assert.equal((await get(scope, weights, { headers: { Range: 'bytes=1000-' } })).status, 416);
  });

  it('replace a file by a page', async () => {
    const scope = started.hub.scope('html');
    scope.control.set({ html: true });
    const response = await get(scope, 'config.json');
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type') ?? '', /^text\/html/);
  });

  it('ignore ranges and expose no headers', async () => {
    const scope = started.hub.scope('plain');
    scope.control.set({ noRange: true, noExpose: true });
    const response = await get(scope, 'config.json', { headers: { Range: 'bytes=5-9' } });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('accept-ranges'), 'none');
    assert.equal(response.headers.get('access-control-expose-headers'), null);
  });

  it('expose all headers', async () => {
    const scope = started.hub.scope('all');
    scope.control.set({ exposeAll: true });
    assert.equal((await get(scope, 'config.json')).headers.get('access-control-expose-headers'), '*');
  });

  it('go offline at once, and come back', async () => {
    const scope = started.hub.scope('offline');
    scope.control.set({ stallAfter: 100_000 });
    const response = await get(scope, weights);
    scope.control.set({ offline: true });
    assert.ok((await readUntilBreak(response)).broken);
    await assert.rejects(get(scope, 'config.json'), TypeError);
    scope.control.set({ offline: false });
    assert.equal((await get(scope, 'config.json')).status, 200);
  });

  it('reject unknown names', () => {
    const { control } = started.hub.scope('refuse');
    assert.throws(() => control.set(JSON.parse('{ "bandwith": 1 }')), /no control "bandwith"/);
    assert.throws(() => control.set(JSON.parse('{ "latency": "1" }')), /"latency" is a number/);
    assert.throws(() => control.set({ cutAfter: -1 }), RangeError);
    assert.throws(() => control.set({ match: '/(/' }), SyntaxError);
  });
});

/**
 * The last answer that carried bytes of a file.
 *
 * @param {ScopeHandle} scope
 * @param {string} file
 */
function entryFor(scope, file) {
  const entry = scope.log.since().findLast((candidate) => candidate.file === file && (candidate.bodySize ?? 0) > 0);
  return entry ?? assert.fail(`There is no request for ${file} in the log.`);
}
