// Large files over several connections: faster where the server limits each of them, else as over one, and right in every case.
import assert from 'node:assert/strict';
import { describe, it } from '../../support/suite.js';
import { assertBytes, file, listed, only, readSome, refusal } from '../transfer-support.js';
import { largeContent, LargeWorld, line } from './parallel-support.js';

const MB = 1_000_000;
const content = largeContent(48 * MB);
/** Large enough for several connections. */
const smaller = content.subarray(0, 30 * MB);
/** The time of the file over one of the connections of `limitsEach()`, in ms. */
const ALONE = content.length / 3_000;

describe('a large file from a server that limits each connection', () => {
  it('is downloaded over four connections, each byte once', async () => {
    const world = new LargeWorld(content);
    const { bytes, time } = await world.timed();
    assertBytes(bytes, content);
    assert.ok(time < 0.5 * ALONE, `${time} ms of ${ALONE}`);
    assert.equal(world.mostOpen, 4);
    const ranges = world.requests.slice(1);

    for (const [index, { start, end }] of ranges.entries()) {
      assert.ok(end > start, 'a range with an end');
      assert.ok(index === 0 || start === ranges[index - 1].end - 1_024, 'a range that shares 1 kB with the one before');
    }
    assert.equal(ranges.at(-1).end, content.length);
    await world.expectNothingLeft();
  });

  it('reports progress that never falls, and never more than the file', async () => {
    const world = new LargeWorld(content);
    await world.timed();
    const loaded = world.reports.map((report) => report.loaded);
    assert.deepEqual(
      loaded,
      [...loaded].sort((a, b) => a - b),
    );
    assert.deepEqual([loaded.at(-1), world.reports.at(-1).phase], [content.length, 'done']);
    // Bytes that wait for those before them are counted when they arrive: else the bar would jump by several ranges.
    const steps = loaded.slice(1).map((bytes, index) => bytes - loaded[index]);
    assert.ok(Math.max(...steps) < 4 * MB, `${Math.max(...steps)} bytes at once`);
  });

  it('is downloaded over one connection with `connections: 1`, and over two with 2', async () => {
    for (const connections of [1, 2]) {
      const world = new LargeWorld(content);
      assertBytes((await world.timed({ connections })).bytes, content);
      assert.equal(world.mostOpen, connections);
    }
    assert.throws(() => new LargeWorld(content).visit({ connections: 0 }), RangeError);
  });

  it('continues after stored bytes over several connections', async () => {
    const world = new LargeWorld(content);
    const bytes = content.slice(0, 8 * MB);
    const rest = { total: content.length, validator: '"one"', writtenBy: 'x', keptAt: world.clock.epoch() };
    await world.store.append({ url: world.url, start: 0, bytes, ...rest });
    assertBytes((await world.timed()).bytes, content);
    assert.deepEqual([world.starts[0], world.mostOpen], [8 * MB, 4]);
  });

  it('is compared with its hash', async () => {
    const wrong = new LargeWorld(content);
    const listing = { ...listed(content), sha256: '0'.repeat(64) };
    await assert.rejects(wrong.timed({ lookUp: () => Promise.resolve(listing) }), { code: 'corrupt' });
    const right = new LargeWorld(content);
    assertBytes((await right.timed({ lookUp: () => Promise.resolve(listed(content)), verify: 'spliced' })).bytes, content);
    assert.ok(right.mostOpen > 1);
  });
});

describe('a large file over one connection', () => {
  it('goes on so if the line is full, on this page for every file of the server', async () => {
    const world = new LargeWorld(content, { limit: line({ all: 4_000 }) });
    const { bytes, time } = await world.timed();
    assertBytes(bytes, content);
    assert.ok(time < (1.03 * content.length) / 4_000, `${time} ms`);
    assert.ok(world.requests.length > 1, 'more connections were tried');
    const tried = world.requests.length;
    assertBytes((await world.timed()).bytes, content);
    assert.equal(world.requests.length, tried + 1);
  });

  /** @type {[string, any, any?][]} */
  const single = [
    ['it is not listed', {}, { lookUp: () => Promise.resolve(undefined) }],
    ['its listing has another size', {}, { lookUp: () => Promise.resolve({ ...listed(smaller), size: 9 }), verify: 'never' }],
    ['the option is not set', {}, { connections: undefined }],
    ['it ends within 5 s', { limit: line({ all: 12_000 }) }],
    ['it has a weak validator', { headers: { ETag: 'W/"one"' } }],
    ['it is compressed', { headers: { ETag: '"one"', 'Content-Encoding': 'gzip' } }],
    ['the browser compiles it', { headers: { ETag: '"one"', 'Content-Type': 'application/wasm' } }],
  ];
  for (const [when, options, settings] of single) {
    it(`stays with it if ${when}`, async () => {
      const world = new LargeWorld(smaller, options);
      assertBytes((await world.timed(settings)).bytes, smaller);
      assert.equal(world.requests.length, 1);
    });
  }

  it('goes on so if another file shares a full line', async () => {
    const limit = line({ all: 4_000 });
    const world = new LargeWorld(smaller, { limit });
    const other = new LargeWorld(smaller, { limit });
    other.clock = world.clock;
    const begin = world.clock.now();
    const both = await Promise.all([world.timed(), other.timed()]);
    for (const { bytes } of both) assertBytes(bytes, smaller);
    const time = world.clock.now() - begin;
    assert.ok(time < (1.03 * 2 * smaller.length) / 4_000, `${time} ms`);
    assert.ok(world.requests.length + other.requests.length <= 6, 'few more connections were tried');
  });

  it('stays with it while another file has several, which a browser would not open for both', async () => {
    const world = new LargeWorld(content);
    const visit = world.visit();
    const [one, other] = await Promise.all([world.get(visit), world.get(visit, {}, `${world.url}_data`)]);
    assertBytes(one, content);
    assertBytes(other, content);
    assert.equal(world.mostOpen, 5);
  });
});

describe('a server whose ranges are of no use', () => {
  const other = largeContent(smaller.length + 4).slice(4);
  const longer = largeContent(smaller.length + 5);
  const strong = { headers: { ETag: '"one"' } };
  /** The first `count` ranges are right, and the later ones come from `then`. */
  const after = (count, then) => (answer) => {
    let asked = 0;
    return (request) => (asked++ < count ? answer : then)(request);
  };
  /** @type {[string, any, number?][]} */
  const servers = [
    ['refuses them with 403', () => refusal(403)],
    ['refuses them with 429', () => refusal(429, { 'Retry-After': '5' })],
    ['refuses them with 503', () => refusal(503)],
    ['refuses the second one and all later ones', after(1, refusal(429))],
    // The body's own connection has been closed, and the server refuses every other one for long.
    ['refuses the sixth one and all later ones', after(5, refusal(429)), Infinity],
    ['sends the whole file', (answer) => (request) => answer({ ...request, start: undefined })],
    ['sends short ones', () => file(smaller, { ...strong, piece: 500_000 })],
    ['sends those of another version', () => file(other, { headers: { ETag: '"two"' } })],
    ['sends those of a longer file', () => file(longer, strong)],
    ['sends other bytes than requested', () => file(other, strong)],
    ['sends other bytes from the second one on', after(1, file(other, strong)), 1.5],
    ['does not respond to them', () => () => ({ never: 'hang' })],
    ['cannot be reached for them', () => () => ({ never: 'reject' })],
    ['cuts them before their first byte', (answer) => only(0, answer)],
    ['cuts them within their first kilobyte', (answer) => only(500, answer)],
    ['cuts them half-way', (answer) => only(2 * MB, answer)],
    ['stops half-way through them', (answer) => only(2 * MB, answer, 'stall')],
    ['hides where they begin', () => file(smaller, { ...strong, hide: ['Content-Range'] })],
  ];
  for (const [what, ranges, most = 1.03] of servers) {
    it(`that ${what} costs the file nothing`, async () => {
      const world = new LargeWorld(smaller, { ranges });
      const { bytes, time } = await world.timed();
      assertBytes(bytes, smaller);
      assert.ok(time < (most * smaller.length) / 3_000, `${time} ms`);
      await world.expectNothingLeft();
    });
  }
});

describe('connections that break', () => {
  it('deliver the file, each byte once, and are several again after a while', async () => {
    const long = largeContent(96 * MB);
    let ranges = 0;
    const world = new LargeWorld(long, { ranges: (answer) => (request) => (++ranges === 6 ? only(MB, answer) : answer)(request) });
    assertBytes((await world.timed()).bytes, long);
    const cut = world.requests[6];
    const later = world.requests.slice(7).filter(({ at }) => at > cut.at + 10_000);
    assert.ok(later.length > 8, 'ranges after the cut');
    const received = world.requests.reduce((sum, { sent = 0 }) => sum + sent, 0);
    assert.ok(received < long.length + 2 * MB, `${received} bytes`);
    await world.expectNothingLeft();
  });

  it('are tried a few times only with a server that closes the older one', async () => {
    const world = new LargeWorld(content, {
      ranges: (answer) => (request) => {
        world.open.filter((one) => one !== request).forEach((older) => older.cut?.());
        return answer(request);
      },
    });
    assertBytes((await world.timed()).bytes, content);
    assert.ok(world.requests.length < 16, `${world.requests.length} requests`);
    await world.expectNothingLeft();
  });
});

describe('a service worker that controls the page', () => {
  it('keeps a file to one connection, since it may read a copy of the response to its end', async () => {
    const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
    Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { serviceWorker: { controller: {} } } });
    try {
      const world = new LargeWorld(smaller);
      assertBytes((await world.timed()).bytes, smaller);
      assert.equal(world.requests.length, 1);
    } finally {
      if (before) Object.defineProperty(globalThis, 'navigator', before);
      else Reflect.deleteProperty(globalThis, 'navigator');
    }
  });
});

describe('a reader that stops', () => {
  it('has at most 16 MiB ahead of it, and 4 MiB on the way', async () => {
    const world = new LargeWorld(content);
    const body = await world.run(
      world
        .visit({ segmentSize: 4 * MB })(world.url)
        .then((response) => readSome(response, 20 * MB)),
    );
    await world.pass(60_000);
    const received = world.requests.reduce((sum, { sent = 0 }) => sum + sent, 0);
    assert.ok(received < body.size + 20 * 1024 * 1024, `${received} bytes`);
    assertBytes(await world.run(body.rest()), content);
  });
});

describe('a pause of a file that several connections deliver', () => {
  it('closes all of them, and keeps the bytes that have arrived', async () => {
    const world = new LargeWorld(content);
    const visit = world.visit();
    const reading = visit(world.url).then((response) => readSome(response, 20 * MB));
    const body = await world.run(reading);
    const rest = body.rest();
    visit.pause();
    await world.pass(20_000);
    assert.equal(world.open.length, 0);
    const before = world.requests.length;
    visit.resume();
    assertBytes(await world.run(rest), content);
    const again = world.requests[before];
    assert.ok(again.start > 20 * MB, `from ${again.start} on`);
    assert.ok(world.requests.length > before + 2, 'several connections again');
    const received = world.requests.reduce((sum, { sent = 0 }) => sum + sent, 0);
    assert.ok(received < content.length + 2 * MB, `${received} bytes`);
    await world.expectNothingLeft();
  });

  it('ends with the download', async () => {
    const world = new LargeWorld(content);
    const controller = new AbortController();
    const visit = world.visit();
    const reading = visit(world.url, { signal: controller.signal }).then((response) => readSome(response, 20 * MB));
    const body = await world.run(reading);
    assert.equal(world.open.length > 1, true);
    controller.abort();
    await assert.rejects(world.run(body.rest()), { name: 'AbortError' });
    await world.pass(1_000);
    // All bytes up to the first gap are stored.
    const held = await world.held();
    const { loaded } = world.reports.at(-1);
    assert.ok(held > body.size + MB && held > loaded - 8 * MB, `${held} of ${loaded}, of which ${body.size} were read`);
    const before = world.requests.length;
    assertBytes(await world.get(visit), content);
    assert.equal(world.requests[before].start, held);
    await world.expectNothingLeft();
  });
});
