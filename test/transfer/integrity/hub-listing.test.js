// The listing of a hub's files, and how seldom it is requested.
import assert from 'node:assert/strict';
import { describe, it } from '../../support/suite.js';
import { HubListing } from '../../../dist/transfer/internal.js';

const origin = 'https://hub.example';
const address = `${origin}/owner/model/resolve/main/`;
const tree = `${origin}/api/models/owner/model/tree/main?recursive=true`;
const sha256 = 'a'.repeat(64);
const oid = 'b'.repeat(40);

const entries = [
  { type: 'directory', path: 'onnx', oid, size: 0 },
  { type: 'file', path: 'config.json', oid, size: 12 },
  { type: 'file', path: 'onnx/model.onnx', oid, size: 130, lfs: { oid: sha256, size: 5_000, pointerSize: 130 } },
];

/**
 * A hub that records its requests.
 *
 * @param {(url: string, init: RequestInit, count: number) => Response | Promise<Response>} answer
 */
function hubOf(answer) {
  /** @type {{ url: string, init: RequestInit }[]} */
  const asked = [];
  /** @param {RequestInfo | URL} input @param {RequestInit} [init] */
  const fetch = async (input, init = {}) => {
    asked.push({ url: String(input), init });
    return answer(String(input), init, asked.length);
  };
  const clock = new Clock();
  return { listing: new HubListing(fetch, clock), asked, clock };
}

/** A clock that a test advances. */
class Clock {
  time = 0;
  /** @type {{ callback: () => void, due: number }[]} */
  timers = [];
  now = () => this.time;
  /** @param {() => void} callback @param {number} delay */
  setTimeout = (callback, delay) => {
    const timer = { callback, due: this.time + delay };
    this.timers.push(timer);
    return timer;
  };
  /** @param {unknown} timer */
  clearTimeout = (timer) => void (this.timers = this.timers.filter((one) => one !== timer));
  /** @param {number} duration */
  advance(duration) {
    this.time += duration;
    const due = this.timers.filter((timer) => timer.due <= this.time);
    this.timers = this.timers.filter((timer) => timer.due > this.time);
    for (const { callback } of due) callback();
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** @param {unknown} body @param {string} [next] */
const page = (body, next) => Response.json(body, next ? { headers: { Link: `<${next}>; rel="next"` } } : {});

describe('the listing of a hub', () => {
  it('has the size and hash of each file, and of a large one the hash of its content', async () => {
    const { listing, asked } = hubOf(() => page(entries));
    assert.deepEqual(await listing.lookUp(`${address}config.json`), { size: 12, sha256: undefined, oid });
    assert.deepEqual(await listing.lookUp(`${address}onnx/model.onnx?download=true#part`), { size: 5_000, sha256, oid: undefined });
    assert.equal(await listing.lookUp(`${address}onnx`), undefined);
    assert.deepEqual(
      [...((await listing.files(address)) ?? [])].map(([path]) => path),
      ['config.json', 'onnx/model.onnx'],
    );
    assert.deepEqual(
      asked.map(({ url }) => url),
      [tree],
    );
    assert.equal(asked[0]?.init.cache, undefined, 'as the browser would');
  });

  it('ignores values of a wrong type', async () => {
    const wrong = [null, 7, 'file', [], { type: 'file' }, { type: 'file', path: 5 }];
    const odd = [
      { size: -1 },
      { size: '5' },
      { size: NaN },
      { size: 1.5, oid: 7 },
      { oid: oid.toUpperCase() },
      { lfs: 'no', oid },
      { lfs: { oid, size: null } },
    ];
    const { listing } = hubOf(() => page([...wrong, ...odd.map((fields, index) => ({ type: 'file', path: `${index}`, ...fields }))]));
    const files = await listing.files(address);
    assert.deepEqual(
      [...(files ?? [])].map(([path]) => path),
      odd.map((_, index) => `${index}`),
    );
    for (const known of files?.values() ?? []) assert.deepEqual(known, { size: undefined, sha256: undefined, oid: undefined });
  });

  it('is requested at the address that belongs to a file’s', async () => {
    const cases = {
      [`${origin}/gpt2/resolve/main/config.json`]: [`${origin}/api/models/gpt2/tree/main?recursive=true`, 'config.json'],
      [`${origin}/sub/o/m/resolve/refs%2Fpr%2F1/a%20b%2Fc.json`]: [
        `${origin}/sub/api/models/o/m/tree/refs%2Fpr%2F1?recursive=true`,
        'a b/c.json',
      ],
      [`${origin}/o/m%C3%A9/resolve/v1%25/%E2%82%AC.bin`]: [`${origin}/api/models/o/m%C3%A9/tree/v1%25?recursive=true`, '€.bin'],
    };
    for (const [url, [listed, path]] of Object.entries(cases)) {
      const { listing, asked } = hubOf(() => page([{ type: 'file', path, size: 3 }]));
      assert.equal((await listing.lookUp(url))?.size, 3, url);
      assert.deepEqual(
        asked.map((one) => one.url),
        [listed],
      );
    }
  });

  it('is not requested for an address that is not of a hub, or cannot be parsed', async () => {
    const { listing, asked } = hubOf(() => page(entries));
    for (const url of [
      'no address',
      `${origin}/model.onnx`,
      `${address}%E0%A4%A`,
      `${address}%`,
      'data:,x/resolve/y',
      `${origin}/resolve/main/x`,
    ]) {
      assert.equal(await listing.lookUp(url), undefined);
      assert.equal(await listing.files(url), undefined);
    }
    assert.deepEqual(asked, []);
  });

  it('continues over its pages, of its own origin only', async () => {
    const [first, second] = [entries.slice(0, 2), entries.slice(2)];
    const { listing, asked } = hubOf((url) => (url === tree ? page(first, '/api/more?cursor=1') : page(second)));
    assert.equal((await listing.files(address))?.size, 2);
    assert.deepEqual(
      asked.map(({ url }) => url),
      [tree, `${origin}/api/more?cursor=1`],
    );
    const init = { headers: { Authorization: 'Bearer 1' } };
    for (const next of ['https://other.example/more', 'http://hub.example/more', '//', 'https://hub.example:8443/']) {
      const hub = hubOf(() => page(first, next));
      assert.equal(await hub.listing.files(address, { init }), undefined, 'a part is not taken for the whole');
      assert.equal(hub.asked.length, 1);
    }
  });

  it('has a limit of pages', async () => {
    const { listing, asked } = hubOf(() => page(entries, tree));
    assert.equal(await listing.files(address), undefined);
    assert.ok(asked.length <= 50);
    const endless = new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(100_000).fill(32)) }, { highWaterMark: 0 });
    const hub = hubOf(() => new Response(endless));
    assert.equal(await hub.listing.files(address), undefined);
  });

  it('is unknown if the response is an error, not JSON, or not a list', async () => {
    const answers = [
      () => new Response('', { status: 404 }),
      () => new Response('<!doctype html>'),
      () => new Response(null),
      () => page({ error: 'no list' }),
      () => page(null),
      () => Promise.reject(new TypeError('Failed to fetch')),
    ];
    for (const answer of answers) assert.equal(await hubOf(answer).listing.lookUp(`${address}config.json`), undefined);
  });
});

describe('requests to a hub', () => {
  it('are made once for all callers at the same time, and later', async () => {
    const { listing, asked } = hubOf(() => page(entries));
    await Promise.all(['config.json', 'onnx/model.onnx', 'none'].map((file) => listing.lookUp(address + file)));
    await listing.lookUp(`${address}config.json`);
    assert.equal(asked.length, 1);
  });

  it('are made once in 30 s if it has no listing, and then again', async () => {
    const { listing, asked, clock } = hubOf((_url, _init, count) => (count < 3 ? new Response('', { status: 404 }) : page(entries)));
    for (const file of ['a', 'b', 'c']) assert.equal(await listing.lookUp(address + file), undefined);
    clock.advance(29_999);
    await listing.lookUp(`${address}config.json`);
    assert.equal(asked.length, 1);
    clock.advance(1);
    await listing.lookUp(`${address}config.json`);
    assert.equal(asked.length, 2);
    clock.advance(30_000);
    assert.equal((await listing.lookUp(`${address}config.json`))?.size, 12);
  });

  it('bypass every cache if a caller requires that; the response then applies to all', async () => {
    const moved = [{ type: 'file', path: 'config.json', size: 99 }];
    const { listing, asked, clock } = hubOf((_url, _init, count) => page(count === 1 ? entries : moved));
    const lookUp = (/** @type {boolean} */ fresh) => listing.lookUp(`${address}config.json`, { fresh });
    assert.equal((await lookUp(false))?.size, 12);
    const both = await Promise.all([lookUp(true), lookUp(true)]);
    assert.deepEqual(
      both.map((known) => known?.size),
      [99, 99],
    );
    assert.equal((await lookUp(false))?.size, 99);
    assert.deepEqual(
      asked.map(({ init }) => init.cache),
      [undefined, 'no-store'],
    );
    clock.advance(1_000);
    await lookUp(true);
    assert.equal(asked.length, 3);
  });

  it('are repeated once for all files that end within a second, and return which files the listing has', async () => {
    const { listing, asked, clock } = hubOf((_url, _init, count) => page(count === 1 ? entries : entries.slice(0, 2)));
    await listing.files(address);
    assert.equal(listing.newest(address), undefined, 'the first one is no new one');
    await listing.lookUp(`${address}config.json`, { fresh: true });
    clock.advance(999);
    await listing.lookUp(`${address}onnx/model.onnx`, { fresh: true });
    assert.equal(asked.length, 2);
    assert.deepEqual([...(listing.newest(address)?.keys() ?? [])], ['config.json']);
    assert.equal(listing.newest(`${origin}/owner/other/resolve/main/`), undefined);
  });

  it('keep the old listing if a new one is not available', async () => {
    const { listing, asked } = hubOf((_url, _init, count) => (count === 1 ? page(entries) : new Response('', { status: 500 })));
    await listing.lookUp(`${address}config.json`);
    assert.equal(await listing.lookUp(`${address}config.json`, { fresh: true }), undefined);
    assert.equal((await listing.lookUp(`${address}config.json`))?.size, 12);
    assert.equal(asked.length, 2);
  });

  it('wait 5 s for all pages together', async () => {
    for (const answers of [0, 1]) {
      const { listing, asked, clock } = hubOf((_url, { signal }, count) => {
        if (count <= answers) return page(entries, tree);
        return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
      });
      let known = /** @type {unknown} */ ('waits');
      const lookUp = listing.lookUp(`${address}config.json`).then((found) => (known = found));
      while (asked.length <= answers) await turn();
      clock.advance(4_999);
      await turn();
      assert.equal(known, 'waits');
      clock.advance(1);
      await lookUp;
      assert.equal(known, undefined);
      assert.equal(asked.at(-1)?.init.signal?.aborted, true);
      assert.deepEqual(clock.timers, []);
    }
  });

  it('do not rely on a fetch to end when it is aborted', async () => {
    const { listing, asked, clock } = hubOf(() => new Promise(() => {}));
    const lookUp = listing.lookUp(`${address}config.json`);
    while (asked.length === 0) await turn();
    clock.advance(5_000);
    assert.equal(await lookUp, undefined);
  });
});

describe('the user of a hub', () => {
  it('is distinguished by Authorization and credentials', async () => {
    const { listing, asked } = hubOf((_url, { headers }) =>
      new Headers(headers).has('Authorization') ? page(entries) : new Response('', { status: 401 }),
    );
    const inits = /** @type {RequestInit[]} */ ([
      {},
      {
        headers: new Headers({ authorization: 'Bearer 1', 'X-Own': 'secret' }),
        credentials: 'include',
        cache: 'force-cache',
        integrity: 'sha256-AAAA',
      },
      { headers: [['Authorization', 'Bearer 2']] },
    ]);
    const found = await Promise.all(inits.map((init) => listing.lookUp(`${address}config.json`, { init })));
    assert.deepEqual(
      found.map((known) => known?.size),
      [undefined, 12, 12],
    );
    await Promise.all(inits.map((init) => listing.files(address, { init })));
    assert.deepEqual(
      asked.map(({ init: { signal: _, ...init } }) => init),
      [{}, { headers: { Authorization: 'Bearer 1' }, credentials: 'include' }, { headers: { Authorization: 'Bearer 2' } }],
    );
  });
});
