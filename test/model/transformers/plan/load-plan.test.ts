// When a load knows its files: it waits for none of our requests.
import { expect } from '@open-wc/testing';
import { deferred } from '../../../support/deferred.js';
import { shortenTimers } from '../../../support/short-timers.js';
import { useFakeTimers } from '../../../support/fake-timers.js';
import { fakeLoad, FILES, fileUrl, LISTING, listingOf, type Server } from '../../fake-load.js';

const CONFIG = { model_type: 'bert' };
const WASM = 'https://cdn.example/ort-wasm-simd-threaded.wasm';
const RUNTIME = { backends: { onnx: { wasm: { wasmPaths: { wasm: WASM, mjs: WASM.replace('.wasm', '.mjs') } } } } };

/** A hub with the model. */
const hub: Server = (url) => {
  if (url === LISTING) return listingOf();
  if (url === fileUrl('config.json')) return Response.json(CONFIG);
  return undefined;
};

const isPlan = ({ status, files }: Record<string, unknown>): boolean => status === 'plan' && (files as unknown[]).length > 0;
const isPlannedRuntime = ({ phase, file }: Record<string, unknown>): boolean => phase === 'planned' && String(file).endsWith('.wasm');
/** A transfer layer that only passes on. */
const openFetch = (place: { fetch?: unknown }) => Promise.resolve(place.fetch as never);

describe('a load and its plan', () => {
  it('starts the load without waiting for the listing', async () => {
    const listing = deferred<Response>();
    const load = fakeLoad({ server: (url, init) => (url === LISTING ? listing.promise : hub(url, init)) });
    await load.started;
    expect(load.events.filter(isPlan)).to.deep.equal([]);
    listing.resolve(listingOf());
    const { files } = await load.event(isPlan);
    const expected = ['tokenizer.json', 'tokenizer_config.json', 'config.json', 'onnx/model_quantized.onnx'];
    expect(files).to.deep.equal(expected.map((file) => ({ file, size: FILES[file] })));
    load.end(new Error('over'));
  });

  it('reports the size of the runtime’s file after its server has sent one byte', async () => {
    const size = deferred<Response>();
    const server: Server = (url, init) => (url === WASM ? size.promise : hub(url, init));
    const load = fakeLoad({ server, env: RUNTIME, openFetch });
    await load.event(isPlan);
    size.resolve(new Response('x', { status: 206, headers: { 'Content-Range': 'bytes 0-0/9000000' } }));
    expect(await load.event(isPlannedRuntime)).to.include({ file: 'ort-wasm-simd-threaded.wasm', total: 9_000_000 });
    load.end(new Error('over'));
  });

  it('does not use a compressed length as the size of the runtime’s file', async () => {
    for (const answer of [
      new Response('x', { headers: { 'Content-Length': '2000000' } }),
      new Response('x', { status: 206, headers: { 'Content-Range': 'bytes 0-0/2000000', 'Content-Encoding': 'br' } }),
      new Response('x', { status: 206 }),
    ]) {
      const load = fakeLoad({ server: (url, init) => (url === WASM ? answer : hub(url, init)), env: RUNTIME, openFetch });
      await load.event(isPlan);
      do await new Promise((resolve) => setTimeout(resolve));
      while (!answer.bodyUsed);
      load.end(new Error('over'));
      expect(load.events.filter(isPlannedRuntime)).to.deep.equal([]);
    }
  });

  it('does not request the size of the runtime’s file if the last load has learned it', async () => {
    const learned = [
      ...Object.entries(FILES).map(([file, size]) => ({ file, size })),
      { file: 'ort-wasm-simd-threaded.wasm', size: 8_000_000 },
    ];
    const load = fakeLoad({ server: hub, env: RUNTIME, openFetch, learned });
    expect(await load.event(isPlannedRuntime)).to.include({ total: 8_000_000 });
    expect(load.calls.filter(({ url }) => url === WASM)).to.deep.equal([]);
    const { files } = load.events.find(isPlan) ?? {};
    expect((files as { file: string }[]).map(({ file }) => file)).to.deep.equal(Object.keys(FILES));
    load.end(new Error('over'));
  });

  it('aborts a listing that never arrives', async () => {
    const restore = shortenTimers(2_000);
    const asked = deferred<AbortSignal>();
    const server: Server = (url, init) => {
      if (url !== LISTING) return hub(url, init);
      asked.resolve(init!.signal!);
      return new Promise(() => undefined);
    };
    const load = fakeLoad({ server });
    const signal = await asked.promise;
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    restore();
    load.end(new Error('over'));
  });

  it('requests the current listing, not the one in the HTTP cache', async () => {
    const load = fakeLoad({ server: hub });
    await load.event(isPlan);
    expect(load.calls.find(({ url }) => url === LISTING)?.init?.cache).to.equal('no-cache');
    load.end(new Error('over'));
  });
});

describe('config.json', () => {
  it('is requested once for both readers', async () => {
    const texts: string[] = [];
    const load = fakeLoad({
      server: hub,
      pipeline: async (fetch) => {
        for (let time = 0; time < 2; time++) texts.push(await (await fetch(fileUrl('config.json'))).text());
        await load.event(isPlan);
        texts.push(await (await fetch(fileUrl('config.json'))).text());
        return 'loaded';
      },
    });
    expect(await load.result).to.equal('loaded');
    expect(texts).to.deep.equal([1, 2, 3].map(() => JSON.stringify(CONFIG)));
    expect(load.calls.filter(({ url }) => url === fileUrl('config.json'))).to.have.lengthOf(1);
  });

  it('reaches the runtime with the error of its own request', async () => {
    const statuses: number[] = [];
    const server: Server = (url, init) => {
      if (url !== fileUrl('config.json')) return hub(url, init);
      return new Headers(init?.headers).has('Authorization') ? Response.json(CONFIG) : new Response(null, { status: 401 });
    };
    const load = fakeLoad({
      server,
      pipeline: async (fetch) => {
        statuses.push((await fetch(fileUrl('config.json'))).status);
        statuses.push((await fetch(fileUrl('config.json'), { headers: { Authorization: 'Bearer own' } })).status);
        return 'loaded';
      },
    });
    expect(await load.result).to.equal('loaded');
    expect(statuses).to.deep.equal([401, 200]);
  });
});

describe('version 4’s probes', () => {
  const probe = { headers: { Range: 'bytes=0-0' }, cache: 'no-store' } as const;

  it('are answered from the listing', async () => {
    const load = fakeLoad({
      server: hub,
      pipeline: async (fetch) => {
        await load.event(isPlan);
        const { status, headers } = await fetch(fileUrl('onnx/model_quantized.onnx'), probe);
        return { status, size: headers.get('Content-Range') };
      },
    });
    expect(await load.result).to.deep.equal({ status: 206, size: 'bytes 0-0/5000000' });
    expect(load.calls.filter(({ init }) => new Headers(init?.headers).has('Range'))).to.deep.equal([]);
  });

  it('go to the server if the listing lacks the file', async () => {
    const files = ['tokenizer_config.json', 'preprocessor_config.json', 'generation_config.json'];
    const load = fakeLoad({
      server: hub,
      pipeline: async (fetch) => {
        await load.event(isPlan);
        const answers = await Promise.all(files.map((file) => fetch(fileUrl(file), file.startsWith('generation') ? {} : probe)));
        return answers.map(({ status }) => status);
      },
    });
    expect(await load.result).to.deep.equal([206, 404, 404]);
    const requested = load.calls.map(({ url }) => url);
    expect(requested).to.include.members(files.slice(1).map(fileUrl)).and.not.include(fileUrl('tokenizer_config.json'));
  });

  it('wait for the listing as long as the load has taken so far', async () => {
    const { now } = performance;
    const listing = deferred<Response>();
    const load = fakeLoad({
      server: (url, init) => (url === LISTING ? listing.promise : hub(url, init)),
      pipeline: async (fetch) => {
        await (await fetch(fileUrl('config.json'))).json();
        performance.now = () => now.call(performance) + 60_000;
        const probing = fetch(fileUrl('tokenizer_config.json'), probe);
        listing.resolve(listingOf());
        return (await probing).headers.get('Content-Range');
      },
    });
    const range = await load.result;
    performance.now = now;
    expect(range).to.equal('bytes 0-0/300');
    expect(load.calls.map(({ url }) => url)).not.to.include(fileUrl('tokenizer_config.json'));
  });

  it('go to the server before the listing has arrived, and fail without a response', async () => {
    const restore = shortenTimers(10_000);
    const load = fakeLoad({
      server: () => new Promise(() => undefined),
      pipeline: (fetch) => fetch(fileUrl('tokenizer_config.json'), probe),
    });
    const error: unknown = await load.result.catch((cause: unknown) => cause);
    restore();
    expect(error).to.include({ name: 'DownloadFailure', code: 'timeout' });
    expect(load.calls.find(({ url }) => url === fileUrl('tokenizer_config.json'))?.init?.signal).to.include({ aborted: true });
  });

  describe('for files of main, in a load of another revision', () => {
    const OWN = LISTING.replace('main', 'v9');
    const mainFiles = ['tokenizer_config.json', 'tokenizer.json', 'onnx/model_quantized.onnx'];

    /** A load of the revision v9, whose probes begin once its own listing has arrived, or without one behind `config.json` of main. */
    const loadOf = (isListed: boolean, server: Server): ReturnType<typeof fakeLoad> => {
      const load = fakeLoad({
        server,
        options: { revision: 'v9' },
        pipeline: async (fetch) => {
          await (isListed ? load.event(isPlan) : (await fetch(fileUrl('config.json'))).text());
          const answers = await Promise.all(mainFiles.map((file) => fetch(fileUrl(file), probe)));
          return answers.map(({ headers }) => headers.get('Content-Range'));
        },
      });
      return load;
    };
    const isProbing = ({ init }: { init: RequestInit | undefined }): boolean => new Headers(init?.headers).has('Range');

    it('are answered from one listing of main', async () => {
      const config = fileUrl('config.json').replace('main', 'v9');
      const load = loadOf(true, (url) => {
        if (url === OWN) return listingOf({ ...FILES, 'tokenizer.json': 9 });
        return url === config ? Response.json(CONFIG) : hub(url);
      });
      expect(await load.result).to.deep.equal(['bytes 0-0/300', 'bytes 0-0/3000', 'bytes 0-0/5000000']);
      expect(load.calls.filter(isProbing)).to.deep.equal([]);
      expect(load.calls.filter(({ url }) => url === LISTING)).to.have.lengthOf(1);
    });

    it('go to a hub that has no listings', async () => {
      const load = loadOf(false, () => undefined);
      expect(await load.result).to.deep.equal([null, null, null]);
      expect(load.calls.filter(isProbing)).to.have.lengthOf(3);
      expect(load.calls.filter(({ url }) => url === LISTING)).to.deep.equal([]);
    });
  });

  it('may be answered as late as Firefox allows', async () => {
    const { clock, restore } = useFakeTimers();
    const answer = deferred<Response>();
    const load = fakeLoad({
      server: (url) => (url === fileUrl('tokenizer_config.json') ? answer.promise : undefined),
      pipeline: async (fetch) => (await fetch(fileUrl('tokenizer_config.json'), probe)).status,
    });
    await load.started;
    await clock.advanceAsync(299_000, 1_000);
    restore();
    answer.resolve(new Response('x', { status: 206 }));
    expect(await load.result).to.equal(206);
  });

  it('have the same limit for the main revision, like its config.json', async () => {
    for (const [file, init] of [
      ['tokenizer_config.json', probe],
      ['config.json', undefined],
    ] as const) {
      const restore = shortenTimers(10_000);
      const load = fakeLoad({
        server: () => new Promise(() => undefined),
        pipeline: (fetch) => fetch(fileUrl(file), init),
        options: { revision: 'v9' },
      });
      const error: unknown = await load.result.catch((cause: unknown) => cause);
      restore();
      expect(error).to.include({ code: 'timeout' });
    }
  });
});
