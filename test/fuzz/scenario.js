// The random fields of one run. The first value of each field is the plain one, to which fast-check shrinks.
import fc from 'fast-check';
import { any, difference, drawn, few, list, mostly, number, object, oftenTwo, seldom, sometimes } from './fields.js';

const size = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 3_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(1, 64, 20_000) },
  { weight: 1, arbitrary: fc.constantFrom(300_000, 262_144) },
);

const hostFields = {
  /** The headers that a page may read. */
  cors: any('same-origin', 'default', 'exposed'),
  etag: mostly('strong', 'weak', 'weak-same', 'changing', 'none'),
  /** The tag of an encoded answer, where that of the file is strong. */
  encodedTag: any('same', 'weak', 'suffix'),
  lastModified: any(true, false),
  date: any(true, false),
  /** How long ago the first version was published, in ms. */
  age: any(86_400_000, 0, 30_000, 59_500, 61_000),
  type: any('application/octet-stream', 'application/json', 'application/wasm'),
  /** `large` and `small` are lengths that a page's service worker may invent. */
  length: mostly('right', 'missing', 'large', 'small'),
  /** Of a plain answer: its `Content-Length` is smaller than the file, larger, or missing. */
  encoding: mostly('none', 'smaller', 'larger', 'chunked'),
  /** The reaction to a range; a number is the status with which it is refused. */
  ranges: mostly('honoured', 'ignored', 'capped', 'aligned', 'undecodable', 400, 403, 404, 408, 416, 425, 429, 501, 503),
  /** The `Retry-After` of a refused range. */
  rangesAfter: any(undefined, '1', '0', '30', 'soon'),
  contentRange: mostly('full', 'no-total', 'absent'),
  /** Eighths of the file in one answer, if that is limited. */
  piece: number(1, 8),
  /** At most longer than the shorter `stallTimeout`. */
  latency: any(0, 40, 7_000),
};

const host = object(hostFields);

const faultFields = {
  kind: any(
    'none',
    'cut',
    'silent',
    'stall',
    'slow',
    'status',
    'page',
    'reject',
    'hang',
    'damage',
    'empty',
    'refuse-range',
    'other-start',
    'hide-range',
  ),
  /** Whether the next version is published before this answer. */
  advance: any(false, false, false, false, true),
  /** Where in the body, in thousandths. */
  share: number(0, 1_000),
  delay: any(200, 3_000, 8_000, 40_000),
  status: any(500, 503, 429, 400, 401, 403, 404, 408, 416, 501),
  retryAfter: any(undefined, '1', '0', '', '-5', 'Wed, 21 Oct 2015 07:28:00 GMT', '9999999', '30', 'soon'),
  redirected: any(false, true),
};

/** The fault of one answer. */
const fault = object(faultFields);

/** Faults that break a body in the middle, or change its version. */
const interruption = object({
  ...faultFields,
  kind: any('none', 'cut', 'cut', 'silent', 'stall', 'reject', 'hide-range', 'other-start'),
  advance: any(false, true),
});

const clientFields = {
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
  /** Whether it requests the file before its reader, and whether that reader repeats a broken request. */
  early: mostly(undefined, 'early', 'repeated'),
};

const controlFields = {
  action: any('pause', 'discard', 'abort'),
  tab: any(0, 1),
  at: number(0, 2_500),
  /** How long a pause lasts, in ms. */
  duration: any(10, 300, 40_000),
};

const control = object(controlFields);

const visit = object({
  clients: few(object(clientFields), 3),
  controls: seldom(list(control, { maxLength: 2 })),
});

/** A visit that usually ends early, so that its bytes are stored. */
const shortVisit = object({
  clients: list(
    object({ ...clientFields, read: any('all', 'some', 'slow'), abortAt: sometimes(number(300, 4_000)), delay: any(100, 50, 400) }),
    {
      minLength: 1,
      maxLength: 2,
    },
  ),
  controls: seldom(list(control, { maxLength: 1 })),
});

const endedVisit = object({
  clients: list(object({ ...clientFields, read: any('all'), startAt: any(0), abortAt: number(1_000, 5_000), user: any('a') }), {
    minLength: 1,
    maxLength: 1,
  }),
  controls: any([]),
});

/** A visit whose caller reads stored bytes slowly, while the page does something else. */
const slowVisit = object({
  clients: list(object({ ...clientFields, read: any('slow'), startAt: any(0), abortAt: any(undefined), delay: any(100, 50, 400) }), {
    minLength: 1,
    maxLength: 2,
  }),
  controls: list(object({ ...controlFields, action: any('discard', 'pause'), at: number(0, 1_000) }), { minLength: 1, maxLength: 2 }),
});

const optionFields = {
  /** A whole file has about so many. */
  segments: number(1, 10),
  stallTimeout: any(30_000, 5_000),
  automaticAttempts: any(3, 0, 12),
  verify: mostly(undefined, 'always', 'spliced', 'never'),
};

const sameSize = drawn(fc.integer({ min: 2, max: 3_000 }).map((same) => [same, same, same]));

const fields = {
  seed: number(0, 1_000_000),
  /** Of each version, in their order. */
  sizes: drawn(
    fc.oneof(
      { weight: 2, arbitrary: fc.array(size, { minLength: 1, maxLength: 3 }) },
      { weight: 1, arbitrary: size.map((same) => [same, same, same]) },
    ),
  ),
  host,
  isPrivate: any(false, false, false, false, false, true),
  pace: object({
    chunks: drawn(fc.array(fc.constantFrom(1_000, 1, 17, 100_000), { minLength: 1, maxLength: 3 })),
    delay: any(0, 30, 300),
  }),
  /** Of the first answers, in their order; then all is well. */
  faults: list(fault, { maxLength: 5 }),
  listing: object({
    kind: any(
      'missing',
      'missing',
      'missing',
      'right',
      'right',
      'cached',
      'cached',
      'behind',
      'size-only',
      'rejects',
      'hangs',
      'fresh-hangs',
      'fresh-missing',
    ),
    digest: any('sha256', 'sha256', 'oid'),
    delay: any(0, 100, 3_000),
    /** Whether the library requests the hub's listing itself. */
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
  options: object(optionFields),
  visits: few(visit, 3),
};

/** Ports that work. */
const goodPorts = {
  store: object({ kind: any('memory', 'memory', 'platform'), operation: any('all'), after: number(0, 0) }),
  caches: any('works'),
  locks: any('none', 'works'),
  channel: any('none', 'works'),
};

/** Anything with anything. */
const anything = object(fields);

/** A file that changes while it is downloaded, and connections that break. */
const changes = object({ ...fields, ...goodPorts, sizes: sameSize, faults: list(interruption, { minLength: 1, maxLength: 4 }) });

const heldFields = {
  ...fields,
  ...goodPorts,
  sizes: sameSize,
  pace: object({ chunks: any([50], [400]), delay: any(300, 100) }),
  options: object({ ...optionFields, segments: number(5, 10) }),
  faults: list(interruption, { maxLength: 2 }),
};

/** Stored bytes of several visits, of one version and of others. */
const returns = object({ ...heldFields, visits: list(shortVisit, { minLength: 2, maxLength: 2 }) });

/** Stored bytes are deleted, or their download paused, while they are read. */
const disturbedReturns = object({
  ...heldFields,
  isPrivate: any(false),
  visits: drawn(fc.tuple(endedVisit.arbitrary, slowVisit.arbitrary)),
});

/** A busy server that refuses only ranges, of a file of which an earlier visit holds a part, or whose download pauses. */
const refusedReturns = object({
  ...heldFields,
  host: object({ ...hostFields, etag: any('strong'), ranges: any(429, 408, 425, 503) }),
  isPrivate: any(false),
  faults: seldom(list(interruption, { maxLength: 2 })),
  visits: drawn(fc.tuple(endedVisit.arbitrary, visit.arbitrary)),
});

/** @type {[{ fields: any, arbitrary: fc.Arbitrary<any> }, number][]} */
const themes = [
  [anything, 5],
  [changes, 3],
  [returns, 2],
  [disturbedReturns, 2],
  [refusedReturns, 1],
];

export const scenarios = fc.oneof(...themes.map(([{ arbitrary }, weight]) => ({ arbitrary, weight })));

/** A scenario as text, without the fields that are as in the plain one. */
export function describe(scenario) {
  return JSON.stringify(difference(scenario, anything), null, 1).replace(/\n\s*/g, ' ');
}
