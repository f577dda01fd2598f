// What is drawn at random for one run. The first value of each field is the plain one, to which fast-check shrinks.
import fc from 'fast-check';

/** One of the values. */
function any(...values) {
  return { plain: values[0], arbitrary: fc.constantFrom(...values) };
}

/** One of the values, the first of them twice as often as all the others together. */
function mostly(plain, ...others) {
  return any(plain, ...others.flatMap(() => [plain, plain]).slice(1), ...others);
}

/** One of the values, the first two of them mostly. */
function oftenTwo(plain, usual, ...others) {
  return any(plain, ...others.flatMap(() => [plain, usual, usual]), ...others);
}

function number(min, max) {
  return { plain: min, arbitrary: fc.integer({ min, max }) };
}

function drawn(plain, arbitrary) {
  return { plain, arbitrary };
}

function object(fields) {
  const each = (pick) => Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field[pick]]));
  return { plain: each('plain'), arbitrary: fc.record(each('arbitrary')) };
}

function list(field, constraints) {
  return { plain: [], item: field.plain, arbitrary: fc.array(field.arbitrary, constraints) };
}

const size = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 3_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(1, 64, 20_000) },
  { weight: 1, arbitrary: fc.constantFrom(300_000, 262_144) },
);

const host = object({
  /** Which headers a page may read. */
  cors: any('same-origin', 'default', 'exposed'),
  etag: mostly('strong', 'weak', 'weak-same', 'changing', 'none'),
  /** The tag of an encoded answer, where that of the file is strong. */
  encodedTag: any('same', 'weak', 'suffix'),
  lastModified: any(true, false),
  date: any(true, false),
  /** How long ago the first version was published, in ms. */
  age: any(86_400_000, 0, 30_000, 59_500, 61_000),
  type: any('application/octet-stream', 'application/json', 'application/wasm'),
  /** `large` and `small` are what a page's service worker may make up. */
  length: mostly('right', 'missing', 'large', 'small'),
  /** Of a plain answer: its `Content-Length` is smaller than the file, larger, or not told. */
  encoding: mostly('none', 'smaller', 'larger', 'chunked'),
  /** What becomes of a range; a number is the status with which it is refused. */
  ranges: mostly('honoured', 'ignored', 'capped', 'aligned', 'undecodable', 400, 403, 404, 416, 501),
  contentRange: mostly('full', 'no-total', 'absent'),
  /** Eighths of the file in one answer, where that is capped. */
  piece: number(1, 8),
  latency: any(0, 40),
});

/** What happens to one answer. */
const fault = object({
  kind: any('none', 'cut', 'silent', 'stall', 'slow', 'status', 'page', 'reject', 'hang', 'damage', 'empty', 'refuse-range', 'other-start', 'hide-range'),
  /** Whether the next version is published before this answer. */
  advance: any(false, false, false, false, true),
  /** Where in the body, in thousandths. */
  share: number(0, 1_000),
  delay: any(200, 3_000, 8_000),
  status: any(500, 503, 429, 400, 401, 403, 404, 408, 416, 501),
  retryAfter: any(undefined, '1', '0', '', '-5', 'Wed, 21 Oct 2015 07:28:00 GMT', '9999999', '30', 'soon'),
  redirected: any(false, true),
});

const client = object({
  tab: mostly(0, 1),
  startAt: any(0, 0, 10, 400, 2_000),
  read: mostly('all', 'buffer', 'slow', 'some', 'never'),
  delay: any(0, 50, 400, 20_000),
  /** Pieces after which `some` cancels. */
  pieces: number(0, 3),
  abortAt: mostly(undefined, 0, 5, 150, 600, 3_000, 31_000),
  /** Whether it reads only once the caller after it has read. */
  waits: mostly(false, true),
  input: any('string', 'url', 'request'),
  integrity: any(false, false, false, true),
  /** Whose `Authorization` it sends; a private file is only for `a`. */
  user: any('a', 'a', 'b'),
});

const control = object({
  action: any('pause', 'discard', 'abort'),
  tab: any(0, 1),
  at: any(0, 5, 200, 500, 2_000),
  /** How long a pause lasts, in ms. */
  duration: any(10, 300, 40_000),
});

const visit = object({
  clients: list(client, { minLength: 1, maxLength: 3 }),
  controls: { ...list(control), arbitrary: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(control.arbitrary, { maxLength: 2 }) }) },
});

const scenario = object({
  seed: number(0, 1_000_000),
  /** Of each version, in their order. */
  sizes: drawn(
    undefined,
    fc.oneof({ weight: 2, arbitrary: fc.array(size, { minLength: 1, maxLength: 3 }) }, { weight: 1, arbitrary: size.map((same) => [same, same, same]) }),
  ),
  host,
  isPrivate: any(false, false, false, true),
  pace: object({
    chunks: drawn(undefined, fc.array(fc.constantFrom(1_000, 1, 17, 100_000), { minLength: 1, maxLength: 3 })),
    delay: any(0, 30, 300),
  }),
  /** Of the first answers, in their order; then all is well. */
  faults: list(fault, { maxLength: 5 }),
  listing: object({
    kind: any('missing', 'missing', 'missing', 'right', 'right', 'cached', 'cached', 'behind', 'size-only', 'rejects', 'hangs', 'fresh-hangs', 'fresh-missing'),
    digest: any('sha256', 'sha256', 'oid'),
    delay: any(0, 100, 3_000),
    /** Whether the library asks the hub's listing by itself. */
    isOwn: any(false, false, true),
  }),
  store: object({
    kind: mostly('memory', 'platform', 'full', 'refuses', 'hangs', 'forgets', 'slow', 'damaged'),
    operation: any('all', 'find', 'append', 'read', 'delete'),
    after: number(0, 4),
  }),
  caches: mostly('works', 'none', 'throws', 'rejects', 'hangs', 'full', 'short', 'long'),
  locks: oftenTwo('none', 'works', 'throws', 'rejects', 'hangs', 'late', 'query-rejects', 'query-hangs'),
  channel: oftenTwo('none', 'works', 'throws', 'post-throws'),
  options: object({
    /** A whole file has about so many. */
    segments: number(1, 10),
    stallTimeout: any(30_000, 5_000),
    automaticAttempts: any(3, 0, 12),
    verify: mostly(undefined, 'always', 'spliced', 'never'),
  }),
  visits: list(visit, { minLength: 1, maxLength: 3 }),
});

export const scenarios = scenario.arbitrary;

const plainItems = { faults: fault.plain, clients: client.plain, controls: control.plain, visits: {} };

/** A scenario in words: what is as in the plain one is left out. */
export function describe(drawnScenario) {
  return JSON.stringify(difference(drawnScenario, scenario.plain), null, 1).replace(/\n\s*/g, ' ');
}

function difference(value, plain) {
  const entries = Object.entries(value).flatMap(([name, one]) => {
    if (Array.isArray(one) && plainItems[name]) return one.length > 0 ? [[name, one.map((item) => difference(item, plainItems[name]))]] : [];
    if (one && typeof one === 'object' && !Array.isArray(one)) {
      const inner = difference(one, plain[name] ?? {});
      return Object.keys(inner).length > 0 ? [[name, inner]] : [];
    }
    return one === plain[name] ? [] : [[name, one]];
  });
  return Object.fromEntries(entries);
}
