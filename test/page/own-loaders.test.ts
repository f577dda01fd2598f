// Downloads of a page's own loaders: each file has its own name, is kept if the loader requires it, and is revalidated.
import { expect } from '@open-wc/testing';
import { ModelDownloads, type ModelDefinition, type ModelDownloadsOptions } from 'model-download';
import { responseLoader, type ModelLoader } from 'model-download/adapters/response';
import { until } from '../support/until.js';
import { eachWithHub } from '../support/fake-file.js';
import { keptUrls } from '../support/fake-hub.js';
import { storedBytes } from '../support/stored-bytes.js';

const FILE = 'https://files.test/a/model.bin';
const OTHER = 'https://files.test/b/model.bin';

const FIRST = { ETag: '"1"' };
const SECOND = { ETag: '"2"' };

const stage = eachWithHub();

/** The page at one visit. */
function visit(definition: ModelDefinition, options: ModelDownloadsOptions = {}): ModelDownloads {
  return new ModelDownloads({ storage: null, models: { own: definition }, automaticAttempts: 0, ...options });
}

const textOf = (response: Response): Promise<string> => response.text();

const keeping = (init?: RequestInit): ModelDefinition => ({
  load: responseLoader(FILE, { keep: true, read: textOf, ...(init && { init }) }),
});

/** The stored bytes of incomplete files. */
async function held(): Promise<number> {
  return (await (await caches.open('model-download-partial-v1')).keys()).length;
}

describe('files that end alike', () => {
  const load: ModelLoader<unknown> = async ({ fetch }) => {
    for (const url of [FILE, OTHER]) await (await fetch(url)).arrayBuffer();
  };

  beforeEach(() => {
    stage.hub.put(FILE, 'three');
    stage.hub.put(OTHER, 'ten more by');
  });

  it('are counted separately', async () => {
    const downloads = visit({ load });
    await downloads.load('own');
    expect(downloads.getAggregate('own')?.files.map(({ file, loaded }) => [file, loaded])).to.deep.equal([
      ['model.bin', 5],
      ['b/model.bin', 11],
    ]);
    expect(downloads.getState('own')).to.include({ bytesDownloaded: 16, totalBytes: 16 });
  });

  it('have the names of the page', async () => {
    const downloads = visit({
      load,
      files: [
        { file: 'b/model.bin', size: 11 },
        { file: 'a/model.bin', size: 5 },
      ],
    });
    const totals = new Set<unknown>();
    downloads.subscribe('own', ({ totalBytes }) => totals.add(totalBytes));
    await downloads.load('own');
    expect([...totals]).to.deep.equal([16]);
    expect(downloads.getAggregate('own')?.files.map(({ file }) => file)).to.deep.equal(['b/model.bin', 'a/model.bin']);
  });

  it('are distinguished by their query, also with several loaders', async () => {
    stage.hub.put(`${FILE}?v=2`, 'seven b');
    const loaders = [FILE, `${FILE}?v=2`, OTHER].map((url) => responseLoader(url));
    const downloads = visit({ load: (context) => Promise.all(loaders.map((one) => one(context))) });
    await downloads.load('own');
    expect(downloads.getState('own')?.bytesDownloaded).to.equal(23);
  });

  it('can have a percent sign that encodes nothing', async () => {
    const odd = 'https://files.test/100%/50%zz.bin';
    stage.hub.put(odd, 'three');
    const downloads = visit({ load: responseLoader(odd) });
    await downloads.load('own');
    expect(downloads.getState('own')).to.include({ status: 'completed', bytesDownloaded: 5 });
  });
});

describe('a file that was delivered completely', () => {
  it('is not stored, so that the next visit requests it', async () => {
    // Two segments, of which one is stored before the end.
    stage.hub.put(FILE, 'old'.repeat(3_000_000), FIRST);
    stage.hub.beforeLastByte = () => until(async () => (await held()) > 0);
    await visit({ load: responseLoader(FILE) }).load('own');
    // It releases the file later.
    await until(async () => (await held()) === 0);
    stage.hub.beforeLastByte = undefined;
    stage.hub.put(FILE, 'new', SECOND);
    expect(await visit({ load: responseLoader(FILE, { read: textOf }) }).load('own')).to.equal('new');
  });
});

describe('an unfinished file', () => {
  const SIZE = 9_000_000;

  beforeEach(() => {
    // Two segments, of which one is stored before the end.
    stage.hub.put(FILE, 'old'.repeat(SIZE / 3), FIRST);
  });

  for (const keep of [true, false]) {
    it(`of a loader that keeps ${keep ? 'its' : 'no'} files is counted and deleted, also at the next visit`, async () => {
      const definition = { load: responseLoader(FILE, { keep }), files: [{ file: 'model.bin', size: SIZE }] };
      const first = visit(definition);
      stage.hub.beforeLastByte = async () => {
        await until(async () => (await held()) > 0);
        first.cancel('own');
      };
      await first.load('own').catch(() => undefined);
      // All but the last byte, of which the rest of a segment is stored after the cancel.
      await until(async () => (await storedBytes(first))[0]?.partialBytes === SIZE - 1);
      first.dispose();
      const next = visit(definition);
      const [model] = (await next.storage()).models;
      expect(model).to.include({ bytes: 0, partialBytes: SIZE - 1, totalBytes: SIZE, isComplete: false });
      // An estimate without the stored files is one whose look-up took more than 1 s, on a busy machine.
      let estimate: Awaited<ReturnType<typeof next.estimate>> | undefined;
      await until(async () => (estimate = await next.estimate('own')).cached !== undefined);
      expect(estimate).to.include({ size: SIZE, cached: false, cachedBytes: SIZE - 1 });
      expect(await storedBytes(visit(definition, { namespace: 'another' })), 'of another app').to.deep.equal([
        { modelKey: 'own', bytes: 0, partialBytes: 0 },
      ]);
      await next.remove('own');
      expect(await held()).to.equal(0);
      expect(await keptUrls()).to.deep.equal([]);
    });
  }

  it('leaves nothing behind once it is whole and the loader does not keep it', async () => {
    // The address of the file is stored before its end.
    stage.hub.beforeLastByte = () => until(async () => (await keptUrls()).length > 0);
    await visit({ load: responseLoader(FILE) }).load('own');
    await until(async () => (await held()) === 0 && (await keptUrls()).length === 0);
  });
});

describe('a file that is kept', () => {
  beforeEach(async () => {
    stage.hub.put(FILE, 'first', FIRST);
    const downloads = visit(keeping());
    expect(await downloads.load('own')).to.equal('first');
    expect(downloads.getState('own')).to.include({ status: 'completed', kept: true, bytesDownloaded: 5 });
    stage.hub.requests.length = 0;
  });

  it('is included in storage() and remove()', async () => {
    const downloads = visit(keeping());
    expect(await storedBytes(downloads)).to.deep.equal([{ modelKey: 'own', bytes: 5, partialBytes: 0 }]);
    expect(await storedBytes(visit(keeping(), { namespace: '..' }))).to.deep.equal([{ modelKey: 'own', bytes: 0, partialBytes: 0 }]);
    await downloads.remove('own');
    expect(await storedBytes(downloads)).to.deep.equal([{ modelKey: 'own', bytes: 0, partialBytes: 0 }]);
    expect(await keptUrls()).to.deep.equal([]);
  });

  it('is read from this device while the server has the same version', async () => {
    const downloads = visit(keeping());
    expect(await downloads.load('own')).to.equal('first');
    expect(stage.hub.requests).to.deep.equal([`HEAD ${FILE}`]);
    expect(downloads.getState('own')).to.include({ status: 'completed', kept: true });
    expect(downloads.getAggregate('own')).to.include({ bytesFromCache: 5, bytesFromNetwork: 0 });
  });

  it('is downloaded again if the server has another version, which is then kept', async () => {
    stage.hub.put(FILE, 'second', SECOND);
    expect(await visit(keeping()).load('own')).to.equal('second');
    stage.hub.requests.length = 0;
    expect(await visit(keeping()).load('own')).to.equal('second');
    expect(stage.hub.sent(FILE)).to.equal(0);
  });

  for (const etag of [undefined, 'W/"1"']) {
    it(`is downloaded again if the server has ${etag ?? 'nothing'} for its version`, async () => {
      stage.hub.put(FILE, 'other', etag === undefined ? {} : { ETag: etag });
      expect(await visit(keeping()).load('own')).to.equal('other');
    });
  }

  it('is read from this device while the server cannot be reached', async () => {
    stage.hub.isReachable = false;
    expect(await visit(keeping()).load('own')).to.equal('first');
    stage.hub.isReachable = true;
    stage.hub.status = 503;
    expect(await visit(keeping()).load('own')).to.equal('first');
  });

  for (const status of [401, 403, 404]) {
    it(`is not delivered if the server answers with ${status}`, async () => {
      stage.hub.status = status;
      const error: unknown = await visit(keeping())
        .load('own')
        .catch((cause: unknown) => cause);
      expect(error).to.include({ name: 'DownloadFailure', httpStatus: status });
    });
  }

  it('belongs to one user: the server must allow another', async () => {
    const asUser = (name: string): ModelDefinition => keeping({ headers: { Authorization: name } });
    expect(await visit(asUser('one')).load('own')).to.equal('first');
    stage.hub.isReachable = false;
    expect(await visit(asUser('one')).load('own')).to.equal('first');
    expect(await visit(asUser('two')).load('own').catch(String)).to.contain('Failed to fetch');
  });

  it('that was requested with cookies is delivered only after an answer of the server', async () => {
    stage.hub.isReachable = false;
    expect(
      await visit(keeping({ credentials: 'include' }))
        .load('own')
        .catch(String),
    ).to.contain('Failed to fetch');
  });

  it('starts over without the stored bytes', async () => {
    let isBroken = true;
    const load: ModelLoader<unknown> = async ({ keep, fetch }) => {
      const text = await (await (keep ?? fetch)(FILE)).text();
      if (isBroken) throw new SyntaxError('Unexpected token');
      return text;
    };
    const downloads = visit({ load }, { recovery: 'ask' });
    const loaded = downloads.load('own');
    await new Promise<void>((resolve) => downloads.subscribe('own', ({ status }) => status === 'failed' && resolve()));
    expect(stage.hub.sent(FILE)).to.equal(0);
    isBroken = false;
    await downloads.restart('own');
    expect(await loaded).to.equal('first');
    expect(stage.hub.sent(FILE)).to.equal(1);
  });
});

describe('a component that is mounted, unmounted and mounted again', () => {
  for (const how of ['by its signal', 'by a cancel'] as const) {
    it(`gets its model although the first load ended ${how}`, async () => {
      stage.hub.put(FILE, 'first', FIRST);
      const downloads = visit({ load: responseLoader(FILE, { read: textOf }) });
      const controller = new AbortController();
      const first = downloads.load('own', { signal: controller.signal });
      first.catch(() => undefined);
      if (how === 'by a cancel') downloads.cancel('own');
      else controller.abort();
      expect(await downloads.load('own')).to.equal('first');
      expect(await first.catch((cause: unknown) => (cause as DOMException).name)).to.equal('AbortError');
      expect(downloads.getState('own')?.status).to.equal('completed');
    });
  }
});

describe('a file that cannot be kept', () => {
  it('is delivered, and not reported as stored', async () => {
    const open = caches.open.bind(caches);
    caches.open = async (name) => {
      const cache = await open(name);
      if (name === 'model-download-files-v1') cache.put = () => Promise.reject(new DOMException('Full', 'QuotaExceededError'));
      return cache;
    };
    stage.hub.put(FILE, 'first', FIRST);
    const downloads = visit(keeping());
    try {
      expect(await downloads.load('own')).to.equal('first');
    } finally {
      caches.open = open;
    }
    expect(downloads.getState('own')).to.include({ status: 'completed', kept: false });
    expect((await storedBytes(downloads))[0]?.bytes).to.equal(0);
  });
});
