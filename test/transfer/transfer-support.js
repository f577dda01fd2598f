// A model server, its network and time, for tests of the transfer layer: each test defines the answer of each request.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createDownloadFetch, MemoryPartialStore } from 'model-download/transfer';
import { nextTurn, VirtualClock } from '../fuzz/virtual-clock.js';
import { warmUp } from '../fuzz/warm-up.js';

await warmUp();

export const FILE = 'https://hub.example/files/model.bin';

/** The bytes of one version of a file; no two versions have the same byte at the same place. */
export const contentOf = (length, version = 0) =>
  Uint8Array.from({ length }, (_, index) => (index * 7 + version * 101 + (index >> 8)) & 255);

export const sha256Of = (bytes) => createHash('sha256').update(bytes).digest('hex');
export const oidOf = (bytes) => createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
export const integrityOf = (bytes) => `sha256-${createHash('sha256').update(bytes).digest('base64')}`;

/** The entry of a listing for a file with a hash. */
export const listed = (bytes) => ({ size: bytes.length, sha256: sha256Of(bytes) });

/** Headers that no page reads across origins, unless the server exposes them. */
const HIDDEN = ['ETag', 'Content-Range', 'Date', 'Content-Encoding', 'Retry-After'];

/**
 * A server that has `bytes` and answers plain requests and ranges.
 *
 * @param {Uint8Array} bytes
 * @param {object} [options]
 * @param {Record<string, string>} [options.headers] Of every answer.
 * @param {string[] | 'default'} [options.hide] Headers that the page may not read; `default`: those that it may not
 *   across origins.
 * @param {boolean} [options.hasLength] Whether it sends lengths.
 * @param {boolean | number | 'ignored'} [options.ranges] `true`, the status that refuses them, or `ignored`.
 * @param {number} [options.piece] The most bytes of a range.
 * @param {number} [options.declared] Another `Content-Length` of the whole.
 * @param {string} [options.type] Of the response.
 */
export function file(bytes, { headers = {}, hide = [], hasLength = true, ranges = true, piece = Infinity, declared, type } = {}) {
  const hidden = new Set((hide === 'default' ? HIDDEN : hide).map((name) => name.toLowerCase()));
  const visible = (all) =>
    Object.fromEntries(Object.entries(all).filter(([name, value]) => value !== undefined && !hidden.has(name.toLowerCase())));
  /** @type {Record<string, string>} */
  const common = { 'Content-Type': 'application/octet-stream', ...headers };
  const lengthOf = (length) => (hasLength ? { 'Content-Length': String(length) } : {});
  return ({ start, end: last = bytes.length }) => {
    if (start === undefined || ranges === 'ignored')
      return { type, status: 200, headers: visible({ ...common, ...lengthOf(declared ?? bytes.length) }), bytes };
    if (typeof ranges === 'number') return { type, status: ranges, headers: {}, bytes: new Uint8Array() };
    const size = bytes.length;
    if (start >= size)
      return { type, status: 416, headers: visible({ 'Content-Range': `bytes */${size}`, ETag: headers.ETag }), bytes: new Uint8Array() };
    const end = Math.min(size, start + piece, last);
    const { 'Content-Encoding': _, ...identity } = common;
    const place = { 'Content-Range': `bytes ${start}-${end - 1}/${size}` };
    return { type, status: 206, headers: visible({ ...identity, ...place, ...lengthOf(end - start) }), bytes: bytes.subarray(start, end) };
  };
}

/** An answer of which only the first `count` bytes arrive; then the connection breaks (`cut`), stops (`stall`), or ends. */
export const only =
  (count, answer, end = 'cut') =>
  (request) => {
    const whole = answer(request);
    return { ...whole, bytes: whole.bytes.subarray(0, count), end };
  };

/** An answer whose pieces arrive one after another. */
export const slow = (answer) => (request) => ({ ...answer(request), delay: 40 });

/** An answer with a status and a text. */
export const refusal =
  (status, headers = {}) =>
  () => ({ status, headers: { 'Content-Type': 'text/plain', ...headers }, bytes: new TextEncoder().encode('No.') });

export const page = () => ({
  status: 200,
  headers: { 'Content-Type': 'text/html' },
  bytes: new TextEncoder().encode('<!doctype html><title>Sign in</title>'),
});

/** A request that is not answered, or cannot be made. */
export const hang = () => ({ never: 'hang' });
export const unreachable = () => ({ never: 'reject' });

let count = 0;

const { setTimeout: setRealTimeout } = globalThis;
const afterRealTime = () => new Promise((resolve) => setRealTimeout(resolve, 5));

/** One page with its network, its time and its stored files. */
export class World {
  clock = new VirtualClock();
  store = new MemoryPartialStore();
  namespace = `world-${++count}`;
  /** The file that is requested by default. */
  url = FILE;
  requests = [];
  reports = [];
  failures = [];
  #answers;

  /** @param answers The answers to the requests, in order; the last one is for all that follow. */
  constructor(...answers) {
    this.#answers = answers;
  }

  /** Changes the answers of later requests. */
  answer(...answers) {
    this.#answers = answers;
  }

  /** The place at which each request begins; `undefined` for a plain one. */
  get starts() {
    return this.requests.map(({ start }) => start);
  }

  /** Requests whose answer is awaited or whose body is open. */
  get open() {
    return this.requests.filter(({ isOver }) => !isOver);
  }

  fetch = (input, init = {}) => {
    const headers = new Headers(init.headers);
    const [, start, last] = /^bytes=(\d+)-(\d*)$/.exec(headers.get('Range') ?? '') ?? [];
    const request = {
      input,
      init,
      headers,
      start: start === undefined ? undefined : Number(start),
      end: last ? Number(last) + 1 : undefined,
      at: this.clock.now(),
      isOver: false,
      isCancelled: false,
    };
    this.requests.push(request);
    const answer = this.#answers.length > 1 ? this.#answers.shift() : this.#answers[0];
    return this.#send(request, answer(request));
  };

  /** A visit of the page. Retries follow at once. */
  visit(options = {}) {
    return createDownloadFetch({
      fetch: this.fetch,
      clock: this.clock.forLibrary(),
      store: this.store,
      namespace: this.namespace,
      segmentSize: 100,
      random: () => 0,
      onProgress: (_url, report) => this.reports.push(report),
      onFailure: (cause) => this.failures.push(cause),
      ...options,
    });
  }

  /** Advances time until a promise settles, and settles as it does. */
  async run(promise, limit = 3_600_000) {
    const end = this.clock.now() + limit;
    let result = await this.clock.runUntil(promise, end);
    // A computation of the platform in another thread is not a timer, and may still be active.
    for (let look = 0; result === 'stuck' && look < 20; look++) {
      await afterRealTime();
      result = await this.clock.runUntil(promise, end);
    }
    assert.equal(result, 'settled', `${result} after ${this.clock.now()} ms`);
    return promise;
  }

  /** Advances time. */
  async pass(duration) {
    await this.run(this.clock.wait(duration), Infinity);
    for (let turn = 0; turn < 3; turn++) await nextTurn();
  }

  /** The body of a call. */
  get(options, init, url = this.url) {
    const downloadFetch = typeof options === 'function' ? options : this.visit(options);
    return this.run(downloadFetch(url, init).then(read));
  }

  /** The reason with which a call, or its body, rejects. */
  async failure(options, init) {
    try {
      await this.get(options, init);
    } catch (error) {
      return error;
    }
    return assert.fail('It did not fail');
  }

  /** The stored bytes of the file. */
  async held(url = this.url) {
    return (await this.store.find(url))?.length ?? 0;
  }

  /** Asserts that nothing is left once all calls have settled. */
  async expectNothingLeft() {
    await this.pass(1_000);
    assert.equal(this.open.length, 0, 'open requests');
    assert.equal(this.clock.pending('library'), 0, 'timers');
  }

  #send(request, answer) {
    const { signal } = request.init;
    return new Promise((resolve, reject) => {
      const abort = () => {
        // Once it is answered, its body breaks off.
        if (answer.isStubborn || request.response) return;
        request.isOver = true;
        reject(signal.reason);
      };
      if (signal?.aborted) return abort();
      signal?.addEventListener('abort', abort, { once: true });
      if (answer.never === 'hang') return undefined;
      const respond = () => {
        if (request.isOver) return;
        if (answer.never === 'reject') {
          request.isOver = true;
          reject(new TypeError('Failed to fetch'));
        } else resolve(responseOf(request, answer, signal, this.clock));
      };
      return answer.latency ? this.clock.setTimeout(respond, answer.latency) : respond();
    });
  }
}

function responseOf(
  request,
  { status = 200, headers = {}, bytes, end = 'end', chunk = 64, delay = 0, type = 'cors', url, redirected = false },
  signal,
  clock,
) {
  const isEmpty = [204, 205, 304].includes(status);
  const response = new Response(isEmpty ? null : bodyOf(request, { bytes, end, chunk, delay }, signal, clock), { status, headers });
  if (isEmpty) request.isOver = true;
  const address = url ?? (typeof request.input === 'object' && 'url' in request.input ? request.input.url : String(request.input));
  request.response = response;
  return Object.defineProperties(response, { type: { value: type }, url: { value: address }, redirected: { value: redirected } });
}

function bodyOf(request, { bytes, end, chunk, delay }, signal, clock) {
  let sent = 0;
  request.sent = 0;
  const source = {
    start(controller) {
      request.cut = () => {
        if (request.isOver) return;
        request.isOver = true;
        controller.error(new TypeError('network error'));
      };
      signal?.addEventListener('abort', () => {
        if (request.isOver) return;
        request.isOver = true;
        controller.error(signal.reason);
      });
    },
    async pull(controller) {
      const pause = typeof delay === 'function' ? delay(clock.now()) : delay;
      if (pause > 0) await clock.wait(pause);
      if (request.isOver) return;
      if (sent < bytes.length) {
        controller.enqueue(bytes.slice(sent, sent + chunk));
        request.sent = sent = Math.min(bytes.length, sent + chunk);
        return;
      }
      if (end === 'stall') return new Promise(() => undefined);
      request.isOver = true;
      if (end === 'cut') controller.error(new TypeError('network error'));
      else controller.close();
    },
    cancel() {
      request.isOver = true;
      request.isCancelled = true;
    },
  };
  return new ReadableStream(source, { highWaterMark: 0 });
}

/** Reads a body piece by piece, as Transformers.js does. */
export async function read(response) {
  const chunks = [];
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(Buffer.concat(chunks));
    chunks.push(value);
  }
}

/** Reads until `length` bytes are here; resolves with the reader and the bytes. */
export async function readSome(response, length) {
  const reader = response.body.getReader();
  const chunks = [];
  let size = 0;
  while (size < length) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    size += value.length;
  }
  const rest = async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return new Uint8Array(Buffer.concat(chunks));
      chunks.push(value);
    }
  };
  return { reader, size, rest };
}

/** Asserts that two bodies are equal, without printing them. */
export function assertBytes(found, expected) {
  assert.equal(found.length, expected.length, 'bytes of the body');
  assert.equal(Buffer.compare(found, expected), 0, 'the body has other bytes');
}

/** Reads a body that must fail as corrupt, and returns how many of its bytes were delivered before. */
export async function bytesBeforeCorrupt(world, response) {
  let given = 0;
  const reading = (async () => {
    for await (const bytes of response.body) given += bytes.length;
  })();
  await assert.rejects(world.run(reading), { code: 'corrupt' });
  return given;
}
