// Everything ends: a call settles, releases the file, and leaves nothing, even if a port is silent or slow, or a body is not read.
import assert from 'node:assert/strict';
import { describe, it } from '../support/suite.js';
import { CountedSignal } from '../fuzz/client.js';
import { FakeLocks, replaceGlobals } from '../fuzz/ports.js';
import { createStore } from '../fuzz/stores.js';
import {
  assertBytes,
  contentOf,
  FILE,
  file,
  hang,
  listed,
  only,
  read,
  readSome,
  refusal,
  slow,
  unreachable,
  World,
} from './transfer-support.js';

const content = contentOf(1_000);
const strong = { headers: { ETag: '"one"' } };
const never = () => new Promise(() => undefined);
const knows = (bytes) => ({ lookUp: () => Promise.resolve(listed(bytes)) });

/** The duration of a promise, in ms of the world's time. */
async function durationOf(world, promise) {
  const start = world.clock.now();
  await world.run(promise);
  return world.clock.now() - start;
}

describe('two calls for one address, read one after the other', () => {
  const answers = {
    'a file': file(content, strong),
    'a file of which nothing comes': only(0, file(content, strong), 'stall'),
    'a file whose connection breaks at once': only(0, file(content, strong)),
    'an empty file': file(new Uint8Array()),
  };
  for (const [name, answer] of Object.entries(answers)) {
    for (const order of ['first', 'second']) {
      it(`settle, the ${order} one first: ${name}`, async () => {
        const world = new World(answer, name === 'an empty file' ? answer : file(content, strong));
        const expected = name === 'an empty file' ? new Uint8Array() : content;
        const visit = world.visit();
        const first = await world.run(visit(FILE));
        let second;
        const duration = await durationOf(world, Promise.all([visit(FILE).then((response) => (second = response))]));
        assert.ok(duration <= 3_000, `the second one waited ${duration} ms`);
        const inOrder = order === 'first' ? [first, second] : [second, first];
        for (const response of inOrder) assertBytes(await world.run(read(response)), expected);
        await world.expectNothingLeft();
      });
    }
  }

  it('settle if all bytes are stored, although one body is not read', async () => {
    const world = new World(only(999, file(content, strong)));
    await world.failure({ automaticAttempts: 0 });
    world.answer(file(content, strong));
    const visit = world.visit({ readWhole: () => Promise.resolve(undefined) });
    assertBytes(await world.get(visit), content);
    const first = await world.run(visit(FILE));
    const waiting = visit(FILE);
    assert.ok((await durationOf(world, waiting)) <= 3_000);
    assertBytes(await world.run(read(await waiting)), content);
    assertBytes(await world.run(read(first)), content);
  });

  it('of two pages of a tab settle, too', async () => {
    const world = new World(file(content, strong));
    const first = await world.run(world.visit()(FILE));
    const second = await world.run(world.visit()(FILE));
    assertBytes(await world.run(read(second)), content);
    assertBytes(await world.run(read(first)), content);
  });
});

describe('a body that is read by others', () => {
  it('does not delete bytes that another call uses meanwhile', async () => {
    const world = new World(slow(file(content, strong)), slow(only(300, file(content, strong), 'stall')), file(content, strong));
    const visit = world.visit();
    const first = await world.run(visit(FILE));
    const part = await world.run(readSome(first, 100));
    const second = await world.run(visit(FILE));
    const other = readSome(second, 500);
    assertBytes(await world.run(part.rest()), content);
    await world.pass(10);
    assert.ok((await world.held()) > 0, 'what the second one holds');
    assertBytes(await world.run((await world.run(other)).rest()), content);
    await world.expectNothingLeft();
  });

  it('is kept when it is paused, and read meanwhile', async () => {
    const world = new World(slow(only(500, file(content, strong), 'stall')), only(400, file(content, strong), 'stall'));
    const visit = world.visit();
    const response = await world.run(visit(FILE));
    await world.pass(3_000);
    visit.pause();
    const reading = read(response);
    await world.pass(3_000);
    visit.resume();
    await world.pass(1_000);
    visit.abort();
    await assert.rejects(world.run(reading), { name: 'AbortError' });
    await world.pass(10);
    assert.equal(await world.held(), 900);
    await world.expectNothingLeft();
  });
});

describe('a call that waits for another', () => {
  it('continues alone when the other one is silent for 45 s', async () => {
    const world = new World(only(0, file(content, strong), 'stall'), file(content, strong));
    const visit = world.visit();
    // It is being read, and its server is silent for longer than anything may be.
    const first = world.visit({ stallTimeout: 10_000_000 })(FILE).then(read);
    await world.pass(100);
    const duration = await durationOf(world, visit(FILE).then(read));
    assert.ok(duration >= 44_000 && duration < 60_000, `${duration} ms`);
    world.requests[0].init.signal.dispatchEvent(new Event('ignored'));
    void first.catch(() => undefined);
  });

  it('continues while the other one waits for its recovery', async () => {
    const world = new World(slow(only(300, file(content, strong))), file(content, strong));
    /** @type {(value?: any) => void} */
    let answer;
    const first = world
      .visit({ recover: () => new Promise((resolve) => (answer = resolve)) })(FILE)
      .then(read);
    await world.pass(2_000);
    assert.ok(answer, 'it waits');
    const duration = await durationOf(
      world,
      world
        .visit()(FILE)
        .then(read)
        .then((bytes) => assertBytes(bytes, content)),
    );
    assert.ok(duration < 2_000, `${duration} ms`);
    answer();
    assertBytes(await world.run(first), content);
    await world.expectNothingLeft();
  });

  it('reads the whole file from its caller’s cache', async () => {
    const world = new World(slow(file(content, strong)));
    let kept;
    const options = { readWhole: () => Promise.resolve(kept) };
    const first = world.visit(options)(FILE).then(read);
    const second = world.visit(options)(FILE);
    await world.run(first);
    kept = new Response(content, { headers: { 'Content-Length': '1000' } });
    assertBytes(await world.run(second.then(read)), content);
  });

  it('ends when it is aborted, also while that cache does not answer', async () => {
    const world = new World(slow(file(content, strong)));
    const first = world.visit()(FILE).then(read);
    const controller = new AbortController();
    const second = world.visit({ readWhole: never })(FILE, { signal: controller.signal });
    second.catch(() => undefined);
    await world.run(first);
    await world.pass(1_000);
    controller.abort();
    await assert.rejects(world.run(second, 100), { name: 'AbortError' });
  });
});

describe('an abort', () => {
  /** Aborts a call after `delay` ms, and returns how long it then took to end. */
  async function abortAfter(world, delay, options, init) {
    const signal = new CountedSignal();
    const outcome = world
      .visit(options)(FILE, { ...init, signal: signal.signal })
      .then(read);
    outcome.catch(() => undefined);
    await world.pass(delay);
    const start = world.clock.now();
    signal.abort();
    await assert.rejects(world.run(outcome, 500), (error) => error === signal.signal.reason);
    assert.ok(world.clock.now() - start <= 500);
    assert.equal(world.failures.length, 0, 'an abort is no failure');
  }

  it('ends a call whose answer does not arrive', async () => {
    const world = new World(hang);
    await abortAfter(world, 1_000);
    await world.expectNothingLeft();
  });

  it('ends a body that receives no more bytes', async () => {
    const world = new World(only(300, file(content, strong), 'stall'));
    await abortAfter(world, 3_000);
    await world.expectNothingLeft();
  });

  it('ends a body while its disk is slow', async () => {
    const world = new World(slow(file(content, strong)));
    const store = {
      ...createStore({ kind: 'memory', operation: undefined, after: undefined }, world.store, world.clock),
      find: () => Promise.resolve(undefined),
      append: never,
      delete: () => Promise.resolve(),
    };
    await abortAfter(world, 200, { store });
  });

  for (const operation of ['find', 'read', 'delete']) {
    it(`ends a call while the store does not answer to ${operation}`, async () => {
      const world = new World(only(600, file(content, strong)));
      await world.failure({ automaticAttempts: 0 });
      world.failures.length = 0;
      world.answer(slow(file(contentOf(1_000, 1), { headers: { ETag: operation === 'delete' ? '"two"' : '"one"' } })));
      const store = createStore({ kind: 'hangs', operation, after: 0 }, world.store, world.clock);
      await abortAfter(world, 30, { store });
    });
  }

  for (const kind of ['hangs', 'late']) {
    it(`ends a call while its lock ${kind}`, async () => {
      const world = new World(file(content, strong));
      const locks = new FakeLocks(kind, world.clock);
      const restore = replaceGlobals({ navigator: { locks } });
      try {
        await abortAfter(world, 300);
        await world.pass(200_000);
        assert.equal(locks.left, 0, 'a lock that was granted late is given back');
      } finally {
        restore();
      }
    });
  }

  it('ends a call while the listing hangs that must prove the stored bytes', async () => {
    const world = new World(only(600, file(content)));
    await world.failure({ automaticAttempts: 0, ...knows(content) });
    world.failures.length = 0;
    world.answer(file(content));
    await abortAfter(world, 1_000, { lookUp: never });
  });

  it('ends a body whose last bytes wait for the listing', async () => {
    const world = new World(only(600, file(content)), file(content));
    let isAsked = false;
    const lookUp = (_url, { fresh = false } = {}) => {
      isAsked ||= fresh === true;
      return fresh ? never() : Promise.resolve(listed(contentOf(1_000, 1)));
    };
    await abortAfter(world, 2_000, { lookUp });
    assert.equal(isAsked, true);
  });

  it('ends a call that waits for its recovery', async () => {
    await abortAfter(new World(unreachable), 1_000, { recover: never });
  });

  it('ends a call that is paused', async () => {
    const world = new World(slow(file(content, strong)));
    const visit = world.visit();
    const controller = new AbortController();
    const outcome = visit(FILE, { signal: controller.signal }).then(read);
    outcome.catch(() => undefined);
    await world.pass(100);
    visit.pause();
    await world.pass(100);
    controller.abort();
    await assert.rejects(world.run(outcome, 100), { name: 'AbortError' });
    visit.resume();
    await world.expectNothingLeft();
  });

  it('cancels an answer that arrives after it', async () => {
    const world = new World((request) => ({ ...file(content, strong)(request), latency: 500, isStubborn: true }));
    await abortAfter(world, 100);
    await world.pass(1_000);
    assert.equal(world.requests[0].isCancelled, true);
    await world.expectNothingLeft();
  });
});

describe('a silent listing', () => {
  it('does not hold up the end of a body for more than a second', async () => {
    const world = new World(file(content, strong));
    assert.ok((await durationOf(world, world.visit({ lookUp: never })(FILE).then(read))) <= 1_200);
    await world.pass(10_000);
    await world.expectNothingLeft();
  });

  it('and then a break fails the body, or is continued, but the body settles', async () => {
    const world = new World(slow(only(600, file(content))), file(content));
    const duration = await durationOf(world, world.failure({ lookUp: never }));
    assert.ok(duration < 20_000, `${duration} ms`);
    const proven = new World(slow(only(600, file(content, strong))), file(content, strong));
    assertBytes(await proven.get({ lookUp: never }), content);
  });

  it('that is requested again for another mirror’s tag settles', async () => {
    const world = new World(slow(only(600, file(content, strong))), file(content, { headers: { ETag: '"mirror"' } }));
    const lookUp = (_url, { fresh = false } = {}) => (fresh ? never() : Promise.resolve(listed(content)));
    // The first listing's hash is compared with the whole at the end.
    assertBytes(await world.get({ lookUp, automaticAttempts: 1 }), content);
  });
});

describe('an answer that is not a file', () => {
  for (const status of [401, 403, 404, 410, 203, 206, 204, 205, 304]) {
    it(`with ${status} is the very Response`, async () => {
      const world = new World(
        status < 400 && status !== 206 && status !== 203 ? () => ({ status, bytes: new Uint8Array() }) : refusal(status),
      );
      const response = await world.run(world.visit()(FILE));
      assert.equal(response, world.requests[0].response);
      assert.equal(world.requests.length, 1);
      assert.equal(world.requests[0].init.signal.aborted, false);
      if (response.body) assert.equal(await world.run(response.text()), 'No.');
    });
  }

  it('that is opaque is the very Response', async () => {
    const opaque = Object.defineProperties(new Response(null), { type: { value: 'opaqueredirect' }, status: { value: 0 } });
    const world = new World();
    assert.equal(await world.run(world.visit({ fetch: () => Promise.resolve(opaque) })(FILE, { redirect: 'manual' })), opaque);
  });

  it('with a temporary status is returned at once to a caller that does not require the file', async () => {
    for (const status of [408, 425, 429, 500, 503]) {
      const world = new World(refusal(status));
      const response = await world.run(world.visit({ passesErrors: () => true })(FILE), 1);
      assert.equal(response, world.requests[0].response);
      assert.equal(await world.run(response.text()), 'No.');
      await world.expectNothingLeft();
    }
  });

  for (const name of ['of the caller', 'of the page']) {
    it(`ends with the signal ${name} after it was passed on, and leaves no listener`, async () => {
      const signal = new CountedSignal();
      const world = new World(only(2, refusal(503), 'stall'));
      const visit = world.visit({ passesErrors: () => true, ...(name === 'of the page' ? { signal: signal.signal } : {}) });
      const response = await world.run(visit(FILE, name === 'of the page' ? {} : { signal: signal.signal }));
      const reading = read(response);
      await world.pass(100);
      assert.equal(signal.left, 0, 'listeners');
      signal.abort();
      await assert.rejects(world.run(reading), { name: 'AbortError' });
      await world.expectNothingLeft();
    });
  }

  it('with a body that breaks is retried like any other', async () => {
    const broken = () => ({ status: 503, bytes: new TextEncoder().encode('No'), end: 'cut' });
    const world = new World(() => ({ ...broken(), bytes: new Uint8Array() }), file(content, strong));
    const brokenBody = async (input, init) => {
      const response = await world.fetch(input, init);
      if (response.status === 503)
        await response
          .clone()
          .text()
          .catch(() => undefined);
      return response;
    };
    assertBytes(await world.get({ fetch: brokenBody, automaticAttempts: 1 }), content);
  });

  it('leaves the file to the next caller', async () => {
    const world = new World(refusal(404), file(content, strong));
    const visit = world.visit();
    const first = await world.run(visit(FILE));
    assertBytes(await world.get(visit), content);
    assert.equal(first.status, 404);
  });
});

describe('a pause', () => {
  it('loses no byte, and counts none twice', async () => {
    for (let at = 0; at < 900; at += 75) {
      const world = new World(slow(file(content, strong)));
      const visit = world.visit();
      const reading = visit(FILE).then(read);
      await world.pass(at);
      visit.pause();
      await world.pass(2_000);
      assert.equal(world.open.length, 0, 'the connection is closed');
      visit.resume();
      assertBytes(await world.run(reading), content);
      assert.equal(world.reports.at(-1).loaded, 1_000);
      assert.ok(
        world.reports.every(({ loaded }, index) => index === 0 || loaded >= world.reports[index - 1].loaded),
        'no step back',
      );
      assert.equal(world.reports.at(-1).stored, 0);
      await world.expectNothingLeft();
    }
  });

  const modified = {
    headers: { 'Last-Modified': new Date(1_700_000_000_000).toUTCString(), 'Content-Type': 'application/json' },
    hide: 'default',
  };
  for (const [name, options] of Object.entries({
    'a word of its version': {},
    'a length, by which its Last-Modified would count': modified,
  })) {
    it(`of a body without ${name} leaves its connection open, since it could not be continued`, async () => {
      const world = new World(slow(file(content, options)));
      const visit = world.visit();
      const reading = visit(FILE).then(read);
      reading.catch(() => undefined);
      await world.pass(300);
      visit.pause();
      await world.pass(2_000);
      visit.resume();
      assertBytes(await world.run(reading), content);
      assert.equal(world.requests.length, 1);
      await world.expectNothingLeft();
    });
  }

  it('before the first byte loses nothing if the body cannot be continued', async () => {
    const world = new World(only(0, file(content), 'stall'), file(content));
    const visit = world.visit();
    const reading = visit(FILE).then(read);
    await world.pass(300);
    visit.pause();
    await world.pass(2_000);
    visit.resume();
    assertBytes(await world.run(reading), content);
  });
});

describe('compiled code', () => {
  const wasm = { headers: { 'Content-Type': 'application/wasm', ETag: '"one"' } };
  const silent = only(0, file(content, wasm), 'stall');

  it('that arrives at once is the original Response', async () => {
    const world = new World(file(content, wasm));
    const response = await world.run(world.visit()(FILE));
    assert.equal(response, world.requests[0].response);
    assertBytes(await world.run(read(response)), content);
    assert.deepEqual(world.reports.at(-1), { phase: 'done', loaded: 1_000, stored: 1_000, total: 1_000, totalIsExact: true });
    await world.expectNothingLeft();
  });

  it('that has a known hash is compared with it', async () => {
    const damaged = Uint8Array.from(content, (byte, index) => (index === 5 ? byte ^ 1 : byte));
    assert.equal((await new World(file(damaged, wasm)).failure(knows(content))).code, 'corrupt');
    assertBytes(await new World(file(content, wasm)).get(knows(content)), content);
  });

  it('that is shorter than the server declared is continued', async () => {
    const world = new World(only(300, file(content, { ...wasm, type: 'basic' }), 'end'), file(content, { ...wasm, type: 'basic' }));
    assertBytes(await world.get(), content);
    // A browser keeps the received part of code, and completes it itself.
    assert.deepEqual(world.starts, [undefined, undefined]);
  });

  it('that arrives slowly is continued after a break', async () => {
    const world = new World(slow(only(600, file(content, wasm))), file(content, wasm));
    const response = await world.run(world.visit()(FILE));
    assert.equal(response.headers.get('Content-Type'), 'application/wasm');
    assertBytes(await world.run(read(response)), content);
    assert.deepEqual(world.starts, [undefined, undefined]);
    await world.expectNothingLeft();
  });

  it('whose first connection delivers nothing is complete over the second, however fast that is', async () => {
    for (const type of [wasm, { ...wasm, hide: 'default' }]) {
      const world = new World(only(0, file(content, type), 'stall'), file(content, type));
      assertBytes(await world.get(), content);
      await world.expectNothingLeft();
    }
  });

  it('whose connection breaks at once is requested again', async () => {
    const world = new World(only(100, file(content, wasm)), file(content, wasm));
    assertBytes(await world.get(), content);
    await world.expectNothingLeft();
  });

  it('survives a pause during its first moment, although nothing proves its version', async () => {
    const unproven = { headers: { 'Content-Type': 'application/wasm' }, hide: /** @type {const} */ ('default') };
    const world = new World(slow(file(content, unproven)), file(content, unproven));
    const visit = world.visit();
    const reading = visit(FILE).then(read);
    reading.catch(() => undefined);
    await world.pass(150);
    visit.pause();
    await world.pass(2_000);
    visit.resume();
    assertBytes(await world.run(reading), content);
    await world.expectNothingLeft();
  });

  it('ends when it is aborted during its first moment', async () => {
    const world = new World(silent);
    const controller = new AbortController();
    const outcome = world.visit()(FILE, { signal: controller.signal });
    outcome.catch(() => undefined);
    await world.pass(100);
    controller.abort();
    await assert.rejects(world.run(outcome, 10), { name: 'AbortError' });
    await world.expectNothingLeft();
  });
});

describe('the remains of a call', () => {
  const ways = {
    'that ends': (world) => world.get(),
    'that is cut and goes on': (world) => (world.answer(slow(only(500, file(content, strong))), file(content, strong)), world.get()),
    'that fails': (world) => (world.answer(unreachable), world.failure()),
    'whose body fails': (world) => (world.answer(slow(only(500, file(content)))), world.failure()),
    'that is refused': (world) => (
      world.answer(refusal(403)),
      world.run(
        world
          .visit()(FILE)
          .then((response) => response.text()),
      )
    ),
    'whose body is cancelled': (world) => (
      world.answer(slow(file(content, strong))),
      world.run(
        world
          .visit()(FILE)
          .then((response) => response.body.cancel()),
      )
    ),
    'whose body is not read': (world) =>
      world.run(world.visit()(FILE)).then((response) => world.pass(5_000).then(() => response.body.cancel())),
  };
  for (const [name, play] of Object.entries(ways)) {
    it(`${name} are none: no timer, listener, lock or request`, async () => {
      const world = new World(file(content, strong));
      const locks = new FakeLocks('works', world.clock);
      const restore = replaceGlobals({ navigator: { locks } });
      const [tab, caller] = [new CountedSignal(), new CountedSignal()];
      const { visit } = world;
      const visitWithSignals = (options) => {
        const downloadFetch = visit.call(world, { ...options, signal: tab.signal });
        return (url) => downloadFetch(url, { signal: caller.signal });
      };
      Object.assign(world, { visit: visitWithSignals });
      try {
        await play(world);
        await world.expectNothingLeft();
        assert.equal(tab.left + caller.left, 0, 'listeners');
        assert.equal(locks.left, 0, 'locks');
      } finally {
        restore();
      }
    });
  }
});

describe('the retries of a download fetch', () => {
  it('are those of one call: a later call of the same address has them again', async () => {
    const world = new World(unreachable);
    const visit = world.visit({ automaticAttempts: 3 });
    for (const requests of [4, 8, 12]) {
      await world.failure(visit);
      assert.equal(world.requests.length, requests);
    }
  });

  it('return to zero with the new bytes of a later call, too', async () => {
    const large = contentOf(900_000);
    const answer = file(large, { headers: { ETag: '"1"' } });
    const world = new World((request) => {
      const end = (request.start ?? 0) + 300_000 < large.length ? 'cut' : 'end';
      return { ...only(300_000, answer, end)(request), chunk: 300_000 };
    });
    const visit = world.visit({ automaticAttempts: 1, segmentSize: 1_000_000 });
    assertBytes(await world.get(visit), large);
    assertBytes(await world.get(visit), large);
    assert.deepEqual(world.starts, [undefined, 300_000, 600_000, undefined, 300_000, 600_000]);
  });
});
