// Files with code, compressed on their way: some browsers end such a body without an error when its connection breaks.
import assert from 'node:assert/strict';
import { describe, it } from '../support/suite.js';
import { assertBytes, contentOf, file, only, refusal, slow, unreachable, World } from './transfer-support.js';

const content = contentOf(1_000);
const encoded = { 'Content-Type': 'application/wasm', 'Content-Encoding': 'br' };
const proven = { headers: { ...encoded, ETag: '"one"' }, declared: 300 };
const unproven = { headers: encoded, declared: 300, hide: /** @type {const} */ ('default') };
const atOnce = (answer) => answer;
const knows = { lookUp: () => Promise.resolve({ size: 1_000, sha256: undefined }) };

for (const [speed, pace] of Object.entries({ 'over time': slow, 'at once': atOnce })) {
  describe(`a compressed file with code that arrives ${speed}`, () => {
    it('is confirmed by one request for its last byte', async () => {
      for (const form of [proven, unproven]) {
        const world = new World(pace(file(content, form)));
        assertBytes(await world.get(), content);
        assert.deepEqual(world.starts, [undefined, 999]);
        await world.expectNothingLeft();
      }
    });

    it('is downloaded past the cache once more if it was short', async () => {
      for (const form of [proven, unproven]) {
        const url = `https://cdn.example/${speed}-${form === proven}.wasm`;
        const world = new World(pace(only(600, file(content, form), 'end')), file(content, form));
        let found = await world.get({}, {}, url).catch((cause) => cause);
        if (found.code === 'network') found = await world.get({}, {}, url);
        assertBytes(found, content);
        assert.deepEqual(world.starts.slice(0, 3), [undefined, 599, undefined]);
        assert.equal(world.requests[2].init.cache, 'reload');
      }
    });

    it('is delivered unconfirmed if the server does not report its size', async () => {
      const answers = [refusal(400), refusal(503), unreachable, () => ({ never: 'hang' }), file(content, { ...proven, ranges: 'ignored' })];
      for (const answer of answers) {
        const world = new World(pace(file(content, proven)), answer);
        assertBytes(await world.get(), content);
        assert.ok(world.clock.now() < 10_000, `${world.clock.now()} ms`);
      }
    });

    it('is requested twice if the first request fails', async () => {
      const world = new World(pace(only(600, file(content, proven), 'end')), unreachable, file(content, proven));
      assertBytes(await world.get(), content);
      assert.deepEqual(world.starts.slice(0, 4), [undefined, 599, 599, undefined]);
    });

    it('ends with its caller', async () => {
      const caller = new AbortController();
      const hang = () => ({ never: 'hang' });
      const world = new World(pace(file(content, proven)), hang);
      const body = world.get({}, { signal: caller.signal });
      setTimeout(() => caller.abort(new Error('enough')), 20);
      world.clock.setTimeout(() => caller.abort(new Error('enough')), 2_000);
      await assert.rejects(body, /enough/);
      await world.expectNothingLeft();
    });
  });
}

describe('a confirmation of the end', () => {
  it('is not requested for other files', async () => {
    const world = new World(slow(file(content, { ...proven, headers: { ...proven.headers, 'Content-Type': 'application/json' } })));
    assertBytes(await world.get(), content);
    assert.deepEqual(world.starts, [undefined]);
  });

  it('is not requested if the size is known', async () => {
    const world = new World(slow(file(content, proven)));
    assertBytes(await world.get(knows), content);
    assert.deepEqual(world.starts, [undefined]);
  });

  it('is not requested for a body that has its Content-Length', async () => {
    const world = new World(slow(file(content, { headers: { 'Content-Type': 'application/wasm' }, hide: 'default' })));
    assertBytes(await world.get(), content);
    assert.deepEqual(world.starts, [undefined]);
  });

  it('waits while the download is paused', async () => {
    const world = new World(slow(file(content, proven)));
    const visit = world.visit();
    const body = world.get(visit);
    await new Promise((resolve) => world.clock.setTimeout(resolve, 650));
    visit.pause();
    world.clock.setTimeout(() => visit.resume(), 5_000);
    assertBytes(await body, content);
    assert.ok(world.clock.now() >= 5_000, `${world.clock.now()} ms`);
  });

  it('ignores a range that counts compressed bytes', async () => {
    const answer = file(content, proven);
    const tail = () => ({ status: 206, headers: { 'Content-Range': 'bytes 999-1199/1200' }, bytes: new Uint8Array(201) });
    const world = new World(
      slow((request) => ({ ...answer(request), headers: { ...encoded, 'Content-Length': '1200' } })),
      tail,
    );
    assertBytes(await world.get(), content);
    assert.deepEqual(world.starts, [undefined, 999]);
  });
});
