// A server with a large file, and the line to it, for tests of downloads over several connections.
import { file, listed, World } from '../transfer-support.js';

const CHUNK = 128 * 1024;

/** Bytes that differ from those at every other place nearby. */
export function largeContent(length) {
  const words = new Uint32Array(Math.ceil(length / 4));
  for (let index = 0; index < words.length; index++) words[index] = Math.imul(index + 1, 2_654_435_761);
  return new Uint8Array(words.buffer, 0, length);
}

/**
 * Returns a function that makes responses arrive at limited rates.
 *
 * @param {{ each?: number, all?: number, latency?: number }} line Bytes per ms of each response, and of all together.
 */
export function line({ each = Infinity, all = Infinity, latency = 80 }) {
  let freeAt = 0;
  return (answer) => (request) => {
    let ownFreeAt = 0;
    const delay = (now) => {
      ownFreeAt = Math.max(now, ownFreeAt) + CHUNK / each;
      freeAt = Math.max(now, freeAt) + CHUNK / all;
      return Math.max(ownFreeAt, freeAt) - now;
    };
    return { chunk: CHUNK, latency, delay, ...answer(request) };
  };
}

/** A line on which each response has 3 MB/s, as behind a server that limits each connection. */
export const limitsEach = () => line({ each: 3_000 });

/** A page that downloads a large file from a server of its own: a page remembers which servers are not faster over more connections. */
export class LargeWorld extends World {
  /** The most requests that were open at once. */
  mostOpen = 0;

  /**
   * @param {Uint8Array} content
   * @param {object} [options]
   * @param {ReturnType<typeof line>} [options.limit]
   * @param {(answer: Function) => Function} [options.ranges] Changes the answers to ranges.
   * @param {object} [options.headers] Of each answer.
   */
  constructor(content, { limit = limitsEach(), ranges = (answer) => answer, headers = { ETag: '"one"' } } = {}) {
    const whole = file(content, { headers });
    const [plain, range] = [limit(whole), limit(ranges(whole))];
    super((request) => {
      this.mostOpen = Math.max(this.mostOpen, this.open.length);
      return (request.start === undefined ? plain : range)(request);
    });
    this.options = { segmentSize: 4 * 1024 * 1024, connections: 4, lookUp: () => Promise.resolve(listed(content)) };
    this.url = `https://${this.namespace}.example/files/model.bin`;
  }

  /**
   * A visit of the page, which knows the hash of the file.
   *
   * @override
   */
  visit(options) {
    return super.visit({ ...this.options, ...options });
  }

  /** Downloads the file; returns its bytes, and the time in ms. */
  async timed(options) {
    const begin = this.clock.now();
    const bytes = await this.get(options);
    return { bytes, time: this.clock.now() - begin };
  }
}
