// The simulated server: its answer to a request, by its lasting traits and by the next fault.
import { contentOf } from './file-versions.js';

const text = new TextEncoder();

/** Headers that a page reads across origins without the server's leave. */
const SAFELISTED = ['Content-Length', 'Content-Type', 'Last-Modified', 'Cache-Control'];
/** Headers that the model hub exposes in addition. */
const EXPOSED = [...SAFELISTED, 'ETag', 'Accept-Ranges', 'Content-Range'];

/**
 * An answer before it is sent: `bytes` are those that a page will read of the body, decoded; `end` is the event
 * after the last of them; `pauses` are delays in ms by the byte before which they occur.
 */
export class Server {
  /** The version that is served now. */
  version = 0;
  /** Places of the file at which a byte was sent damaged. */
  damaged = new Set();

  #host;
  #sizes;
  #faults;
  #clock;
  #published;
  #count = 0;
  #isPrivate;

  constructor({ host, sizes, faults, isPrivate }, clock) {
    this.#host = host;
    this.#sizes = sizes;
    this.#faults = faults;
    this.#isPrivate = isPrivate;
    this.#clock = clock;
    this.#published = [clock.epoch() - host.age];
  }

  /** How many of the faults are left. */
  get faultsLeft() {
    return this.#faults.slice(this.#count);
  }

  /** Bytes of the version that is served now. */
  get size() {
    return this.#sizes[this.version];
  }

  /** Everything that the file has been so far. */
  get versions() {
    return this.#sizes.slice(0, this.version + 1).map((size, version) => contentOf(version, size));
  }

  /**
   * @param range `{ start, end }` of a range request, `end` not included; `undefined` for a plain one.
   * @param authorization The request's header.
   */
  answer(range, authorization) {
    const fault = this.#faults[this.#count] ?? { kind: 'none', advance: false };
    this.#count += 1;
    if (fault.advance && this.version + 1 < this.#sizes.length) {
      this.version += 1;
      this.#published[this.version] = this.#clock.epoch();
    }
    const isForbidden = this.#isPrivate && authorization !== 'Bearer a';
    const answer = isForbidden ? this.#refuse(403) : this.#disturb(this.#serve(range, fault), fault, range);
    return {
      ...answer,
      headers: this.#visible(answer.headers),
      latency: this.#host.latency,
      isCrossOrigin: this.#host.cors !== 'same-origin',
    };
  }

  #serve(range, fault) {
    if (fault.kind === 'status') return this.#refuse(fault.status, fault.retryAfter, fault.redirected);
    if (fault.kind === 'page')
      return { status: 200, headers: { 'Content-Type': 'text/html' }, bytes: text.encode('<!doctype html><p>Sign in'), isPage: true };
    if (!range) return this.#whole();
    const { ranges } = this.#host;
    if (fault.kind === 'refuse-range') return this.#refuse(fault.status);
    if (ranges === 'ignored') return this.#whole();
    if (ranges === 'undecodable' && range.start > 0) return { ...this.#part(range, fault), bytes: new Uint8Array(), end: 'error' };
    if (typeof ranges === 'number') return this.#refuse(ranges, this.#host.rangesAfter);
    return this.#part(range, fault);
  }

  #whole() {
    const bytes = contentOf(this.version, this.size);
    const isEncoded = this.#host.encoding !== 'none';
    const headers = { ...this.#description(isEncoded), 'Content-Length': this.#lengthOf(bytes.length) };
    if (isEncoded) headers['Content-Encoding'] = 'gzip';
    return { status: 200, headers, bytes, isEncoded };
  }

  #part({ start, end = Infinity }, { kind }) {
    const { ranges, contentRange, piece, cors } = this.#host;
    const size = this.size;
    // A server that moves the start must declare it; if that is hidden, only a hash helps.
    const mayMove = cors !== 'default';
    if (start >= size) {
      const isTold = contentRange !== 'absent' && kind !== 'hide-range';
      return { ...this.#refuse(416), headers: isTold ? { 'Content-Range': `bytes */${size}` } : {} };
    }
    let first = start;
    if (ranges === 'aligned' && mayMove) first -= start % Math.max(1, Math.ceil(size / 4));
    if (kind === 'other-start' && mayMove) first = Math.min(size - 1, start + 1);
    const most = ranges === 'capped' ? first + Math.max(1, Math.ceil((size * piece) / 8)) : Infinity;
    const last = Math.min(size, end, most);
    const headers = this.#description(false);
    if (this.#host.length !== 'missing') headers['Content-Length'] = String(last - first);
    const total = contentRange === 'no-total' ? '*' : size;
    if (first !== start || (contentRange !== 'absent' && kind !== 'hide-range'))
      headers['Content-Range'] = `bytes ${first}-${last - 1}/${total}`;
    return { status: 206, headers, bytes: contentOf(this.version, size).subarray(first, last), first };
  }

  #refuse(status, retryAfter, redirected = false) {
    const headers = { 'Content-Type': 'text/plain', ...(retryAfter === undefined ? {} : { 'Retry-After': retryAfter }) };
    return { status, headers, bytes: text.encode('No'), redirected };
  }

  /** The validators of the version that the server has. */
  #description(isEncoded) {
    const { etag, type, lastModified, date } = this.#host;
    const headers = { 'Content-Type': type };
    const name = `v${this.version}`;
    const tag = { strong: `"${name}"`, weak: `W/"${name}"`, 'weak-same': 'W/"1"', changing: `"${name}-${this.#count}"`, none: undefined }[
      etag
    ];
    if (tag)
      headers.ETag =
        isEncoded && etag === 'strong' ? { same: tag, weak: `W/${tag}`, suffix: `"${name}-gzip"` }[this.#host.encodedTag] : tag;
    if (lastModified) headers['Last-Modified'] = new Date(this.#published[this.version]).toUTCString();
    if (date) headers.Date = new Date(this.#clock.epoch()).toUTCString();
    return headers;
  }

  /** The `Content-Length` of a whole answer; `null` without one. */
  #lengthOf(size) {
    const { encoding, length } = this.#host;
    if (encoding === 'chunked' || length === 'missing') return null;
    const coded = { smaller: Math.ceil(size * 0.4), larger: size + 20, none: size }[encoding];
    return String({ right: coded, large: coded + 10, small: Math.floor(coded / 2) }[length]);
  }

  #disturb(answer, fault, range) {
    const { kind, share = 0, delay = 0 } = fault;
    const at = Math.floor((answer.bytes.length * share) / 1_000);
    switch (kind) {
      case 'cut':
        return { ...answer, bytes: answer.bytes.subarray(0, at), end: 'error' };
      case 'silent':
        return { ...answer, bytes: answer.bytes.subarray(0, at) };
      case 'stall':
        return { ...answer, bytes: answer.bytes.subarray(0, at), end: 'stall' };
      case 'slow':
        return { ...answer, pauses: new Map([[at, delay]]) };
      case 'damage':
        return this.#damage(answer, Math.min(at, answer.bytes.length - 1));
      case 'empty':
        return range ? answer : { ...answer, bytes: new Uint8Array(), headers: { ...answer.headers, 'Content-Length': '0' } };
      case 'reject':
      case 'hang':
        return { ...answer, never: kind };
      default:
        return answer;
    }
  }

  #damage(answer, at) {
    if (answer.status > 206 || answer.isPage || at < 0) return answer;
    const bytes = answer.bytes.slice();
    bytes[at] ^= 16;
    this.damaged.add((answer.first ?? 0) + at);
    return { ...answer, bytes };
  }

  /** The headers that the page may read. */
  #visible(headers) {
    const { cors } = this.#host;
    const names = { 'same-origin': Object.keys(headers), default: SAFELISTED, exposed: EXPOSED }[cors];
    const isShown = (name) => headers[name] != null && (names.includes(name) || (name === 'Retry-After' && cors === 'exposed'));
    return Object.fromEntries(
      Object.keys(headers)
        .filter(isShown)
        .map((name) => [name, headers[name]]),
    );
  }
}
