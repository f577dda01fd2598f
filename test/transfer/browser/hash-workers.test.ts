import { expect } from '@open-wc/testing';
import { rejectionOf } from '../../support/rejection-of.js';
import { bytes, damaged, download, expireLimits, hash, PlatformWorker } from './hashed-body.js';
import { bytesOf, forgetPartials, HeldFile, MEDIUM, MiB, sha256 } from './held-file.js';

afterEach(forgetPartials);

const SMALL = { id: MEDIUM.id, file: 'config.json' };

/** The workers that have been asked for a hash. */
let started: TestedWorker[] = [];
let take: (worker: TestedWorker, request: object) => 'pass' | 'lose' = () => 'pass';

/** The platform's worker, whose messages a test can change. */
class TestedWorker extends PlatformWorker {
  /** Whether its replies are lost, too: those to earlier requests may follow late on a busy machine. */
  isSilent = false;

  constructor(url: string | URL, options?: WorkerOptions) {
    super(url, options);
    this.addEventListener('message', (event) => this.isSilent && event.stopImmediatePropagation());
  }

  override postMessage(message: object, options: Transferable[] | StructuredSerializeOptions = []): void {
    // The worker that writes files is not the subject.
    if ('algorithm' in message && !started.includes(this)) started.push(this);
    if ('file' in message || take(this, message) === 'pass') super.postMessage(message, options as Transferable[]);
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

describe('the hash of a body', () => {
  let restoreLimits = (): unknown => undefined;

  afterEach(() => {
    restoreLimits();
    take = () => 'pass';
  });

  /** Loses the requests to the worker from half of the bytes on, or those for a digest. */
  function loseRequests(when: string, onLoss: (worker: TestedWorker) => void): void {
    let sent = 0;
    take = (worker, request) => {
      if ('bytes' in request) sent += (request.bytes as Uint8Array).length;
      if (when === 'half-way' ? sent < bytes.length / 2 : !('digest' in request)) return 'pass';
      onLoss(worker);
      return 'lose';
    };
  }

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

  for (const when of ['half-way', 'at the end']) {
    it(`is unknown if the worker breaks ${when}; the next one has a new worker`, async () => {
      await beginAnew();
      loseRequests(when, (worker) => worker.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' })));
      expect(await sha256(await download(bytes))).to.equal(hash);
      expect(started).to.have.lengthOf(1);
      take = () => 'pass';
      expect(await rejectionOf(download(damaged))).to.include({ code: 'corrupt' });
      expect(started).to.have.lengthOf(2);
    });
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
  it('is unknown if a worker that has replied falls silent; the next ones are computed in the page', async () => {
    await beginAnew();
    await download(bytes);
    loseRequests('half-way', (worker) => {
      if (!worker.isSilent) restoreLimits = expireLimits();
      worker.isSilent = true;
    });
    expect(await sha256(await download(bytes))).to.equal(hash);
    expect(started).to.have.lengthOf(1);
    restoreLimits();
    for (let body = 0; body < 2; body++) expect(await rejectionOf(download(damaged))).to.include({ code: 'corrupt' });
    expect(started).to.have.lengthOf(1);
  });
});
