/**
 * @typedef {object} ControlValues
 * @property {number} bandwidth Bytes per second that all bodies share; 0 is no limit.
 * @property {number} bodyBandwidth Bytes per second of each body; 0 is no limit.
 * @property {number} latency Milliseconds before the headers.
 * @property {boolean} offline Destroys every connection, and each new one.
 * @property {string | null} match Limits the faults below to files whose path contains this, or matches it if written `/like this/`.
 * @property {'hub' | 'cdn' | null} origin Limits the faults below to one of the two servers.
 * @property {number | null} status Answers with this status instead of the file.
 * @property {number | null} statusTimes
 * @property {number | null} retryAfter Seconds, as a header with `status`.
 * @property {number | null} cutAfter Bytes of a body after which its socket is destroyed.
 * @property {number | null} cutTimes
 * @property {number} cutSpread The most bytes by which a cut is later, by a random number that is the same in every run.
 * @property {number | null} stallAfter Bytes of a body after which nothing is sent.
 * @property {number} stallFor Milliseconds of a stall; 0 is until `stallAfter` is lifted.
 * @property {number | null} stallTimes
 * @property {number | null} corrupt The place of a byte in the file that arrives flipped.
 * @property {number | null} corruptTimes
 * @property {number | null} truncate Shortens the file to that many bytes.
 * @property {number | null} truncateTimes
 * @property {boolean} replaced Has another version of the file: other bytes under another tag.
 * @property {boolean} html Answers with a page and status 200 instead of the file.
 * @property {number | null} htmlTimes
 * @property {boolean} noLength Sends bodies without `Content-Length`.
 * @property {boolean} gzip Compresses JSON files.
 * @property {boolean} noRange Ignores `Range`.
 * @property {boolean} noExpose Exposes only the basic headers to pages of other origins.
 * @property {boolean} exposeAll Exposes all headers by `*`.
 * @property {boolean} silent Accepts requests and never answers them.
 * @property {number} linkLife Seconds for which a redirect's address is valid.
 *
 * @typedef {'status' | 'cut' | 'stall' | 'corrupt' | 'truncate' | 'html' | 'replaced' | 'noLength' | 'gzip' | 'noRange' | 'silent'} Fault
 * @typedef {{ file: string, origin: 'hub' | 'cdn' }} Target
 */

/** @type {Readonly<ControlValues>} */
const defaults = Object.freeze({
  bandwidth: 0,
  bodyBandwidth: 0,
  latency: 0,
  offline: false,
  match: null,
  origin: null,
  status: null,
  statusTimes: null,
  retryAfter: null,
  cutAfter: null,
  cutTimes: null,
  cutSpread: 0,
  stallAfter: null,
  stallFor: 0,
  stallTimes: null,
  corrupt: null,
  corruptTimes: null,
  truncate: null,
  truncateTimes: null,
  replaced: false,
  html: false,
  htmlTimes: null,
  noLength: false,
  gzip: false,
  noRange: false,
  noExpose: false,
  exposeAll: false,
  silent: false,
  linkLife: 3600,
});

/**
 * @typedef {'statusTimes' | 'cutTimes' | 'stallTimes' | 'corruptTimes' | 'truncateTimes' | 'htmlTimes'} TimesName
 * @type {Record<Fault, { setting: keyof ControlValues, times?: TimesName }>}
 */
const faults = {
  status: { setting: 'status', times: 'statusTimes' },
  cut: { setting: 'cutAfter', times: 'cutTimes' },
  stall: { setting: 'stallAfter', times: 'stallTimes' },
  corrupt: { setting: 'corrupt', times: 'corruptTimes' },
  truncate: { setting: 'truncate', times: 'truncateTimes' },
  html: { setting: 'html', times: 'htmlTimes' },
  replaced: { setting: 'replaced' },
  noLength: { setting: 'noLength' },
  gzip: { setting: 'gzip' },
  noRange: { setting: 'noRange' },
  silent: { setting: 'silent' },
};

/**
 * The faults, and how often they occur. Each `…Times` counts down to 0, after which
 * its fault is over; null is every time.
 */
export class Controls {
  /** @type {ControlValues} */
  #values = { ...defaults };
  #onChange;

  /** @param {(values: Readonly<ControlValues>) => void} [onChange] */
  constructor(onChange = () => {}) {
    this.#onChange = onChange;
  }

  /** @returns {Readonly<ControlValues>} */
  get values() {
    return this.#values;
  }

  /**
   * Changes some of the values. A fault that is set without its `…Times` is set for every time.
   *
   * @param {Partial<ControlValues>} patch
   */
  set(patch) {
    for (const [name, value] of Object.entries(patch)) check(name, value);
    const renewed = Object.values(faults).filter(({ setting }) => setting in patch);
    const times = renewed.flatMap(({ times }) => (times ? [[times, null]] : []));
    this.#values = { ...this.#values, ...Object.fromEntries(times), ...patch };
    this.#onChange(this.#values);
  }

  reset() {
    this.#values = { ...defaults };
    this.#onChange(this.#values);
  }

  /**
   * Whether a fault is due for a file.
   *
   * @param {Fault} fault
   * @param {Target} target
   */
  applies(fault, { file, origin }) {
    const { setting, times } = faults[fault];
    const value = this.#values[setting];
    if (value === null || value === false) return false;
    if (times && this.#values[times] === 0) return false;
    if (this.#values.origin !== null && this.#values.origin !== origin) return false;
    return matches(this.#values.match, file);
  }

  /**
   * Whether a fault is due for a file; counts it if so.
   *
   * @param {Fault} fault
   * @param {Target} target
   */
  use(fault, target) {
    if (!this.applies(fault, target)) return false;
    const { times } = faults[fault];
    const left = times && this.#values[times];
    if (times && typeof left === 'number') this.#values = { ...this.#values, [times]: left - 1 };
    return true;
  }
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function check(name, value) {
  const standard = new Map(Object.entries(defaults)).get(name);
  if (standard === undefined) throw new TypeError(`There is no control "${name}".`);
  const kind = name === 'match' || name === 'origin' ? 'string' : standard === null ? 'number' : typeof standard;
  if (value === null && standard === null) return;
  if (typeof value !== kind) throw new TypeError(`The control "${name}" is a ${kind}.`);
  if (typeof value === 'number' && !(value >= 0)) throw new RangeError(`The control "${name}" is at least 0.`);
  if (name === 'match') pattern(String(value));
}

/**
 * @param {string | null} match
 * @param {string} file
 */
function matches(match, file) {
  if (match === null) return true;
  return pattern(match)?.test(file) ?? file.includes(match);
}

/** @param {string} match */
function pattern(match) {
  const source = /^\/(.+)\/$/.exec(match)?.[1];
  return source === undefined ? undefined : new RegExp(source);
}
