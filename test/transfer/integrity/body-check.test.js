// Whether the bytes of a body are those of the file: every answer that a listing may give, and every way to hash.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from '../../support/suite.js';
import { BodyCheck } from '../../../dist/transfer/integrity/body-check.js';

const MiB = 1024 * 1024;
const url = 'https://hub.example/owner/model/resolve/main/model.onnx';
const body = { url, verify: /** @type {const} */ ('always'), init: {} };

/** @param {number} length @param {number} [seed] */
const bytesOf = (length, seed = 0) => Uint8Array.from({ length }, (_, index) => (index * 31 + seed) % 251);

/** @param {string} algorithm @param {Uint8Array} bytes @param {'hex' | 'base64'} [form] */
const hashOf = (algorithm, bytes, form = 'hex') => createHash(algorithm).update(bytes).digest(form);

/** @param {Uint8Array} bytes */
const large = (bytes) => ({ size: bytes.length, sha256: hashOf('sha256', bytes) });

/** @param {Uint8Array} bytes */
const small = (bytes) => ({
  size: bytes.length,
  sha256: undefined,
  oid: hashOf('sha1', Buffer.concat([Buffer.from(`blob ${bytes.length}\0`), bytes])),
});

/**
 * A look-up with one result at first, and another one for a new request.
 *
 * @param {import('../../../dist/transfer/index.js').KnownFile | undefined} first
 * @param {import('../../../dist/transfer/index.js').KnownFile | undefined} [fresh]
 */
function listing(first, fresh) {
  /** @type {boolean[]} */
  const asked = [];
  /** @type {import('../../../dist/transfer/index.js').LookUp} */
  const lookUp = async (_, options) => {
    asked.push(options?.fresh ?? false);
    return options?.fresh ? fresh : first;
  };
  return { lookUp, asked };
}

/**
 * The verdict of a check for a body.
 *
 * @param {Uint8Array} bytes
 * @param {Partial<import('../../../dist/transfer/integrity/body-check.js').BodyCheckOptions>} options
 */
async function verdictOf(bytes, options, isSpliced = false) {
  const check = new BodyCheck({ ...body, lookUp: async () => undefined, ...options });
  check.begin();
  for (let start = 0; start < bytes.length; start += 300_000) {
    const chunk = bytes.slice(start, start + 300_000);
    const [first, second] = [chunk.subarray(0, 1000), chunk.subarray(1000)];
    await check.update([first, second]);
    // It is the reader's by now.
    chunk.fill(0);
  }
  const verdict = await check.verdict({ length: bytes.length, isSpliced });
  check.close();
  return verdict;
}

/** A clock that a test advances. */
class Clock {
  /** @type {Set<() => void>} */
  timers = new Set();
  now = () => 0;
  /** @param {() => void} callback */
  setTimeout = (callback) => {
    this.timers.add(callback);
    return callback;
  };
  /** @param {unknown} timer */
  clearTimeout = (timer) => void this.timers.delete(/** @type {() => void} */ (timer));
  elapse() {
    // A time limit can use several timers, one after another.
    while (this.timers.size > 0) {
      const due = [...this.timers];
      this.timers.clear();
      for (const callback of due) callback();
    }
  }
}

describe('a body', () => {
  const file = bytesOf(3 * MiB + 7);
  const other = bytesOf(3 * MiB + 7, 5);
  const json = bytesOf(1234);
  const damaged = file.slice();
  damaged[2 * MiB] ^= 1;

  it('is right by its SHA-256, and by the hash of its blob in git', async () => {
    /** @type {[Uint8Array, import('model-download/transfer').KnownFile][]} */
    const kinds = [
      [file, large(file)],
      [json, small(json)],
      [new Uint8Array(), small(new Uint8Array())],
    ];
    for (const [bytes, known] of kinds) {
      const { lookUp, asked } = listing(known);
      assert.equal(await verdictOf(bytes, { lookUp }), 'right');
      assert.deepEqual(asked, [false]);
    }
    assert.equal(
      await verdictOf(file, { lookUp: listing({ ...large(file), oid: '0'.repeat(40) }).lookUp }),
      'right',
      'the oid is of a pointer',
    );
    assert.equal(await verdictOf(file, { lookUp: listing({ size: undefined, sha256: large(file).sha256.toUpperCase() }).lookUp }), 'right');
  });

  it('is wrong if a new listing contradicts it', async () => {
    const { lookUp, asked } = listing(large(file), large(file));
    const wrong = `SHA-256 mismatch: expected ${large(file).sha256}, got ${large(damaged).sha256}`;
    assert.deepEqual(await verdictOf(damaged, { lookUp }), { wrong });
    assert.deepEqual(asked, [false, true]);
    const [now, was] = [small(bytesOf(1234, 1)), small(json)];
    assert.deepEqual(await verdictOf(bytesOf(1234, 1), { lookUp: listing(was, was).lookUp }), {
      wrong: `Git blob hash mismatch: expected ${was.oid}, got ${now.oid}`,
    });
    assert.equal(typeof (await verdictOf(json.subarray(0, 1000), { lookUp: listing(was, was).lookUp })), 'object', 'a shorter one');
    assert.equal(typeof (await verdictOf(other, { lookUp: listing(large(file), large(damaged)).lookUp })), 'object', 'of neither version');
  });

  it('is right if only the old listing contradicts it', async () => {
    assert.equal(await verdictOf(other, { lookUp: listing(large(file), large(other)).lookUp }), 'right');
    const longer = bytesOf(2000);
    assert.equal(await verdictOf(longer, { lookUp: listing(small(json), small(longer)).lookUp }), 'right');
  });

  it('is not judged if a new listing is not available, lacks the file, or has another kind of hash', async () => {
    for (const fresh of [undefined, { size: 5, sha256: undefined }, small(file)]) {
      assert.equal(await verdictOf(damaged, { lookUp: listing(large(file), fresh).lookUp }), 'unknown');
    }
    assert.equal(await verdictOf(json.slice(1), { lookUp: listing(small(json), large(json)).lookUp }), 'unknown');
    assert.equal(await verdictOf(damaged, { lookUp: listing(undefined, large(file)).lookUp }), 'unknown');
    assert.equal(await verdictOf(damaged, { lookUp: () => Promise.reject(new Error('against the contract')) }), 'unknown');
  });

  it('is compared according to the mode', async () => {
    const { lookUp } = listing(large(file), large(file));
    assert.equal(await verdictOf(damaged, { lookUp, verify: 'never' }, true), 'unknown');
    assert.equal(await verdictOf(damaged, { lookUp, verify: 'spliced' }), 'unknown');
    assert.equal(typeof (await verdictOf(damaged, { lookUp, verify: 'spliced' }, true)), 'object');
    assert.equal(await verdictOf(file, { lookUp, verify: 'spliced' }, true), 'right');
  });

  it('reports whether it will be compared', async () => {
    const cases = /** @type {const} */ ([
      [large(file), 'always', true],
      [small(json), 'spliced', true],
      [large(file), 'never', false],
      [undefined, 'always', false],
      [{ size: 5, sha256: undefined }, 'always', false],
    ]);
    for (const [known, verify, isKnown] of cases) {
      const check = new BodyCheck({ ...body, verify, lookUp: listing(known).lookUp });
      check.begin();
      assert.equal(await check.isKnown(), isKnown);
      check.close();
      assert.equal(await check.isKnown(), false);
    }
  });

  it('passes on the settings of the request to the look-up', async () => {
    const init = { headers: { Authorization: 'Bearer 1' } };
    /** @type {unknown[]} */
    const settings = [];
    /** @type {import('../../../dist/transfer/index.js').LookUp} */
    const lookUp = async (_, options) => void settings.push(options?.init);
    await verdictOf(json, { lookUp, init });
    assert.deepEqual(settings, [init]);
  });
});

describe('a listing that arrives late', () => {
  const file = bytesOf(20 * MiB);

  for (const [size, known, expected] of /** @type {const} */ ([
    [20 * MiB, 'large', 'right'],
    [5 * MiB, 'large', 'right'],
    [5 * MiB, 'small', 'right'],
    // A file of this size without SHA-256 is of no hub.
    [20 * MiB, 'small', 'unknown'],
  ])) {
    it(`is compared with a complete ${known} file of ${size} bytes: ${expected}`, async () => {
      const bytes = file.subarray(0, size);
      /** @type {(known: import('../../../dist/transfer/index.js').KnownFile) => void} */
      let answer = () => {};
      const answered = new Promise((resolve) => (answer = resolve));
      const check = new BodyCheck({ ...body, lookUp: () => answered });
      check.begin();
      for (let start = 0; start < size; start += MiB) await check.update([bytes.subarray(start, start + MiB)]);
      answer(known === 'large' ? large(bytes) : small(bytes));
      assert.equal(await check.verdict({ length: size, isSpliced: false }), expected);
      check.close();
    });
  }

  it('delays the end of a body by 5 s at most, and no byte before it', async () => {
    const clock = new Clock();
    const check = new BodyCheck({ ...body, clock, lookUp: () => new Promise(() => {}) });
    check.begin();
    for (let start = 0; start < file.length; start += MiB) await check.update([file.subarray(start, start + MiB)]);
    const known = check.isKnown();
    const verdict = check.verdict({ length: file.length, isSpliced: false });
    clock.elapse();
    assert.equal(await known, false);
    assert.equal(await verdict, 'unknown');
    assert.equal(clock.timers.size, 0);
    check.close();
  });

  it('is not awaited after the end of the check', async () => {
    const check = new BodyCheck({ ...body, lookUp: async () => large(file) });
    check.begin();
    const update = check.update([file]);
    const verdict = check.verdict({ length: file.length, isSpliced: false });
    check.close();
    await update;
    assert.equal(await verdict, 'unknown');
    await check.update([file]);
  });
});

describe('the integrity of a request', () => {
  const file = bytesOf(2 * MiB);
  const other = bytesOf(2 * MiB, 1);
  const lookUp = () => assert.fail('no listing need say anything');

  /** @param {string} algorithm @param {Uint8Array} bytes */
  const integrityOf = (algorithm, bytes) => `${algorithm}-${hashOf(algorithm, bytes, 'base64')}`;

  for (const algorithm of ['sha256', 'sha384', 'sha512']) {
    it(`is compared as ${algorithm}, whatever the mode`, async () => {
      const integrity = integrityOf(algorithm, file);
      for (const verify of /** @type {const} */ (['always', 'never'])) {
        assert.equal(await verdictOf(file, { lookUp, integrity, verify }), 'right');
        const verdict = await verdictOf(other, { lookUp, integrity, verify });
        const name = algorithm.toUpperCase().replace('A', 'A-');
        const [expected, got] = [file, other].map((bytes) => hashOf(algorithm, bytes, 'base64').replace(/=+$/, ''));
        assert.deepEqual(verdict, { wrong: `${name} mismatch: expected ${expected}, got ${got}` });
      }
    });
  }

  it('uses its strongest algorithm, of which any hash may match', async () => {
    const [weak, strong, wrong] = [integrityOf('sha256', file), integrityOf('sha384', file), integrityOf('sha384', other)];
    assert.equal(await verdictOf(file, { lookUp, integrity: `${wrong}\n ${strong}?option ${integrityOf('sha256', other)}` }), 'right');
    assert.equal(typeof (await verdictOf(file, { lookUp, integrity: `${weak} ${wrong}` })), 'object');
    const urlSafe = strong.replaceAll('+', '-').replaceAll('/', '_').replace('sha384_', 'sha384-');
    assert.equal(await verdictOf(file, { lookUp, integrity: urlSafe.toUpperCase().slice(0, 6) + urlSafe.slice(6) }), 'right');
  });

  it('requires nothing without a supported hash', async () => {
    const { lookUp: known, asked } = listing(large(file));
    assert.equal(await verdictOf(file, { lookUp: known, integrity: 'md5-AAAA sha256 xsha256-AAAA' }), 'right');
    assert.deepEqual(asked, [false]);
  });
});

describe('a realm without WebAssembly', () => {
  it('computes the hashes anyway', async (t) => {
    const descriptor = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(globalThis, 'WebAssembly'));
    t.after(() => Object.defineProperty(globalThis, 'WebAssembly', descriptor));
    Object.defineProperty(globalThis, 'WebAssembly', { configurable: true, value: undefined });
    const [file, json] = [bytesOf(9 * MiB), bytesOf(500)];
    assert.equal(await verdictOf(file, { lookUp: listing(large(file)).lookUp }), 'right');
    assert.equal(await verdictOf(json, { lookUp: listing(small(json)).lookUp }), 'right');
  });
});
