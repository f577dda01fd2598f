// The simulated network: a `fetch` that calls the simulated server, and records every request.
import { createHash } from 'node:crypto';

/** The record of one request: `state` is `pending`, `open` while its body may be read, then `over`. */
class NetworkRequest {
  state = 'pending';
  status;
  /** Whether all of the body was read, and it ended without an error. */
  isComplete = false;
  sent = 0;
  answer;
  stopWaiting;
  range;
  authorization;
  client;
  tab;
  init;
  url;
  at;

  constructor({ tab, headers, init, url, at }) {
    const range = parseRange(headers.get('Range'));
    Object.assign(this, { tab, range, init, url, at, client: headers.get('X-Client'), authorization: headers.get('Authorization') });
  }

  /** The bytes of the body that were handed over. */
  get bytes() {
    return this.answer.bytes.subarray(0, this.sent);
  }
}

/** The most requests of a run, which would otherwise never end; further ones are not answered. */
const MOST_REQUESTS = 400;

/** A listing arrives at once, in one piece. */
const LISTING_PACE = { chunks: [100_000], delay: 0 };

export class Network {
  /** Every request for the file, in order. */
  requests = [];
  /** Every request for the listing. */
  listingRequests = [];

  #server;
  #clock;
  #pace;
  #answerListing;

  /**
   * @param pace `{ chunks, delay }`: sizes of the pieces of a body, in turn, and the time before each, in ms.
   * @param answerListing Returns the content of the hub's listing, or a promise of it.
   */
  constructor(server, clock, pace, answerListing) {
    this.#server = server;
    this.#clock = clock;
    this.#pace = pace;
    this.#answerListing = answerListing;
  }

  /** Requests that have not ended. */
  get open() {
    return [...this.requests, ...this.listingRequests].filter(({ state }) => state !== 'over');
  }

  /** The `fetch` of one tab. */
  fetchOf(tab) {
    return (input, init = {}) => {
      const url = typeof input === 'object' && 'url' in input ? input.url : String(input);
      const request = new NetworkRequest({ tab, headers: new Headers(init.headers), init, url, at: this.#clock.now() });
      const isListing = url.includes('/api/models/');
      (isListing ? this.listingRequests : this.requests).push(request);
      if (isListing) return this.#send(request, () => this.#listing(), LISTING_PACE);
      return this.#send(request, () => this.#server.answer(request.range, request.authorization), this.#pace);
    };
  }

  #send(request, ask, pace) {
    const { signal } = request.init;
    return new Promise((resolve, reject) => {
      const fail = (cause) => {
        request.state = 'over';
        request.stopWaiting?.();
        unfollow();
        reject(cause);
      };
      let stream;
      const onAbort = () => {
        if (request.state === 'pending') fail(signal.reason);
        else stream?.abort(signal.reason);
      };
      const unfollow = () => signal?.removeEventListener('abort', onAbort);
      if (signal?.aborted) return fail(signal.reason);
      signal?.addEventListener('abort', onAbort);
      void this.#deliver(request, ask, fail, (answer) => {
        request.state = 'open';
        request.status = answer.status;
        stream = new BodyStream(request, this.#clock, pace, unfollow);
        resolve(responseOf(answer, request, stream.readable));
      });
    });
  }

  async #deliver(request, ask, fail, succeed) {
    if (this.requests.length > MOST_REQUESTS) return;
    const answer = await ask();
    request.answer = answer;
    request.answeredAt = this.#clock.now();
    if (answer.never === 'hang') return;
    if (answer.latency > 0) await this.#clock.wait(answer.latency, (stop) => (request.stopWaiting = stop));
    request.answeredAt = this.#clock.now();
    if (request.state === 'over') return;
    const { integrity } = request.init;
    if (integrity && answer.status <= 206) {
      // Browsers deliver no byte before the last one has arrived and the integrity is confirmed.
      if (answer.end === 'stall') return;
      if (answer.end === 'error' || integrityOf(answer.bytes) !== integrity) return fail(new TypeError('Failed to fetch'));
    }
    if (answer.never === 'reject') fail(new TypeError('Failed to fetch'));
    else succeed(answer);
  }

  async #listing() {
    const { never, body, latency = 0 } = await this.#answerListing();
    return {
      status: body ? 200 : 404,
      headers: { 'Content-Type': 'application/json' },
      bytes: new TextEncoder().encode(JSON.stringify(body ?? {})),
      never,
      latency,
    };
  }
}

/** The body of one answer: pieces with their times, then an end, an error, or nothing more. */
class BodyStream {
  readable;

  #request;
  #clock;
  #pace;
  #onOver;
  #controller;
  #count = 0;
  #stopWaiting;

  constructor(request, clock, pace, onOver) {
    this.#request = request;
    this.#clock = clock;
    this.#pace = pace;
    this.#onOver = onOver;
    const source = { start: (controller) => void (this.#controller = controller), pull: () => this.#pull(), cancel: () => this.#finish() };
    this.readable = new ReadableStream(source, { highWaterMark: 0 });
  }

  abort(reason) {
    if (this.#request.state === 'over') return;
    this.#finish();
    this.#controller.error(reason);
  }

  async #pull() {
    const request = this.#request;
    const { bytes, pauses, end } = request.answer;
    const delay = this.#pace.delay + (pauses?.get(request.sent) ?? 0);
    pauses?.delete(request.sent);
    if (delay > 0) await this.#clock.wait(delay, (stop) => (this.#stopWaiting = stop));
    if (request.state === 'over') return;
    if (request.sent < bytes.length) return this.#enqueue(bytes, pauses);
    if (end === 'stall') return new Promise((resolve) => (this.#stopWaiting = resolve));
    this.#finish();
    if (end === 'error') this.#controller.error(new TypeError('network error'));
    else {
      request.isComplete = true;
      this.#controller.close();
    }
  }

  #enqueue(bytes, pauses) {
    const { chunks } = this.#pace;
    const size = Math.max(chunks[this.#count++ % chunks.length], Math.ceil(bytes.length / 12));
    let end = Math.min(bytes.length, this.#request.sent + size);
    for (const at of pauses?.keys() ?? []) if (at > this.#request.sent && at < end) end = at;
    this.#controller.enqueue(bytes.slice(this.#request.sent, end));
    this.#request.sent = end;
  }

  #finish() {
    this.#request.state = 'over';
    this.#stopWaiting?.();
    this.#onOver();
  }
}

function responseOf({ status, headers, redirected = false, isCrossOrigin = true }, request, readable) {
  const response = new Response(readable, { status, headers });
  const type = isCrossOrigin ? 'cors' : 'basic';
  return Object.defineProperties(response, { type: { value: type }, redirected: { value: redirected }, url: { value: request.url } });
}

/** The value of `integrity` for some bytes. */
export function integrityOf(bytes) {
  return `sha256-${createHash('sha256').update(bytes).digest('base64')}`;
}

function parseRange(header) {
  const [, start, end] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? [];
  return start === undefined ? undefined : { start: Number(start), end: end ? Number(end) + 1 : undefined };
}
