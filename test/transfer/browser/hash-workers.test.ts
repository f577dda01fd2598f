import { expect } from '@open-wc/testing';
import { createDownloadFetch, MemoryPartialStore, type DownloadFetchOptions, type KnownFile } from 'model-download/transfer';
import { rejectionOf } from '../../support/rejection-of.js';
import { bytesOf, forgetPartials, HeldFile, MEDIUM, MiB, sha256 } from './held-file.js';

afterEach(forgetPartials);

const SMALL = { id: MEDIUM.id, file: 'config.json' };

/** The platform's worker, whose messages a test can change. */
const PlatformWorker = globalThis.Worker;
const platformTimeout = globalThis.setTimeout;
let started: TestedWorker[] = [];
let take: (worker: TestedWorker, request: object) => 'pass' | 'lose' = () => 'pass';

class TestedWorker extends PlatformWorker {
  constructor(url: string | URL, options?: WorkerOptions) {
    super(url, options);
    started.push(this);
  }

  override postMessage(message: object, options: Transferable[] | StructuredSerializeOptions = []): void {
    if (take(this, message) === 'pass') super.postMessage(message, options as Transferable[]);
  }
}

// The worker outlives a test.
globalThis.Worker = TestedWorker;

describe('a file of a hub', () => {
  it('is rejected if one byte is wrong, in large and small files', async () => {
    for (const [kind, corrupt] of [
      [MEDIUM, 7 * MiB],
      [SMALL, 20],
    ] as const) {
      const file = new HeldFile(kind);
      await file.scope.control({ corrupt, match: file.file });
      expect(await rejectionOf(file.visit()(file.url).then(bytesOf)), file.file).to.include({ code: 'corrupt' });
    }
  });

  it('is accepted if it was replaced after the listing was read', async () => {
    for (const kind of [MEDIUM, SMALL]) {
      const file = new HeldFile(kind);
      const fetch = file.visit();
      await bytesOf(await fetch(file.scope.url(MEDIUM.id, 'tokenizer_config.json')));
      await file.scope.control({ replaced: true, match: file.file });
      const bytes = new Uint8Array(await bytesOf(await fetch(file.url)));
      expect(await sha256(bytes.map((byte) => byte ^ 0xff).buffer), file.file).to.equal(await file.hash());
      // The old one, and one that was requested because of it.
      const listings = (await file.scope.requests()).filter((request) => request.file === null && request.method === 'GET');
      expect(listings).to.have.lengthOf(2);
    }
  });

  it('is accepted if its listing is refused, and one that never answers delays only its end', async () => {
    const refused = (): Promise<Response> => Promise.resolve(new Response(null, { status: 401 }));
    const silent = (): Promise<Response> => new Promise(() => undefined);
    for (const list of [refused, silent]) {
      const file = new HeldFile(MEDIUM);
      const fetchFile = (input: RequestInfo | URL, init?: RequestInit): Promise<Response> =>
        new Request(input).url.includes('/api/') ? list() : fetch(input, init);
      expect(await sha256(await bytesOf(await file.visit({ fetch: fetchFile })(file.url)))).to.equal(await file.hash());
    }
  });
});

const bytes = new Uint8Array(12 * MiB).map((_, index) => (index * 31) % 251);
const hash = await sha256(bytes.buffer);
let files = 0;

/** Downloads `body` as a file of which the hash of `bytes` is known. */
async function download(body: Uint8Array<ArrayBuffer>, options: DownloadFetchOptions = {}, init?: RequestInit): Promise<ArrayBuffer> {
  const known: KnownFile = { size: bytes.length, sha256: hash };
  const fetch = createDownloadFetch({
    store: new MemoryPartialStore(),
    // Pieces as a browser hands them out.
    fetch: () => Promise.resolve(new Response(new Blob([body]).stream(), { headers: { 'Content-Length': String(body.length) } })),
    lookUp: () => Promise.resolve(known),
    ...options,
  });
  return bytesOf(await fetch(`https://models.example/${++files}.bin`, init));
}

const damaged = bytes.slice();
damaged[5 * MiB] = 255;

/** Makes the next time limit expire at once. Each waits twice for half of its time. */
function expireNextLimit(): void {
  let left = 2;
  globalThis.setTimeout = ((callback: () => void) => {
    left -= 1;
    if (left === 0) globalThis.setTimeout = platformTimeout;
    return platformTimeout(callback, 0);
  }) as typeof setTimeout;
}

/** Makes each time limit of `limit` ms expire at once. */
function expireLimits(limit: number): void {
  globalThis.setTimeout = ((callback: () => void, wait?: number) =>
    platformTimeout(callback, wait === limit / 2 ? 0 : wait)) as typeof setTimeout;
}

describe('the hash of a body', () => {
  afterEach(() => {
    globalThis.setTimeout = platformTimeout;
    take = () => 'pass';
  });

  /** Ends the worker that earlier tests have left. */
  async function beginAnew(): Promise<void> {
    take = (worker) => {
      worker.dispatchEvent(new ErrorEvent('error'));
      return 'lose';
    };
    await download(bytes);
    take = () => 'pass';
    started = [];
  }

  it('is computed by one worker for all', async () => {
    await beginAnew();
    const all = await Promise.all([download(bytes), download(bytes), rejectionOf(download(damaged))]);
    expect(all[2]).to.include({ code: 'corrupt' });
    expect(await rejectionOf(download(damaged))).to.include({ code: 'corrupt' });
    expect(started).to.have.lengthOf(1);
  });

  for (const [what, act] of [
    ['breaks', (worker: TestedWorker) => worker.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }))],
    ['falls silent', () => expireLimits(10_000)],
  ] as const) {
    for (const when of ['half-way', 'at the end']) {
      it(`is unknown if the worker ${what} ${when}; the next one has a new worker`, async () => {
        await beginAnew();
        let sent = 0;
        take = (worker, request) => {
          if ('bytes' in request) sent += (request.bytes as Uint8Array).length;
          if (when === 'half-way' ? sent < bytes.length / 2 : !('digest' in request)) return 'pass';
          act(worker);
          return 'lose';
        };
        expect(await sha256(await download(bytes))).to.equal(hash);
        expect(started).to.have.lengthOf(1);
        globalThis.setTimeout = platformTimeout;
        take = () => 'pass';
        expect(await rejectionOf(download(damaged))).to.include({ code: 'corrupt' });
        expect(started).to.have.lengthOf(2);
      });
    }
  }

  it('does not delay a body that is aborted while bytes wait', async () => {
    await beginAnew();
    const controller = new AbortController();
    take = (_, request) => {
      if ('bytes' in request) controller.abort(new Error('enough'));
      return 'bytes' in request ? 'lose' : 'pass';
    };
    expect(await rejectionOf(download(bytes, {}, { signal: controller.signal }))).to.have.property('message', 'enough');
  });

  it('is compared with the integrity of a request, in place of a listing', async () => {
    await beginAnew();
    const lookUp = (): Promise<undefined> => Promise.resolve(undefined);
    for (const [algorithm, name] of [
      ['SHA-256', 'sha256'],
      ['SHA-384', 'sha384'],
    ] as const) {
      const digest = new Uint8Array(await crypto.subtle.digest(algorithm, bytes));
      const init = { integrity: `${name}-${btoa(String.fromCharCode(...digest))}` };
      expect(await sha256(await download(bytes, { lookUp, verify: 'never' }, init))).to.equal(hash);
      expect(await rejectionOf(download(damaged, { lookUp, verify: 'never' }, init))).to.include({ code: 'corrupt' });
    }
  });

  // From here on this realm starts no worker any more.
  it('is computed in the page, in short tasks, if a worker never answers', async () => {
    await beginAnew();
    class SilentWorker extends PlatformWorker {
      constructor() {
        super(URL.createObjectURL(new Blob([''])));
        // The wait that begins now is for this worker.
        expireNextLimit();
      }
    }
    globalThis.Worker = SilentWorker;
    const { postMessage } = MessagePort.prototype;
    let turns = 0;
    MessagePort.prototype.postMessage = function (this: MessagePort, message: unknown): void {
      turns += 1;
      postMessage.call(this, message);
    };
    try {
      expect(await rejectionOf(download(damaged))).to.include({ code: 'corrupt' });
      expect(await sha256(await download(bytes))).to.equal(hash);
      expect(turns).to.be.greaterThan(4);
    } finally {
      MessagePort.prototype.postMessage = postMessage;
    }
  });
});
