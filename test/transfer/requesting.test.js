// How a file is requested: like the caller's request, and by a range only if bytes are stored.
import assert from 'node:assert/strict';
import { MemoryPartialStore } from 'model-download/transfer';
import { describe, it } from '../support/suite.js';
import {
  assertBytes,
  bytesBeforeCorrupt,
  contentOf,
  FILE,
  file,
  hang,
  integrityOf,
  listed,
  only,
  read,
  refusal,
  sha256Of,
  slow,
  unreachable,
  World,
} from './transfer-support.js';

const content = contentOf(1_000);
const strong = { headers: { ETag: '"one"' } };
const text = { 'Content-Type': 'application/json' };

describe('the first request of a file', () => {
  it('is the caller’s own, with the same address and settings, and without a range', async () => {
    const world = new World(file(content, strong));
    const init = {
      headers: { 'X-Own': 'yes' },
      cache: 'no-cache',
      redirect: 'error',
      keepalive: true,
      priority: 'high',
      referrerPolicy: 'no-referrer',
    };
    assertBytes(await world.get({}, init), content);
    assert.equal(world.requests.length, 1);
    const [{ input, init: sent }] = world.requests;
    assert.equal(input, FILE);
    const { signal, ...rest } = sent;
    assert.deepEqual(rest, init);
    assert.equal(signal.aborted, true, 'the connection is closed');
  });

  it('is the caller’s own Request object', async () => {
    const world = new World(file(content, strong));
    const request = new Request(FILE, { headers: { 'X-Own': 'yes' } });
    assertBytes(await world.run(world.visit()(request).then(read)), content);
    assert.equal(world.requests[0].input, request);
    assert.deepEqual(Object.keys(world.requests[0].init), ['signal']);
  });

  it('has no range if nothing proves the version of the stored bytes', async () => {
    const world = new World(only(600, file(content)), file(content));
    await world.failure({ automaticAttempts: 0 });
    assertBytes(await world.get(), content);
    assert.deepEqual(world.starts, [undefined, undefined]);
  });
});

describe('a request for a range', () => {
  let files = 0;

  // Each has its own file, since the layer remembers that ranges do not work for one.
  const cutThen = (...answers) =>
    Object.assign(new World(only(600, file(content, strong)), ...answers), { url: `${FILE}?file=${++files}` });

  /** A server whose ranges the browser cannot decode. */
  const undecodable = (request) => {
    const whole = file(content, strong)(request);
    return request.start === undefined ? whole : { ...whole, bytes: new Uint8Array(), end: 'cut' };
  };

  it('keeps every setting, bypasses the browser’s cache, and has no If-Range', async () => {
    const world = cutThen(file(content, strong));
    const init = {
      headers: { Authorization: 'Bearer a' },
      credentials: 'include',
      redirect: 'error',
      keepalive: true,
      priority: 'high',
      referrerPolicy: 'no-referrer',
    };
    assertBytes(await world.get({}, init), content);
    const { start, headers, init: sent } = world.requests[1];
    assert.equal(start, 600);
    assert.equal(sent.cache, 'no-store');
    assert.equal(headers.get('If-Range'), null);
    assert.equal(headers.get('Authorization'), 'Bearer a');
    for (const name of ['credentials', 'redirect', 'keepalive', 'priority', 'referrerPolicy']) assert.equal(sent[name], init[name], name);
  });

  it('keeps the headers of a Request', async () => {
    const world = cutThen(file(content, strong));
    const request = new Request(FILE, { headers: { Authorization: 'Bearer a' } });
    assertBytes(await world.run(world.visit()(request).then(read)), content);
    assert.equal(world.requests[1].input, request);
    assert.equal(world.requests[1].headers.get('Authorization'), 'Bearer a');
    assert.equal(world.requests[1].start, 600);
  });

  it('that is answered in short pieces is followed by the next at once, and spends no attempt', async () => {
    const world = cutThen(file(content, { ...strong, piece: 100 }));
    // One attempt for the cut itself.
    assertBytes(await world.get({ automaticAttempts: 1 }), content);
    assert.deepEqual(world.starts, [undefined, 600, 700, 800, 900]);
  });

  it('that is answered in short pieces without a readable offset is followed by the next, too', async () => {
    const world = new World(
      only(600, file(content, { ...strong, hide: ['Content-Range'] })),
      file(content, { ...strong, hide: ['Content-Range'], piece: 100 }),
    );
    assertBytes(await world.get({ automaticAttempts: 1, lookUp: () => Promise.resolve(listed(content)) }), content);
    assert.deepEqual(world.starts, [undefined, 600, 700, 800, 900]);
  });

  it('that is answered in tiny pieces is replaced by one plain request', async () => {
    const world = cutThen(file(content, { ...strong, piece: 1 }));
    assertBytes(await world.get({ automaticAttempts: 1 }), content);
    assert.equal(world.starts.at(-1), undefined);
    assert.ok(world.requests.length < 80, `${world.requests.length} requests`);
  });

  for (const status of [400, 403, 404, 405, 416, 501]) {
    it(`that is refused with ${status} is replaced by one plain request, whose stored bytes are skipped`, async () => {
      const world = cutThen(refusal(status), file(content, strong));
      assertBytes(await world.get({ automaticAttempts: 1 }), content);
      assert.deepEqual(world.starts, [undefined, 600, undefined]);
    });

    it(`that is refused with ${status} is not requested again`, async () => {
      const world = cutThen(refusal(status), only(700, file(content, strong)), file(content, strong));
      assertBytes(await world.get(), content);
      assert.deepEqual(world.starts, [undefined, 600, undefined, undefined]);
    });
  }

  const strange = {
    'several parts': () => ({ status: 206, headers: { 'Content-Type': 'multipart/byteranges; boundary=x' }, bytes: contentOf(500, 3) }),
    'parts of a compressed body': (request) => ({
      ...file(content, strong)(request),
      headers: { ETag: '"one"', 'Content-Encoding': 'gzip', 'Content-Range': 'bytes 600-999/1000' },
    }),
    'a part behind the one that was asked for': () => ({
      status: 206,
      headers: { ETag: '"one"', 'Content-Range': 'bytes 700-999/1000' },
      bytes: content.subarray(700),
    }),
    'a part of no length': () => ({ status: 206, headers: { ETag: '"one"', 'Content-Length': '0' }, bytes: new Uint8Array() }),
    'nonsense for a place': () => ({ status: 206, headers: { ETag: '"one"', 'Content-Range': 'bytes x-y/z' }, bytes: contentOf(400, 3) }),
  };
  for (const [name, answer] of Object.entries(strange)) {
    it(`that is answered with ${name} is replaced by one plain request`, async () => {
      const world = cutThen(answer, file(content, strong));
      assertBytes(await world.get({ automaticAttempts: 1 }), content);
      assert.deepEqual(world.starts, [undefined, 600, undefined]);
    });
  }

  it('that is answered with an earlier part is joined at the right byte', async () => {
    const early = () => ({
      status: 206,
      headers: { ETag: '"one"', 'Content-Range': 'bytes 512-999/1000', 'Content-Length': '488' },
      bytes: content.subarray(512),
    });
    const world = cutThen(early);
    assertBytes(await world.get({ automaticAttempts: 1 }), content);
    assert.deepEqual(world.starts, [undefined, 600]);
  });

  it('that the server ignores is joined at the right byte', async () => {
    const world = cutThen(file(content, { ...strong, ranges: 'ignored' }));
    assertBytes(await world.get({ automaticAttempts: 1 }), content);
    assert.deepEqual(world.starts, [undefined, 600]);
  });

  it('whose body cannot be decoded is replaced by a plain request', async () => {
    const world = cutThen(undecodable);
    assertBytes(await world.get(), content);
    assert.equal(world.starts.at(-1), undefined);
    assert.ok(world.requests.length <= 5, `${world.requests.length} requests`);
  });

  it('whose body cannot be decoded is replaced by a plain request at once for a caller without automatic attempts', async () => {
    for (const range of [undecodable, unreachable, hang]) {
      const world = cutThen((request) => (request.start === undefined ? file(content, strong) : range)(request));
      const visit = { automaticAttempts: 0 };
      // The cut itself ends the first call, as it does without this package.
      await world.failure(visit);
      assertBytes(await world.get(visit), content);
      assert.deepEqual(world.starts, [undefined, 600, undefined]);
    }
  });

  it('whose body cannot be decoded gives way to a plain request although another download of the file succeeds meanwhile', async () => {
    const world = cutThen(undecodable);
    const reading = world.visit()(world.url).then(read);
    await world.pass(100);
    assertBytes(await world.get({ namespace: 'another', store: new MemoryPartialStore() }), content);
    assertBytes(await world.run(reading), content);
    assert.equal(world.starts.at(-1), undefined);
    assert.ok(world.requests.length <= 5, `${world.requests.length} requests`);
  });

  it('that is forbidden, like the file, passes on the refusal of the file', async () => {
    const world = cutThen(refusal(403));
    assert.equal((await world.failure({ automaticAttempts: 1 })).httpStatus, 403);
    world.answer(refusal(403));
    assert.equal((await world.run(world.visit()(world.url))).status, 403);
    world.answer(file(content, strong));
    assertBytes(await world.get(), content);
    assert.equal(world.starts.at(-1), 600, 'ranges count as possible');
  });

  it('that fails is replaced by a plain request that does not', async () => {
    const preflight = (request) => (request.start === undefined ? file(content, strong)(request) : unreachable());
    const world = cutThen(preflight);
    assertBytes(await world.get(), content);
    assert.equal(world.starts.at(-1), undefined);
  });

  for (const status of [500, 503]) {
    it(`that is answered with ${status} each time is replaced by a plain request`, async () => {
      const world = cutThen((request) => (request.start === undefined ? file(content, strong) : refusal(status))(request));
      assertBytes(await world.get(), content);
      assert.equal(world.starts.at(-1), undefined);
      assert.ok(world.requests.length <= 5, `${world.requests.length} requests`);
    });
  }

  it('that is answered with 500 during an outage is repeated', async () => {
    const world = cutThen(refusal(500), refusal(503), file(content, strong));
    assertBytes(await world.get(), content);
    assert.deepEqual(world.starts, [undefined, 600, 600, 600]);
  });

  it('is repeated after an outage, so that the whole file is not sent twice', async () => {
    const world = cutThen(unreachable, unreachable, file(content, strong));
    assertBytes(await world.get(), content);
    assert.deepEqual(world.starts, [undefined, 600, 600, 600]);
  });
});

describe('Content-Length', () => {
  it('is passed on unchanged, and counts as the size of a file that is not compressed', async () => {
    const world = new World(slow(file(content)));
    const response = await world.run(world.visit()(FILE));
    assert.equal(response.headers.get('Content-Length'), '1000');
    await world.run(read(response));
    const first = world.reports.find(({ phase }) => phase === 'receiving');
    assert.equal(first.total, 1_000);
    assert.equal(first.totalIsExact, false, 'no range and no listing has confirmed it');
    assert.deepEqual(world.reports.at(-1), { phase: 'done', loaded: 1_000, stored: 0, total: 1_000, totalIsExact: true });
  });

  it('of a body that may be compressed is passed on, and does not count', async () => {
    const world = new World(slow(file(content, { headers: text, hide: 'default', declared: 400 })));
    const response = await world.run(world.visit()(FILE));
    assert.equal(response.headers.get('Content-Length'), '400');
    assertBytes(await world.run(read(response)), content);
    assert.ok(world.reports.filter(({ phase }) => phase === 'receiving').every(({ total }) => total === undefined));
  });

  it('of a body that is larger when compressed is dropped once the listing shows that', async () => {
    const small = contentOf(20);
    const world = new World((request) => ({ ...file(small, { headers: text, hide: 'default', declared: 43 })(request), latency: 10 }));
    const response = await world.run(world.visit({ lookUp: () => Promise.resolve(listed(small)) })(FILE));
    assert.equal(response.headers.get('Content-Length'), null);
    assertBytes(await world.run(read(response)), small);
  });

  it('of a longer body is dropped when the bytes exceed it', async () => {
    const world = new World(slow(file(content, { declared: 400 })));
    assertBytes(await world.get(), content);
    const totals = world.reports.filter(({ loaded, phase }) => phase === 'receiving' && loaded > 400).map(({ total }) => total);
    assert.ok(totals.length > 0 && totals.every((total) => total === undefined), String(totals));
    assert.equal(world.reports.at(-1).total, 1_000);
  });

  // A `new Response(body, { headers })` of a page's own `fetch` does not show how the body was sent.
  for (const type of ['cors', 'default']) {
    it(`of a compressed body that is longer than its content is dropped at its end, without a listing: ${type}`, async () => {
      const small = contentOf(20);
      for (const ranges of [true, 501]) {
        const world = new World(file(small, { type, hide: 'default', declared: 43, ranges }));
        assertBytes(await world.get({ automaticAttempts: 1, lookUp: () => Promise.resolve(undefined) }), small);
        assert.equal(world.reports.at(-1).total, 20);
        assert.deepEqual(world.starts.slice(0, 2), [undefined, 19], 'its last byte is asked for');
      }
    });

    it(`of a compressed body that is shorter than its content cuts nothing off: ${type}`, async () => {
      for (const headers of [{}, text]) {
        const world = new World((request) => ({
          ...file(content, { type, headers, hide: 'default', declared: 400 })(request),
          chunk: 100,
          delay: 10,
        }));
        assertBytes(await world.get({ automaticAttempts: 1, lookUp: () => Promise.resolve(undefined) }), content);
        assert.deepEqual(world.starts, [undefined]);
      }
    });

    it(`of a body that ends too early without an error does not make it complete: ${type}`, async () => {
      const world = new World(only(600, file(content, { type, hide: 'default' }), 'end'), file(content, { type, hide: 'default' }));
      const found = await world.get({ lookUp: () => Promise.resolve(undefined) }).catch((error) => error);
      if (found instanceof Error) assert.ok('code' in found && ['changed', 'network'].includes(String(found.code)), String(found));
      else assertBytes(found, content);
    });
  }

  it('is replaced by the listing’s size, which is exact', async () => {
    const world = new World((request) => ({
      ...slow(file(content, { headers: text, hide: 'default', declared: 400 }))(request),
      latency: 10,
    }));
    await world.get({ lookUp: () => Promise.resolve(listed(content)) });
    const first = world.reports.find(({ phase }) => phase === 'receiving');
    assert.equal(first.total, 1_000);
    assert.equal(first.totalIsExact, true);
  });

  it('is exact once a range has confirmed it', async () => {
    const world = new World(slow(only(600, file(content, strong))), slow(file(content, strong)));
    await world.get();
    const isExact = (loaded) => world.reports.find((report) => report.phase === 'receiving' && report.loaded >= loaded)?.totalIsExact;
    assert.equal(isExact(1), false);
    assert.equal(isExact(601), true);
  });

  it('of 0 is an empty file', async () => {
    const empty = new Uint8Array();
    const world = new World(file(empty));
    assertBytes(await world.get(), empty);
    assert.equal(world.reports.at(-1).total, 0);
    await world.expectNothingLeft();
  });
});

describe('integrity', () => {
  it('is removed from every request, and checked over the whole body', async () => {
    const world = new World(only(600, file(content)), file(content));
    assertBytes(await world.get({}, { integrity: integrityOf(content) }), content);
    assert.deepEqual(world.starts, [undefined, 600]);
    for (const { init } of world.requests) assert.equal(init.integrity ?? '', '');
  });

  it('of a Request is removed, too', async () => {
    const world = new World(file(content));
    const request = new Request(FILE, { integrity: integrityOf(contentOf(1_000, 1)) });
    await assert.rejects(world.run(world.visit()(request).then(read)), { code: 'corrupt' });
    assert.equal(world.requests[0].init.integrity, '');
  });

  it('rejects a body that does not match, and does not deliver its last bytes', async () => {
    const world = new World(file(content));
    const response = await world.run(world.visit()(FILE, { integrity: integrityOf(contentOf(1_000, 1)) }));
    const given = await bytesBeforeCorrupt(world, response);
    assert.ok(given < 1_000, `${given} bytes`);
    assert.equal(world.failures.length, 1);
  });

  it('is checked without an answer of the listing', async () => {
    const world = new World(file(content));
    const failure = await world.failure({ lookUp: () => new Promise(() => undefined) }, { integrity: integrityOf(contentOf(1_000, 1)) });
    assert.equal(failure.code, 'corrupt');
  });

  it('is checked for an answer that arrives at once, and could be passed on unchanged', async () => {
    const world = new World(file(content, { headers: { 'Content-Type': 'application/wasm' } }));
    assert.equal((await world.failure({}, { integrity: integrityOf(contentOf(1_000, 1)) })).code, 'corrupt');
  });
});

describe('a request that is not a download', () => {
  const requests = {
    'a probe for one byte': [FILE, { headers: { Range: 'bytes=0-0' } }],
    'another method': [FILE, { method: 'HEAD' }],
    'one with a body': [FILE, { method: 'POST', body: 'text' }],
    'one without CORS': [FILE, { mode: 'no-cors' }],
    'one for what is cached': [FILE, { cache: 'only-if-cached' }],
    'a Request with a range': [new Request(FILE, { headers: { Range: 'bytes=0-9' } }), undefined],
    'a Request with another method': [new Request(FILE, { method: 'DELETE' }), undefined],
    'an address without a server': ['data:text/plain,a', undefined],
    'no address': ['https://', undefined],
  };
  for (const [name, request] of Object.entries(requests)) {
    const [input, init] = /** @type {[RequestInfo, RequestInit]} */ (request);
    it(`is passed on unchanged, with its answer: ${name}`, async () => {
      const seen = [];
      const answer = new Response('answer');
      const fetch = (...given) => {
        seen.push(given);
        return Promise.resolve(answer);
      };
      assert.equal(await new World().visit({ fetch })(input, init), answer);
      assert.equal(seen.length, 1);
      assert.equal(seen[0][0], input);
      assert.equal(seen[0][1], init);
    });
  }
});

describe('two users of one address', () => {
  it('share no stored bytes', async () => {
    const world = new World(only(600, file(content, strong)), file(content, strong));
    await world.failure({ automaticAttempts: 0 }, { headers: { Authorization: 'Bearer a' } });
    assertBytes(await world.get({}, { headers: { Authorization: 'Bearer b' } }), content);
    assert.deepEqual(world.starts, [undefined, undefined]);
    assertBytes(await world.get({}, { headers: { Authorization: 'Bearer a' } }), content);
    assert.equal(world.starts.at(-1), 600, 'the first one goes on');
  });

  it('are distinguished by any header that may change the answer', async () => {
    const other = contentOf(1_000, 9);
    const world = new World(only(600, file(content, strong)), file(other, strong));
    await world.failure({ automaticAttempts: 0 }, { headers: { 'X-Api-Key': 'a' } });
    assertBytes(await world.get({}, { headers: { 'X-Api-Key': 'b' } }), other);
    assert.deepEqual(world.starts, [undefined, undefined]);
  });

  it('are distinguished by a digest, not by the values that they send', async () => {
    const world = new World(only(600, file(content, strong)));
    await world.failure({ automaticAttempts: 0 }, { headers: { Authorization: 'Bearer secret' } });
    const [{ url }] = await world.store.list();
    assert.equal(url, `${FILE}#${sha256Of(new TextEncoder().encode('authorization: Bearer secret'))}`);
  });
});

describe('an input that plain fetch accepts', () => {
  it('is a vocabulary that begins with <s>, whatever its type', async () => {
    const words = new TextEncoder().encode('<s>\n<pad>\n</s>\n');
    const world = new World(file(words, { headers: { 'Content-Type': 'text/html' } }));
    assertBytes(await world.get(), words);
  });

  it('is a null signal, which removes that of a Request', async () => {
    const controller = new AbortController();
    const world = new World(file(content, strong));
    const request = new Request(FILE, { signal: controller.signal });
    const reading = world.visit()(request, { signal: null }).then(read);
    controller.abort();
    assertBytes(await world.run(reading), content);
  });
});
