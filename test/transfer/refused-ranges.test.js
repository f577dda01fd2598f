// Servers that refuse only ranges, with a status that may pass: plain fetch works there.
import assert from 'node:assert/strict';
import { FakeLocks, replaceGlobals } from '../fuzz/ports.js';
import { describe, it } from '../support/suite.js';
import { assertBytes, contentOf, FILE, file, only, read, refusal, World } from './transfer-support.js';

const content = contentOf(1_000);
const strong = { headers: { ETag: '"one"' } };
const whole = file(content, strong);

/** Refuses ranges, and sends the whole file. */
const refusing = (status, headers) => (request) => (request.start === undefined ? whole : refusal(status, headers))(request);

let files = 0;

/** Each world has its own file: the layer remembers refusals by address. */
const worldOf = (...answers) => Object.assign(new World(...answers), { url: `${FILE}?refused=${++files}` });

/** A page that holds 600 bytes of an earlier attempt. */
async function held(...answers) {
  const world = worldOf(only(600, whole));
  await world.failure({ automaticAttempts: 0 });
  assert.equal(await world.held(), 600);
  world.requests = [];
  world.answer(...answers);
  return world;
}

/** The least time between a request and the one before it, in ms. */
const leastWait = ({ requests }) => Math.min(...requests.slice(1).map(({ at }, index) => at - requests[index].at));

const refusals = [
  [408, {}],
  [425, {}],
  [429, {}],
  [429, { 'Retry-After': '1' }],
  [429, { 'Retry-After': '0' }],
  [500, { 'Retry-After': '1' }],
  [503, { 'Retry-After': '1' }],
];

describe('a server that refuses only ranges for now', () => {
  for (const [status, headers] of refusals) {
    const name = [status, ...Object.entries(headers).flat()].join(' ');

    it(`sends the whole file after three refusals: ${name}`, async () => {
      const world = worldOf(only(600, whole), refusing(status, headers));
      assertBytes(await world.get(), content);
      assert.deepEqual(world.starts, [undefined, 600, 600, 600, undefined]);
      assert.equal(world.requests.at(-1).init.cache, 'reload', 'the browser requests no range for its own part');
      await world.expectNothingLeft();
    });

    it(`sends it to a later visit that holds bytes: ${name}`, async () => {
      const world = await held(refusing(status, headers));
      assertBytes(await world.get(), content);
      assert.deepEqual(world.starts, [600, 600, 600, undefined]);
    });

    it(`sends it a second after the first refusal if no attempt is left: ${name}`, async () => {
      const world = await held(refusing(status, headers));
      assertBytes(await world.get({ automaticAttempts: 0 }), content);
      assert.deepEqual(world.starts, [600, undefined]);
      assert.ok(leastWait(world) >= 1_000, `${leastWait(world)} ms`);
      await world.expectNothingLeft();
    });
  }

  it('receives the next request after the time that it states', async () => {
    const world = await held(refusing(429, { 'Retry-After': '7' }));
    assertBytes(await world.get({ automaticAttempts: 0 }), content);
    assert.ok(leastWait(world) >= 7_000, `${leastWait(world)} ms`);
  });

  it('may cut the whole file, too, and sends it again', async () => {
    const world = worldOf(
      only(600, whole),
      ...[1, 2, 3].map(() => refusal(429, { 'Retry-After': '1' })),
      only(700, whole),
      refusing(429, { 'Retry-After': '1' }),
    );
    assertBytes(await world.get(), content);
    // By now it might accept ranges, so one more is requested.
    assert.deepEqual(world.starts, [undefined, 600, 600, 600, undefined, 700, undefined]);
  });

  it('receives no request within a second if a pause ends during the wait', async () => {
    for (const options of [{ automaticAttempts: 0 }, {}]) {
      const world = await held(refusing(429, { 'Retry-After': '1' }));
      const visit = world.visit(options);
      const reading = visit(world.url).then(read);
      for (let pause = 0; pause < 3; pause++) {
        await world.pass(100);
        visit.pause();
        await world.pass(10);
        visit.resume();
      }
      assertBytes(await world.run(reading), content);
      assert.ok(leastWait(world) >= 1_000, `${leastWait(world)} ms`);
    }
  });

  it('receives no request while the download is paused, and sends the file after the pause', async () => {
    const world = await held(refusing(429, { 'Retry-After': '1' }));
    const visit = world.visit({ automaticAttempts: 0 });
    const reading = visit(world.url).then(read);
    await world.pass(100);
    visit.pause();
    await world.pass(60_000);
    assert.deepEqual(world.starts, [600]);
    visit.resume();
    assertBytes(await world.run(reading), content);
    assert.deepEqual(world.starts, [600, undefined]);
  });

  it('sends the file to two tabs', async () => {
    const world = await held(refusing(429, { 'Retry-After': '30' }));
    const locks = new FakeLocks('works', world.clock);
    const restore = replaceGlobals({ navigator: { locks } });
    try {
      const tabs = [0, 1].map(() => world.visit({ automaticAttempts: 0 })(world.url).then(read));
      for (const body of await world.run(Promise.all(tabs))) assertBytes(body, content);
      await world.expectNothingLeft();
      assert.equal(locks.left, 0);
    } finally {
      restore();
    }
  });

  it('does not have a file without which the caller would continue', async () => {
    const world = await held(refusing(429, { 'Retry-After': '1' }));
    const response = await world.run(world.visit({ passesErrors: () => true })(world.url));
    assert.equal(response.status, 200);
    assertBytes(await world.run(read(response)), content);
  });

  for (const [status, headers] of [
    [429, { 'Retry-After': '1' }],
    [425, {}],
    [503, {}],
  ]) {
    it(`receives a request for the whole file before the user is asked: ${status}`, async () => {
      const world = await held(refusing(status, headers));
      const asked = [];
      const recover = (cause) => Promise.reject((asked.push(cause), cause));
      const body = await world.run(
        world
          .visit({ recover, canRecover: (isAlone) => isAlone !== true })(world.url)
          .then(read),
      );
      assertBytes(body, content);
      assert.deepEqual(asked, []);
      assert.deepEqual(world.starts, [600, undefined]);
    });
  }

  it('receives it after a second if a range is refused for hours', async () => {
    const world = await held(refusing(503, { 'Retry-After': '20000' }));
    const before = world.clock.now();
    assertBytes(await world.get(), content);
    assert.ok(world.clock.now() - before < 60_000, `${world.clock.now() - before} ms`);
    assert.deepEqual(world.starts, [600, undefined]);
  });

  it('ends the wait if the caller aborts', async () => {
    const world = await held(refusing(429, { 'Retry-After': '30' }));
    const controller = new AbortController();
    const reading = world.visit({ automaticAttempts: 0 })(world.url, { signal: controller.signal }).then(read);
    await world.pass(2_000);
    controller.abort();
    await assert.rejects(world.run(reading), { name: 'AbortError' });
    await world.expectNothingLeft();
    assert.deepEqual(world.starts, [600]);
  });

  it('receives ranges again if it refuses the whole file, too', async () => {
    const world = await held(...[1, 2, 3, 4].map(() => refusal(429, { 'Retry-After': '1' })), whole);
    assertBytes(await world.get(), content);
    assert.deepEqual(world.starts, [600, 600, 600, undefined, 600]);
  });

  it('receives ranges as long as it answers one between the refusals', async () => {
    const busy = refusal(429, { 'Retry-After': '1' });
    const world = await held(busy, busy, only(100, whole), busy, busy, whole);
    assertBytes(await world.get(), content);
    assert.deepEqual(world.starts, [600, 600, 600, 700, 700, 700]);
  });
});
