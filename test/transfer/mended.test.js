// Regression tests of faults with read-only `fetch`, slow servers, slow listings and redirects.
import assert from 'node:assert/strict';
import { describe, it } from '../support/suite.js';
import { assertBytes, contentOf, FILE, file, listed, only, read, readSome, refusal, slow, World } from './transfer-support.js';

const content = contentOf(1_000);
/** Each test has its own listing: one that is slow for one test must not be slow for the next. */
const silent = () => () => new Promise(() => undefined);

const tagged = { headers: { ETag: '"a"' } };

describe('a server that is slow with its headers each time', () => {
  it('gets twice the time with each attempt', async () => {
    const world = new World((request) => ({ ...file(content)(request), latency: 230_000 }));
    assertBytes(await world.get({ automaticAttempts: 3, stallTimeout: 30_000 }), content);
    const [first, second, third, fourth] = world.requests.map(({ at }) => at);
    assert.equal(world.requests.length, 4);
    assert.ok(second - first >= 30_000 && second - first < 60_000, `${second - first} ms for the first`);
    assert.ok(third - second >= 60_000 && third - second < 90_000, `${third - second} ms for the second`);
    assert.ok(fourth - third >= 120_000 && fourth - third < 150_000, `${fourth - third} ms for the third`);
  });

  it('takes no longer than without this package, and sends the file once', async () => {
    for (const latency of [40_000, 70_000, 230_000]) {
      const world = new World((request) => ({ ...file(content)(request), latency }));
      assertBytes(await world.get({ stallTimeout: 30_000 }), content);
      assert.ok(world.clock.now() <= latency + 1_000, `${world.clock.now()} ms`);
      assert.equal(world.requests.filter(({ response }) => response).length, 1, 'answers');
      await world.expectNothingLeft();
    }
  });

  it('is waited for if no attempt is left', async () => {
    const world = new World((request) => ({ ...file(content)(request), latency: 290_000 }));
    assertBytes(await world.get({ automaticAttempts: 0, stallTimeout: 30_000 }), content);
    assert.equal(world.requests.length, 1);
  });

  it('has no open request while the download is paused, and after its end', async () => {
    for (const end of ['pause', 'abort']) {
      const world = new World((request) => ({ ...file(content)(request), latency: 70_000 }));
      const visit = world.visit({ stallTimeout: 30_000 });
      const controller = new AbortController();
      const outcome = visit(FILE, { signal: controller.signal }).then(read);
      outcome.catch(() => undefined);
      await world.pass(40_000);
      assert.equal(world.open.length, 2, 'the late request and the next one');
      if (end === 'pause') visit.pause();
      else controller.abort();
      await world.pass(100);
      assert.equal(world.open.length, 0, end);
      visit.resume();
      if (end === 'pause') assertBytes(await world.run(outcome), content);
      await world.expectNothingLeft();
    }
  });

  it('continues held bytes with the answer to the late range', async () => {
    const world = new World(only(400, file(content, tagged)), (request) => ({ ...file(content, tagged)(request), latency: 40_000 }));
    assertBytes(await world.get({ stallTimeout: 30_000 }), content);
    assert.deepEqual(world.starts, [undefined, 400, 400]);
    assert.ok(world.clock.now() < 45_000, `${world.clock.now()} ms`);
  });

  it('gets at most eight times the first time, and ten times if no attempt is left', async () => {
    const world = new World(() => ({ never: 'hang' }));
    await world.failure({ automaticAttempts: 5, stallTimeout: 1_000 });
    const times = world.requests.map(({ at }) => at);
    const last = times.at(-1) - times.at(-2);
    assert.ok(last >= 8_000, `${last} ms`);
    const end = world.clock.now() - times.at(-1);
    assert.ok(end > 8_000 && end <= 11_000, `the last one: ${end} ms`);
  });
});

describe('a server that pauses in its body', () => {
  const pausing = (delay, options) => (request) => ({ ...file(content, options)(request), chunk: 400, delay });

  it('is waited for, as plain `fetch` does, if no other answer could continue the body', async () => {
    for (const hide of [[], 'default']) {
      const world = new World(pausing(100_000, { ranges: 'ignored', hide }));
      assertBytes(await world.get({ automaticAttempts: 0 }), content);
      assert.equal(world.requests.length, 1);
      await world.expectNothingLeft();
    }
  });

  it('ends the download after five minutes without a byte', async () => {
    const world = new World(only(400, file(content, { ranges: 'ignored' }), 'stall'));
    const { code, message } = await world.failure({ automaticAttempts: 3 });
    assert.equal(code, 'timeout');
    assert.equal(message, 'Expected a byte within 300 s, received none');
    const waited = world.clock.now();
    assert.ok(waited >= 300_000 && waited < 330_000, `${waited} ms`);
    assert.equal(world.requests.length, 1);
    await world.expectNothingLeft();
  });

  it('gets twice the time with each attempt if a range can continue the body', async () => {
    const world = new World(pausing(100_000, { headers: { ETag: '"a"' } }));
    assertBytes(await world.get({ automaticAttempts: 3 }), content);
    assert.ok(world.requests.length <= 3, `${world.requests.length} requests`);
    await world.expectNothingLeft();
  });
});

describe('a pause of a body that its `Content-Length` does not describe', () => {
  it('keeps the connection, since the end of the body leaves nothing that another answer could be compared with', async () => {
    const hour = 3_600_000;
    const world = new World();
    const headers = { 'Last-Modified': new Date(world.clock.epoch() - hour).toUTCString(), 'Content-Encoding': 'gzip' };
    world.answer(slow(file(content, { headers, hide: 'default', declared: 600 })));
    const visit = world.visit();
    const reading = visit(FILE).then(read);
    await world.pass(300);
    visit.pause();
    await world.pass(100);
    visit.resume();
    assertBytes(await world.run(reading), content);
    assert.equal(world.requests.length, 1);
  });
});

describe('a slow listing', () => {
  it('is awaited once for all files, at their end', async () => {
    const world = new World(file(content));
    const visit = world.visit({ lookUp: silent() });
    for (let index = 0; index < 20; index++) assertBytes(await world.get(visit, {}, `${FILE}-${index}`), content);
    const waited = world.clock.now();
    assert.ok(waited >= 1_000 && waited < 2_000, `${waited} ms for 20 files`);
  });

  it('is not awaited before the first byte', async () => {
    const world = new World(slow(file(content)));
    const response = await world.run(world.visit({ lookUp: silent() })(FILE));
    await world.run(readSome(response, 1));
    assert.ok(world.clock.now() < 500, `${world.clock.now()} ms`);
  });

  it('is awaited once before the first byte of stored files', async () => {
    const urls = Array.from({ length: 20 }, (_, index) => `${FILE}-${index}`);
    const world = new World(only(600, file(content)));
    for (const url of urls)
      await world.run(
        world
          .visit({ automaticAttempts: 0 })(url)
          .then(read)
          .catch(() => undefined),
      );
    world.answer(file(content));
    const begun = world.clock.now();
    const visit = world.visit({ lookUp: silent() });
    for (const url of urls) await world.run(visit(url).then((response) => readSome(response, 1)));
    const waited = world.clock.now() - begun;
    assert.ok(waited < 3_000, `${waited} ms for 20 files`);
  });
});

describe('a 404 at a redirected address', () => {
  const redirected = (url) => () => ({ ...refusal(404)(), url, redirected: true });

  it('of the same host is not requested again', async () => {
    const world = new World(redirected('https://hub.example/renamed/model.bin'));
    assert.equal((await world.run(world.visit()(FILE))).status, 404);
    assert.equal(world.requests.length, 1);
  });

  it('of another host is requested once more, since that address may have expired', async () => {
    const world = new World(redirected('https://cdn.example/model.bin'), file(content));
    assertBytes(await world.get(), content);
    assert.equal(world.requests.length, 2);
  });
});

describe('a compressed body that is longer than its content', () => {
  it('is complete by the size in the listing, without another request', async () => {
    const small = contentOf(20);
    const world = new World(file(small, { hide: 'default', declared: 43 }));
    // The listing arrives after the headers, so the reader has received the wrong length.
    const lookUp = () => world.clock.wait(300).then(() => listed(small));
    assertBytes(await world.get({ automaticAttempts: 0, lookUp }), small);
    assert.deepEqual(world.starts, [undefined]);
    assert.equal(world.reports.at(-1).total, 20);
  });
});
