// The simulated page: how one caller requests the file, reads it, and stops.

/** An abort signal that counts the listeners on it. */
export class CountedSignal {
  #controller = new AbortController();
  #listeners = new Set();

  constructor() {
    const { signal } = this;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (type, listener, options) => {
      this.#listeners.add(listener);
      addEventListener.call(signal, type, listener, options);
    };
    signal.removeEventListener = (type, listener, options) => {
      this.#listeners.delete(listener);
      removeEventListener.call(signal, type, listener, options);
    };
  }

  get signal() {
    return this.#controller.signal;
  }

  /** The number of listeners that were not removed; an aborted signal never calls its listeners again. */
  get left() {
    return this.signal.aborted ? 0 : this.#listeners.size;
  }

  abort() {
    this.#controller.abort(new DOMException('The caller aborted.', 'AbortError'));
  }
}

/** The outcome of one call. */
export class CallRecord {
  /** `ended`: read to its end; `failed`; `aborted`; `cancelled`; `refused`: an error status; `undefined` while under way. */
  outcome;
  body;
  response;
  error;
  settledAt;
  /** When the caller stopped it. */
  stoppedAt;
  signal = new CountedSignal();

  constructor(client, tab, startedAt) {
    Object.assign(this, { client, tab, startedAt });
  }
}

/**
 * Makes one call and simulates its caller.
 *
 * @param client `{ read, delay, pieces, abortAt, input, integrity, user, early }`, and `others`: resolves when the call that it
 * waits for before reading has settled.
 */
export async function runCall(record, { clock, downloadFetch, url, others, expectedHash }) {
  const { client, signal } = record;
  let timer;
  if (client.abortAt !== undefined) {
    timer = clock.setTimeout(() => {
      record.stoppedAt = clock.now();
      signal.abort();
    }, client.abortAt);
  }
  try {
    record.integrity = client.integrity ? expectedHash : undefined;
    record.response = await ask(client, signal, downloadFetch, url, expectedHash);
    record.answeredAt = clock.now();
    await read(record, clock, others);
  } catch (error) {
    record.error = error;
    record.outcome = signal.signal.aborted ? 'aborted' : 'failed';
  }
  record.settledAt = clock.now();
  clock.clearTimeout(timer);
}

function ask({ input, integrity, user, id, early }, { signal }, downloadFetch, url, expectedHash) {
  const headers = { 'X-Client': String(id), ...(user ? { Authorization: `Bearer ${user}` } : {}) };
  const init = { headers, signal, ...(integrity ? { integrity: expectedHash } : {}) };
  if (early) return downloadFetch.preload(url, init, early === 'repeated');
  if (input === 'request') return downloadFetch(new Request(url), init);
  return downloadFetch(input === 'url' ? new URL(url) : url, init);
}

async function read(record, clock, others) {
  const { client, response } = record;
  if (!response.ok) {
    await response.body?.cancel();
    record.outcome = 'refused';
    return;
  }
  if (others) await others;
  if (client.read === 'never') {
    await clock.wait(client.delay);
    return cancel(record, () => response.body.cancel(), clock);
  }
  if (client.read === 'buffer') {
    record.body = new Uint8Array(await response.arrayBuffer());
    record.outcome = 'ended';
    return;
  }
  await readPieces(record, clock);
}

async function readPieces(record, clock) {
  const { client, response } = record;
  const reader = response.body.getReader();
  const chunks = [];
  for (let count = 0; ; count++) {
    if (client.read === 'some' && count === client.pieces) return cancel(record, () => reader.cancel('enough'), clock);
    if (client.read === 'slow' && count < 20) await clock.wait(client.delay);
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
  }
  record.body = Buffer.concat(chunks);
  record.outcome = 'ended';
}

async function cancel(record, stop, clock) {
  record.stoppedAt ??= clock.now();
  await stop();
  record.outcome = 'cancelled';
}
