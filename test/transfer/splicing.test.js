// How answers are joined: a body is one version of the file to its last byte, or it fails.
import assert from 'node:assert/strict';
import { describe, it } from '../support/suite.js';
import { createStore } from '../fuzz/stores.js';
import {
  assertBytes,
  bytesBeforeCorrupt,
  contentOf,
  FILE,
  file,
  integrityOf,
  listed,
  oidOf,
  only,
  page,
  read,
  readSome,
  refusal,
  slow,
  World,
} from './transfer-support.js';

const content = contentOf(1_000);
const other = contentOf(1_000, 1);
const strong = { headers: { ETag: '"one"' } };
const knows = (bytes) => ({ lookUp: () => Promise.resolve(listed(bytes)) });

/** The result of a cut after 600 bytes, followed by an answer. */
async function joined(first, then, options, visit = {}, init = {}) {
  const world = new World(slow(only(600, file(content, first))), file(then, { ...first, ...options }));
  const outcome = await world.get({ automaticAttempts: 1, ...visit }, init).catch((error) => error.code ?? 'network');
  if (typeof outcome === 'string') return outcome;
  assertBytes(outcome, then);
  return 'joined';
}

describe('two answers without a hash', () => {
  const modified = (age, date) => ({
    headers: { 'Last-Modified': new Date(date - age).toUTCString(), Date: new Date(date).toUTCString() },
  });
  const now = 1_750_000_000_000;

  it('are joined by an equal strong ETag', async () => {
    assert.equal(await joined(strong, content), 'joined');
  });

  it('are not joined by an equal weak ETag', async () => {
    assert.equal(await joined({ headers: { ETag: 'W/"1"' } }, other), 'network');
  });

  it('are not joined by another strong ETag', async () => {
    assert.equal(await joined(strong, other, { headers: { ETag: '"two"' } }), 'changed');
  });

  it('are joined by a Last-Modified that is 60 s older than the answer', async () => {
    assert.equal(await joined(modified(60_000, now), content), 'joined');
  });

  it('are not joined by a Last-Modified that is younger', async () => {
    assert.equal(await joined(modified(59_000, now), other), 'network');
  });

  it('are not joined by another Last-Modified', async () => {
    assert.equal(await joined(modified(60_000, now), other, modified(61_000, now + 30_000)), 'changed');
  });

  it('are joined by a Last-Modified with a hidden Date, if it is old by the device’s clock and the totals are equal', async () => {
    const old = { ...modified(120_000, now), hide: ['Date', 'ETag'] };
    assert.equal(await joined(old, content), 'joined');
    assert.equal(await joined({ ...modified(30_000, now), hide: ['Date', 'ETag'] }, other), 'network', 'it is too young');
  });

  it('are not joined by it if the totals are hidden, too', async () => {
    const old = { ...modified(120_000, now), hide: ['Date', 'ETag'] };
    assert.equal(await joined({ ...old, hasLength: false }, other, { hide: ['Date', 'ETag', 'Content-Range'] }), 'network');
  });

  it('are not joined without a validator', async () => {
    assert.equal(await joined({}, other), 'network');
  });

  it('are not joined if the totals differ', async () => {
    assert.equal(await joined(strong, contentOf(900, 1)), 'changed');
  });

  it('are joined with a hidden Content-Range if the length fits and the ETag is equal', async () => {
    assert.equal(await joined({ ...strong, hide: ['Content-Range'] }, content), 'joined');
  });

  it('are not joined by a range if the first may have been compressed', async () => {
    const compressed = { headers: { ETag: '"one"', 'Content-Type': 'application/json' }, hide: ['Content-Encoding'], declared: 500 };
    const world = new World(slow(only(600, file(content, compressed))), file(other, compressed));
    await assert.rejects(world.get({ automaticAttempts: 1 }).then((bytes) => assertBytes(bytes, content)));
  });

  it('are joined by a range if the first may have been compressed, and the total shows that it was not', async () => {
    assert.equal(await joined({ headers: { ETag: '"one"', 'Content-Type': 'application/json' } }, content), 'joined');
  });
});

describe('two answers with a known hash', () => {
  it('are joined without a validator', async () => {
    assert.equal(await joined({ hide: 'default' }, content, {}, knows(content)), 'joined');
  });

  it('are joined under the ETag of another mirror', async () => {
    assert.equal(await joined(strong, content, { headers: { ETag: '"mirror"' } }, knows(content)), 'joined');
  });

  it('are joined if the first was compressed', async () => {
    const compressed = { headers: { ETag: 'W/"one"', 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }, declared: 300 };
    assert.equal(await joined(compressed, content, {}, knows(content)), 'joined');
    assert.equal(await joined({ ...compressed, hide: 'default' }, content, {}, knows(content)), 'joined');
  });

  it('are rejected if they are of two versions', async () => {
    assert.equal(await joined({ hide: 'default' }, other, {}, knows(other)), 'corrupt');
    assert.equal(
      await joined(
        { hide: 'default' },
        other,
        {},
        { lookUp: () => Promise.resolve({ size: 1_000, sha256: undefined, oid: oidOf(other) }) },
      ),
      'corrupt',
    );
  });

  it('are joined across visits', async () => {
    const world = new World(only(600, file(content, { hide: 'default' })), file(content, { hide: 'default' }));
    await world.failure({ automaticAttempts: 0, ...knows(content) });
    assertBytes(await world.get(knows(content)), content);
    assert.deepEqual(world.starts, [undefined, 600]);
  });
});

describe('a 416', () => {
  const first = only(600, file(content, { ...strong, hasLength: false }));

  it('without a total proves nothing: the rest is requested without a range', async () => {
    const world = new World(first, refusal(416), file(content, strong));
    assertBytes(await world.get(), content);
    assert.deepEqual(world.starts, [undefined, 600, undefined]);
  });

  it('without a total, behind all bytes of a file of unknown length, does not show the end', async () => {
    const all = only(1_000, file(content, { ...strong, hasLength: false }));
    const world = new World(all, refusal(416), file(content, strong));
    assertBytes(await world.get(), content);
    assert.deepEqual(world.starts, [undefined, 1_000, undefined]);
  });

  it('with the stored total, and the same ETag, is the end', async () => {
    const world = new World(only(1_000, file(content, { ...strong, hasLength: false })), file(content, strong));
    assertBytes(await world.get(), content);
    assert.deepEqual(world.starts, [undefined, 1_000]);
  });

  it('with a total, but without a validator, is not the end', async () => {
    const world = new World(
      only(1_000, file(content, { ...strong, hasLength: false })),
      refusal(416, { 'Content-Range': 'bytes */1000' }),
      file(other, { headers: { ETag: '"two"' } }),
    );
    assert.equal((await world.failure()).code, 'changed');
  });

  it('to a range behind a file that became shorter fails the body', async () => {
    const world = new World(slow(first), file(contentOf(300, 1), strong));
    assert.equal((await world.failure({ automaticAttempts: 1 })).code, 'changed');
    assertBytes(await world.get(), contentOf(300, 1));
  });
});

describe('the stored bytes of an earlier visit', () => {
  /** A world in which a visit has left the first bytes of a file. */
  async function heldWorld(length, answer, options = {}) {
    const world = new World(only(length, answer));
    await world.failure({ automaticAttempts: 0, ...options });
    assert.equal(await world.held(), Math.min(length, 1_000));
    return world;
  }

  it('of an old file of 300 bytes are not the new file of 300 bytes', async () => {
    const old = contentOf(300);
    const world = await heldWorld(300, file(old, { ...strong, hasLength: false }));
    const fresh = contentOf(300, 1);
    world.answer(file(fresh, { headers: { ETag: '"two"' } }));
    assertBytes(await world.get(), fresh);
  });

  it('are not the new file either if the server reports only its length', async () => {
    const world = await heldWorld(300, file(contentOf(300), { hasLength: false }));
    const fresh = contentOf(300, 1);
    world.answer((request) => (request.start === undefined ? file(fresh)(request) : refusal(416)()));
    assertBytes(await world.get(), fresh);
  });

  it('are not the new file if the listing has its hash, it is shorter, and the old length is unknown', async () => {
    const fresh = contentOf(300, 1);
    const world = await heldWorld(500, file(content, { hasLength: false }), knows(content));
    world.answer(file(fresh, { hide: ['ETag'] }));
    assertBytes(await world.get(knows(fresh)), fresh);
  });

  it('do not block a shorter file for ever', async () => {
    const fresh = contentOf(300, 1);
    const world = await heldWorld(500, file(content, { hasLength: false }), knows(content));
    world.answer(file(fresh, { hasLength: false, ranges: 416 }));
    const visit = { automaticAttempts: 1, ...knows(fresh) };
    await world.get(visit).catch(() => undefined);
    assertBytes(await world.get(visit), fresh);
  });

  describe('and an answer without length, validator and listing that is shorter', () => {
    const nameless = { hasLength: false, ranges: /** @type {const} */ ('ignored') };
    const short = only(300, file(content, nameless), 'end');
    const demanded = { integrity: integrityOf(content) };
    /** A world with its own address: the layer remembers short answers by that. */
    const heldFor = async (/** @type {any[]} */ ...answers) => {
      const world = Object.assign(new World(only(600, file(content, nameless))), { url: `${FILE}?short=${Math.random()}` });
      await world.failure({ automaticAttempts: 0 }, demanded);
      world.answer(...answers);
      return world;
    };

    it('are kept after the first one', async () => {
      for (const automaticAttempts of [3, 0]) {
        const world = await heldFor(short, file(content, nameless));
        const outcome = await world.get({ automaticAttempts }, demanded).catch((error) => error.code);
        if (automaticAttempts > 0) assertBytes(outcome, content);
        else assert.equal(outcome, 'network');
        if (automaticAttempts === 0) assert.equal(await world.held(world.url), 600);
        assertBytes(await world.get({}, demanded), content);
      }
    });

    it('are kept after two that differ', async () => {
      const world = await heldFor(short, only(299, file(content, nameless), 'end'), file(content, nameless));
      assertBytes(await world.get({}, demanded), content);
    });

    it('are deleted after a second one in agreement', async () => {
      const world = await heldFor(short);
      assert.equal((await world.failure({}, demanded)).code, 'changed');
      assert.equal(await world.held(world.url), 0);
      assert.equal(world.starts.length, 3);
    });
  });

  it('are delivered if they are the whole file, after a request to the server', async () => {
    const world = new World(only(999, file(content, strong)));
    await world.failure({ automaticAttempts: 0 });
    world.answer(file(content, strong));
    assertBytes(await world.get(), content);
    assert.deepEqual(world.starts, [undefined, 999]);
  });

  it('are deleted for a new version with another strong ETag', async () => {
    const world = await heldWorld(600, file(content, strong));
    world.answer(file(other, { headers: { ETag: '"two"' } }));
    assertBytes(await world.get(), other);
  });

  it('are kept if the answer to the continuation is a page', async () => {
    const world = await heldWorld(900, file(content, strong));
    world.answer(page);
    assert.equal((await world.failure({ automaticAttempts: 0 })).code, 'corrupt');
    assert.equal(await world.held(), 900);
    world.answer(file(content, strong));
    assertBytes(await world.get(), content);
    assert.equal(world.starts.at(-1), 900);
  });

  for (const [name, answer] of Object.entries({
    'an empty answer': file(new Uint8Array()),
    'a short text': () => ({
      status: 200,
      headers: { 'Content-Type': 'text/plain', 'Content-Length': '8' },
      bytes: new TextEncoder().encode('Sign in.'),
    }),
  })) {
    it(`are kept if the answer is ${name}, which the hash contradicts`, async () => {
      const world = await heldWorld(900, file(content, strong), knows(content));
      world.answer(answer);
      await world.failure({ automaticAttempts: 0, ...knows(content) });
      assert.equal(await world.held(), 900);
      world.answer(file(content, strong));
      assertBytes(await world.get(knows(content)), content);
      assert.equal(world.starts.at(-1), 900);
    });
  }

  it('are deleted if they are damaged, which the hash shows', async () => {
    const world = await heldWorld(600, file(content, strong));
    world.answer(file(content, strong));
    const damaged = createStore({ kind: 'damaged', operation: 'all', after: 0 }, world.store, world.clock);
    assert.equal((await world.failure({ automaticAttempts: 0, store: damaged, ...knows(content) })).code, 'corrupt');
    assert.equal(await world.held(), 0);
    assertBytes(await world.get(knows(content)), content);
  });

  it('can be deleted while they are read: no byte is wrong', async () => {
    const world = await heldWorld(900, file(content, strong));
    world.answer(slow(file(content, strong)));
    const visit = world.visit();
    const response = await world.run(visit(FILE));
    const body = await world.run(readSome(response, 100));
    await world.run(visit.discard());
    assertBytes(await world.run(body.rest()), content);
    assert.equal(await world.held(), 0);
  });

  it('of a whole file are not delivered to a user that the server refuses', async () => {
    const world = new World(file(content, strong));
    const readWhole = () => Promise.resolve(undefined);
    const first = world.visit({ readWhole });
    assertBytes(await world.get(first, { credentials: 'include' }), content);
    world.answer(refusal(403));
    const response = await world.run(world.visit({ readWhole })(FILE, { credentials: 'include' }));
    assert.equal(response.status, 403);
  });

  it('are not used without the Authorization header that the server requires', async () => {
    const world = await heldWorld(900, file(content, strong));
    world.answer(refusal(403));
    const response = await world.run(world.visit()(FILE));
    assert.equal(response.status, 403);
    assert.equal(await world.held(), 900);
  });

  it('that cannot be checked at the end do not fail every visit', async () => {
    const world = await heldWorld(600, file(content, { hide: 'default' }), knows(content));
    world.answer(file(other, { hide: 'default' }));
    // The listing is an old one, and a new one cannot be had.
    const visit = { automaticAttempts: 0, lookUp: (_url, { fresh = false } = {}) => Promise.resolve(fresh ? undefined : listed(content)) };
    assert.equal((await world.failure(visit)).code, 'changed');
    assertBytes(await world.get(visit), other);
  });
});

describe('bytes that were joined for their hash alone', () => {
  it('do not count as one version at the next visit', async () => {
    const world = new World(slow(only(600, file(content, strong))), slow(only(200, file(other, { hide: 'default' }))));
    await world.failure({ automaticAttempts: 1, ...knows(content) });
    assert.equal(await world.held(), 800);
    world.answer(file(content, strong));
    assertBytes(await world.get(), content);
  });

  it('are read to their end although a later answer has a validator', async () => {
    const json = { 'Content-Type': 'application/json' };
    const world = new World(only(600, file(content, { headers: { ...json, ETag: '"one"' }, hide: ['Content-Encoding'] })));
    await world.failure({ automaticAttempts: 0 });
    // The rest arrives while the stored bytes are read.
    world.answer(file(content, { headers: { ...json, ETag: '"mirror"' } }));
    const store = createStore({ kind: 'slow', operation: 'all', after: 1 }, world.store, world.clock);
    assertBytes(await world.get({ store }, { integrity: integrityOf(content) }), content);
    assert.deepEqual(world.starts, [undefined, 600]);
  });

  it('are joined under another tag if the caller passes the hash', async () => {
    assert.equal(await joined(strong, content, { headers: { ETag: '"mirror"' } }, {}, { integrity: integrityOf(content) }), 'joined');
  });
});

describe('a body that ends too early without an error', () => {
  it('is continued if a later answer has reported the total', async () => {
    const unknown = { ...strong, hasLength: false };
    const world = new World(slow(only(500, file(content, unknown))), slow(only(200, file(content, strong), 'end')), file(content, strong));
    assertBytes(await world.get(), content);
    assert.deepEqual(world.starts, [undefined, 500, 700]);
  });

  it('is continued if the listing has the size', async () => {
    const world = new World(only(700, file(content, { ...strong, hasLength: false }), 'end'), file(content, strong));
    assertBytes(await world.get({ lookUp: () => Promise.resolve({ size: 1_000, sha256: undefined }) }), content);
    assert.deepEqual(world.starts, [undefined, 700]);
  });

  it('is the file if the listing is old, and a new one shows that', async () => {
    const short = content.subarray(0, 700);
    const world = new World(file(short, { ...strong, hasLength: false }));
    assertBytes(
      await world.get({ lookUp: (_url, { fresh = false } = {}) => Promise.resolve(fresh ? listed(short) : listed(content)) }),
      short,
    );
    assert.equal(world.requests.length, 1);
  });

  it('does not wait for ever for a new listing', async () => {
    const short = content.subarray(0, 700);
    const world = new World(file(short, { ...strong, hasLength: false }));
    const lookUp = (_url, { fresh = false } = {}) =>
      fresh ? new Promise(() => undefined) : Promise.resolve({ size: 1_000, sha256: undefined });
    assertBytes(await world.get({ lookUp }), short);
  });

  it('is not complete in a plain request that is shorter than the stored bytes', async () => {
    const world = new World(
      slow(only(600, file(content, { ...strong, hasLength: false }))),
      refusal(416),
      only(300, file(content, { ...strong, hasLength: false }), 'end'),
      file(content, strong),
    );
    const outcome = await world.get({ automaticAttempts: 3 }).catch((error) => error.code);
    if (typeof outcome === 'string') assert.equal(outcome, 'changed');
    else assertBytes(outcome, content);
    assertBytes(await world.get(), content);
  });

  it('is rejected by a known hash, also with an unknown length', async () => {
    const world = new World(only(700, file(content, { hasLength: false }), 'end'));
    const failure = await world.failure({ lookUp: () => Promise.resolve({ size: undefined, sha256: listed(content).sha256 }) });
    assert.equal(failure.code, 'corrupt');
  });

  it('is rejected by a new listing that has only its size', async () => {
    const world = new World(file(new Uint8Array()));
    const failure = await world.failure({ lookUp: () => Promise.resolve({ size: 1_000, sha256: undefined }) });
    assert.equal(failure.code, 'corrupt');
    const short = content.subarray(0, 900);
    const lookUp = (_url, { fresh = false } = {}) => Promise.resolve({ size: fresh ? 900 : 1_000, sha256: undefined });
    assertBytes(await new World(file(short)).get({ lookUp }), short);
  });

  it('is not the file if it is empty, and the first answer has reported a length', async () => {
    const world = new World(only(0, file(content, strong)), file(new Uint8Array()));
    assert.equal((await world.failure()).code, 'changed');
  });

  it('is rejected by a known hash if it is empty', async () => {
    const world = new World(file(new Uint8Array()));
    assert.equal((await world.failure(knows(content))).code, 'corrupt');
  });
});

describe('a body in one piece', () => {
  const flipped = Uint8Array.from(content, (byte, index) => (index === 500 ? byte ^ 1 : byte));

  it('that is damaged fails by default, once, without its last bytes', async () => {
    const world = new World(slow(file(flipped)));
    const response = await world.run(world.visit(knows(content))(FILE));
    const given = await bytesBeforeCorrupt(world, response);
    assert.ok(given < 1_000, `${given} bytes`);
    assert.equal(world.failures.length, 1);
    assert.ok(world.reports.every(({ phase }) => phase !== 'done'));
  });

  it('that is damaged bypasses the browser’s cache next time', async () => {
    const world = new World(file(flipped), file(content));
    await world.failure(knows(content));
    assertBytes(await world.get(knows(content)), content);
    assert.equal(world.requests[1].init.cache, 'reload');
    assertBytes(await world.get(knows(content)), content);
    assert.equal(world.requests[2].init.cache, undefined, 'and as usual from then on');
  });

  it('is compared with the hash of git if there is no other', async () => {
    const knowsOid = (bytes) => ({ lookUp: () => Promise.resolve({ size: bytes.length, sha256: undefined, oid: oidOf(bytes) }) });
    assertBytes(await new World(file(content)).get(knowsOid(content)), content);
    assert.equal((await new World(file(flipped)).failure(knowsOid(content))).code, 'corrupt');
    const empty = new Uint8Array();
    assertBytes(await new World(file(empty)).get(knowsOid(empty)), empty);
    assert.equal((await new World(file(empty)).failure(knowsOid(content))).code, 'corrupt');
  });

  it('that an old listing contradicts is decided by a new one', async () => {
    const asked = [];
    const lookUp = (_url, { fresh = false } = {}) => {
      asked.push(fresh);
      return Promise.resolve(listed(fresh ? content : other));
    };
    assertBytes(await new World(file(content)).get({ lookUp }), content);
    assert.ok(asked.includes(true));
  });

  it('that only an old listing contradicts is right', async () => {
    assertBytes(
      await new World(file(content)).get({ lookUp: (_url, { fresh = false } = {}) => Promise.resolve(fresh ? undefined : listed(other)) }),
      content,
    );
  });

  it('is checked although its bytes cannot be stored', async () => {
    const world = new World(only(600, file(content, strong)), file(other, strong));
    const full = createStore({ kind: 'full', operation: 'append', after: 1 }, world.store, world.clock);
    assert.equal((await world.failure({ store: full, ...knows(content) })).code, 'corrupt');
  });

  it('is not judged with `never`', async () => {
    assertBytes(await new World(file(flipped)).get({ verify: 'never', ...knows(content) }), flipped);
  });
});

describe('a page in place of a file', () => {
  it('is an error, and is not read from the browser’s cache the next time', async () => {
    const world = new World(page, file(content));
    assert.equal((await world.failure({ automaticAttempts: 0 })).code, 'corrupt');
    assertBytes(await world.get(), content);
    assert.equal(world.requests[1].init.cache, 'reload');
  });

  it('is not detected if the server uses that type for all files', async () => {
    assertBytes(await new World(file(content, { headers: { 'Content-Type': 'text/html' } })).get(), content);
  });

  it('is a missing file for a caller that does not require it', async () => {
    const response = await new World(page).run(new World(page).visit({ passesErrors: () => true })(FILE));
    assert.equal(response.status, 404);
  });

  it('is accepted at the address of a page', async () => {
    const body = await new World(page).get({}, undefined, 'https://hub.example/index.html');
    assert.match(new TextDecoder().decode(body), /Sign in/);
  });
});

describe('a body whose length or tag may be that of a compressed answer', () => {
  const long = contentOf(1_000);
  /** A server that compresses, without a header that shows it: an ETag, and the length of 400 compressed bytes. */
  const compressed = (headers) => file(long, { headers, declared: 400, ranges: 404 });

  it('is continued by a plain request after a break, although it is longer than its length', async () => {
    const world = new World(slow(only(300, compressed({ ETag: '"gzip"' }))), compressed({ ETag: '"gzip"' }));
    assertBytes(await world.get({ automaticAttempts: 1 }), long);
  });

  it('is requested as a whole if the range has another length and tag', async () => {
    const plain = slow(only(300, file(long, { headers: { ETag: '"gzip"' }, declared: 400 })));
    const range = file(long, { headers: { ETag: '"identity"' } });
    const world = new World(plain, range, compressed({ ETag: '"gzip"' }));
    assertBytes(await world.get({ automaticAttempts: 1 }), long);
    assert.deepEqual(world.starts, [undefined, 300, undefined]);
  });

  it('continues stored bytes, and more of a range, that exceed that length, if the caller passes the hash', async () => {
    const part = file(long.subarray(0, 600), { headers: { ETag: '"1"' }, hide: ['Content-Range'] });
    const world = new World(part, refusal(416), file(long, { headers: { ETag: 'W/"1"' }, declared: 400 }));
    await world.store.append({
      url: FILE,
      start: 0,
      bytes: long.slice(0, 500),
      total: 400,
      validator: undefined,
      writtenBy: 'one',
      keptAt: 0,
    });
    assertBytes(await world.get({ automaticAttempts: 1 }, { integrity: integrityOf(long) }), long);
    assert.deepEqual(world.starts, [500, 600, undefined]);
  });

  it('is not complete if its connection breaks at that length', async () => {
    const world = new World(slow(only(400, compressed({ ETag: '"gzip"' }))));
    assert.equal((await world.failure({ automaticAttempts: 0 })).code, 'network');
  });
});

describe('a range with few headers', () => {
  const modified = { 'Last-Modified': 'Wed, 21 Oct 2015 07:28:00 GMT' };

  it('is joined if it completes the file to its total, with the same old modification time', async () => {
    const answer = file(content, { headers: modified, hide: 'default', type: 'cors' });
    const world = new World(slow(only(500, answer)), answer);
    assertBytes(await world.get({ automaticAttempts: 1 }), content);
    assert.deepEqual(world.starts, [undefined, 500]);
  });

  it('without its start and its end is replaced by a plain request', async () => {
    const answer = file(content, { hide: 'default', hasLength: false, piece: 200 });
    const world = new World(slow(only(500, answer)), answer);
    assertBytes(await world.get({ automaticAttempts: 1, lookUp: () => Promise.resolve(listed(content)) }), content);
    assert.deepEqual(world.starts, [undefined, 500, undefined]);
  });

  it('that is a page is detected although its beginning is skipped', async () => {
    const world = new World(slow(only(10, file(content, strong))), page);
    const options = { automaticAttempts: 1, lookUp: () => Promise.resolve(listed(content)) };
    assert.equal((await world.failure(options)).code, 'corrupt');
    world.answer(file(content, strong));
    assertBytes(await world.get(options), content);
  });

  it('that is answered with 501 is replaced by a plain request', async () => {
    const answer = file(content, { ...strong, ranges: 501 });
    const world = new World(slow(only(500, answer)), answer);
    assertBytes(await world.get({ automaticAttempts: 1 }), content);
    assert.deepEqual(world.starts, [undefined, 500, undefined]);
  });
});

describe('a pause', () => {
  it('keeps the connection of a body that only a hash could continue, without a comparison', async () => {
    const answer = slow(file(content, { hide: 'default' }));
    const world = new World(answer);
    const visit = world.visit({ verify: 'never', lookUp: () => Promise.resolve(listed(content)) });
    const reading = visit(FILE).then(read);
    await world.pass(100);
    visit.pause();
    await world.pass(1_000);
    visit.resume();
    assertBytes(await world.run(reading), content);
    assert.equal(world.requests.length, 1);
  });
});
