import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { bytesOf, get, hugeSize, large, model, small, startHub } from './fixture.js';

describe('hub log', () => {
  /** @type {Awaited<ReturnType<typeof startHub>>} */
  let started;
  before(async () => void (started = await startHub()));
  after(() => started.close());

  it('counts the bytes of every body', async () => {
    const scope = started.hub.scope('count');
    await bytesOf(await get(scope, 'config.json'));
    await bytesOf(await get(scope, 'onnx/model.onnx', { headers: { Range: 'bytes=1000000-' } }));
    const told = scope.log.since().map(({ origin, status, file, range, bytesSent }) => [origin, status, file, range, bytesSent]);
    assert.deepEqual(told, [
      ['hub', 200, 'config.json', null, small.length],
      ['hub', 302, 'onnx/model.onnx', 'bytes=1000000-', 0],
      ['cdn', 206, 'onnx/model.onnx', 'bytes=1000000-', 500_000],
    ]);
  });

  it('grows with the bytes sent, and ends when the client leaves', async () => {
    const scope = started.hub.scope('live');
    scope.control.set({ stallAfter: 200_000 });
    const leaving = new AbortController();
    const response = await get(scope, 'onnx/model.onnx', { signal: leaving.signal });
    const reader = response.body?.getReader();
    let read = 0;
    while (read < 200_000) {
      read += (await reader?.read())?.value?.length ?? Infinity;
      assert.ok((scope.log.since().at(-1)?.bytesSent ?? 0) >= read);
    }
    const last = () => scope.log.since().at(-1);
    assert.deepEqual([last()?.bytesSent, last()?.aborted], [200_000, false]);
    leaving.abort();
    while (!last()?.aborted) await new Promise(setImmediate);
    assert.deepEqual([last()?.bytesSent, last()?.finished], [200_000, false]);
  });

  it('stops growing while the client does not read', async () => {
    const scope = started.hub.scope('reader');
    const response = await get(scope, 'onnx/huge.onnx');
    const sent = () => scope.log.since().at(-1)?.bytesSent ?? 0;
    let [before, calmTurns] = [sent(), 0];
    while (before === 0 || calmTurns < 10_000) {
      await new Promise(setImmediate);
      calmTurns = sent() === before ? calmTurns + 1 : 0;
      before = sent();
    }
    assert.ok(before > 0 && before < hugeSize / 2, `${before} bytes`);
    await response.body?.cancel();
  });

  it('is separate for each scope', async () => {
    const [one, other] = [started.hub.scope('one'), started.hub.scope('other')];
    one.control.set({ status: 500 });
    assert.equal((await get(one, 'config.json')).status, 500);
    assert.equal((await get(other, 'config.json')).status, 200);
    assert.equal((await fetch(`${started.hub.url}/${model}/resolve/main/config.json`)).status, 200);
    for (const { log } of [one, other, started.hub]) assert.equal(log.since().length, 1);
  });

  it('is read over HTTP, like the controls', async () => {
    const scope = started.hub.scope('http');
    const api = async (/** @type {string} */ path, /** @type {string} */ body = '') => {
      const init = body === '' ? {} : { method: 'POST', body };
      const response = await fetch(`${started.hub.url}/__hub/${path}scope=http`, init);
      return { status: response.status, value: Object(await response.json()) };
    };
    assert.equal((await api('control?', '{"bandwidth":1000,"status":404}')).status, 200);
    assert.equal(scope.control.values.bandwidth, 1000);
    assert.equal((await api('control?')).value.status, 404);
    assert.equal((await api('control?', '{"speed":1}')).status, 400);
    assert.equal((await api('control?', 'nonsense')).status, 400);
    assert.equal((await api('control?', 'null')).status, 400);

    await bytesOf(await get(scope, 'config.json'));
    const [entry] = (await api('log?since=0&')).value;
    assert.equal(entry.status, 404);
    assert.deepEqual((await api(`log?since=${entry.id}&`)).value, []);
    assert.equal((await api('reset?', '{}')).value.bandwidth, 0);
    assert.deepEqual(scope.log.since(), []);
    assert.equal((await api('nothing?')).status, 404);
  });
});

describe('hub time', () => {
  let now = 0;
  /** @type {number[]} */
  const sleeps = [];
  const clock = {
    now: () => now,
    sleep: async (/** @type {number} */ milliseconds) => {
      sleeps.push(milliseconds);
      now += milliseconds;
    },
  };
  /** @type {Awaited<ReturnType<typeof startHub>>} */
  let started;
  before(async () => void (started = await startHub({ clock })));
  after(() => started.close());
  beforeEach(() => {
    now = 0;
    sleeps.length = 0;
  });

  it('is shared by all bodies by the bandwidth, in small pieces', async () => {
    const scope = started.hub.scope('slow');
    scope.control.set({ bandwidth: 500_000 });
    await Promise.all(['onnx/model.onnx', 'onnx/model.onnx'].map(async (file) => bytesOf(await get(scope, file))));
    // 3 MB at 0.5 MB/s, minus the compensation for a late timer.
    assert.ok(now >= 5900 && now <= 6100, `${now} ms`);
    assert.ok(Math.max(...sleeps) <= 110, `${Math.max(...sleeps)} ms`);
    assert.ok(sleeps.length >= 110, `${sleeps.length} slices`);
  });

  it('is that of each body by the bandwidth of a body', async () => {
    const scope = started.hub.scope('limited');
    scope.control.set({ bodyBandwidth: 500_000 });
    await bytesOf(await get(scope, 'onnx/model.onnx'));
    // 1.5 MB at 0.5 MB/s.
    assert.ok(now >= 2900 && now <= 3100, `${now} ms`);
    const alone = now;
    await Promise.all(['onnx/model.onnx', 'onnx/model.onnx'].map(async (file) => bytesOf(await get(scope, file))));
    assert.ok(now - alone < 5_000, `${now - alone} ms`);
  });

  it('passes before the headers, on both servers', async () => {
    const scope = started.hub.scope('late');
    scope.control.set({ latency: 200 });
    await bytesOf(await get(scope, 'onnx/model.onnx'));
    assert.deepEqual(sleeps, [200, 200]);
  });

  it('passes in a stall, once in each body', async () => {
    const scope = started.hub.scope('pause');
    scope.control.set({ stallAfter: 1000, stallFor: 620, match: '.onnx' });
    assert.deepEqual(await bytesOf(await get(scope, 'onnx/model.onnx')), large);
    assert.equal(now, 620);
  });
});
