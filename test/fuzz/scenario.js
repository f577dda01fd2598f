// What is drawn at random for one run. The first choice of each list is the plain one, to which fast-check shrinks.
import fc from 'fast-check';

/** One of the values, the first of them as often as all the others together. */
function mostly(usual, ...others) {
  return fc.constantFrom(...others.map(() => usual), usual, ...others);
}

const share = fc.integer({ min: 0, max: 1_000 });

const size = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 3_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(1, 64, 20_000) },
  { weight: 1, arbitrary: fc.constantFrom(300_000, 262_144) },
);

const host = fc.record({
  cors: fc.constantFrom('same-origin', 'default', 'exposed'),
  etag: mostly('strong', 'weak', 'weak-same', 'changing', 'none'),
  encodedTag: fc.constantFrom('same', 'weak', 'suffix'),
  lastModified: fc.boolean(),
  date: fc.boolean(),
  /** How long ago the first version was published, in ms. */
  age: fc.constantFrom(86_400_000, 0, 30_000, 59_500, 61_000),
  type: fc.constantFrom('application/octet-stream', 'application/json', 'application/wasm'),
  length: mostly('right', 'missing', 'large', 'small'),
  encoding: mostly('none', 'smaller', 'larger', 'chunked'),
  ranges: mostly('honoured', 'ignored', 'capped', 'aligned', 'undecodable', 400, 403, 404, 416, 501),
  contentRange: mostly('full', 'no-total', 'absent'),
  /** Eighths of the file in one answer, where that is capped. */
  piece: fc.integer({ min: 1, max: 8 }),
  latency: fc.constantFrom(0, 0, 40),
});

const fault = fc.record({
  /** Whether the next version is published before this answer. */
  advance: mostly(false, true),
  kind: fc.constantFrom('none', 'cut', 'silent', 'stall', 'slow', 'status', 'page', 'reject', 'hang', 'damage', 'empty', 'refuse-range', 'other-start', 'hide-range'),
  share,
  delay: fc.constantFrom(200, 3_000, 8_000),
  status: fc.constantFrom(500, 503, 429, 400, 401, 403, 404, 408, 416, 501),
  retryAfter: fc.constantFrom(undefined, '1', '0', '', '-5', 'Wed, 21 Oct 2015 07:28:00 GMT', '9999999', '30', 'soon'),
  redirected: fc.boolean(),
});

const client = fc.record({
  tab: mostly(0, 1),
  startAt: fc.constantFrom(0, 0, 10, 400, 2_000),
  read: mostly('all', 'buffer', 'slow', 'some', 'never'),
  delay: fc.constantFrom(0, 50, 400, 20_000),
  pieces: fc.integer({ min: 0, max: 3 }),
  abortAt: mostly(undefined, 0, 5, 150, 600, 3_000, 31_000),
  /** Whether it reads only once the caller after it has read. */
  waits: mostly(false, true),
  input: fc.constantFrom('string', 'url', 'request'),
  integrity: mostly(false, false, true),
});

const control = fc.record({
  tab: fc.constantFrom(0, 1),
  action: fc.constantFrom('pause', 'discard', 'abort'),
  at: fc.constantFrom(0, 5, 200, 500, 2_000),
  /** How long a pause lasts, in ms. */
  duration: fc.constantFrom(10, 300, 40_000),
});

const visit = fc.record({
  clients: fc.array(client, { minLength: 1, maxLength: 3 }),
  controls: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(control, { maxLength: 2 }) }),
});

export const scenarios = fc.record({
  seed: fc.nat(1_000_000),
  sizes: fc.oneof({ weight: 2, arbitrary: fc.array(size, { minLength: 1, maxLength: 3 }) }, { weight: 1, arbitrary: size.map((same) => [same, same, same]) }),
  host,
  pace: fc.record({ chunks: fc.array(fc.constantFrom(1_000, 1, 17, 100_000), { minLength: 1, maxLength: 3 }), delay: fc.constantFrom(0, 30, 300) }),
  faults: fc.array(fault, { maxLength: 5 }),
  listing: fc.record({
    kind: fc.constantFrom('missing', 'right', 'right', 'cached', 'cached', 'behind', 'size-only', 'rejects', 'hangs', 'fresh-hangs', 'fresh-missing'),
    digest: mostly('sha256', 'oid'),
    delay: fc.constantFrom(0, 100, 3_000),
    /** Whether the library asks the hub's listing by itself. */
    isOwn: mostly(false, true),
  }),
  store: fc.record({
    kind: mostly('memory', 'platform', 'full', 'refuses', 'hangs', 'forgets', 'slow', 'damaged'),
    operation: fc.constantFrom('all', 'find', 'append', 'read', 'delete'),
    after: fc.integer({ min: 0, max: 4 }),
  }),
  caches: mostly('works', 'none', 'throws', 'rejects', 'hangs', 'full', 'short', 'long'),
  locks: mostly('none', 'works', 'works', 'throws', 'rejects', 'hangs', 'late', 'query-rejects', 'query-hangs'),
  channel: mostly('none', 'works', 'works', 'throws', 'post-throws'),
  options: fc.record({
    /** Segments of which a whole file has about so many. */
    segments: fc.integer({ min: 1, max: 10 }),
    stallTimeout: fc.constantFrom(30_000, 5_000),
    automaticAttempts: fc.constantFrom(3, 0, 12),
    verify: mostly(undefined, 'always', 'spliced', 'never'),
  }),
  visits: fc.array(visit, { minLength: 1, maxLength: 3 }),
});

/** A scenario without what is as in the plain one: what a reader has to see. */
export function describe(scenario) {
  return JSON.stringify(scenario, (_, value) => (value === undefined ? 'undefined' : value));
}
